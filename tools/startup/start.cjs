#!/usr/bin/env node
/**
 * Starts lvsgen.cjs beside it with the code that V8 compiled when the package was built (code-cache.mjs). lvsgen.cjs is whole
 * without it: V8 compiles as usual where the cache is missing, belongs to another build, was altered or damaged, or was made by
 * another version of Node.
 *
 * An older Node has to read this file to say that it is too old: there is no syntax in it that Node 4 does not have, and nothing
 * is loaded before the version is known.
 */
"use strict";

/** The major version; written by the build, from package.json. */
const neededNode = 0;

if (Number(process.versions.node.split(".")[0]) < neededNode) {
  const atHand = `this is Node.js ${process.versions.node} (${process.execPath})`;
  process.stderr.write(`lvsgen: ${atHand}, and lvsgen needs ${neededNode} or newer\n`);
  // As exit-code.ts has it: a program that is needed is missing.
  process.exit(69);
}

const createHash = require("node:crypto").createHash;
const readFileSync = require("node:fs").readFileSync;
const join = require("node:path").join;
const Script = require("node:vm").Script;

/** Written by the build. V8 runs what a cache says and crashes on what it cannot read: it gets the very bytes of the build or none. */
const cacheSha256 = "";

/** Written by the build (late-optimizer.mjs). 0: as V8 has it. */
const interruptBudget = 0;

const file = join(__dirname, "lvsgen.cjs");
const source = readFileSync(file, "latin1");
const script = new Script(source, { filename: file, cachedData: readCache(join(__dirname, "lvsgen.cache")) });
// After the cache, which V8 takes only with the flags that it was made with. V8 11 is that of Node 20.
if (interruptBudget > 0 && process.versions.v8.startsWith("11."))
  require("node:v8").setFlagsFromString(`--interrupt-budget=${interruptBudget}`);
// A script has no `require` of its own; lvsgen.cjs takes this one at its first step.
globalThis.require = require;
script.runInThisContext();
delete globalThis.require;

/**
 * The code cache, if it is of this build. V8 itself compares only the lengths of the sources, so the cache ends with the line of
 * lvsgen.cjs that names the build. The line is at the end because V8 copies a cache that does not begin at an even address.
 */
function readCache(cacheFile) {
  let cache;
  try {
    cache = readFileSync(cacheFile);
  } catch (_missing) {
    return undefined;
  }
  if (createHash("sha256").update(cache).digest("hex") !== cacheSha256) return undefined;
  const start = source.indexOf("\n") + 1;
  const build = source.slice(start, source.indexOf("\n", start) + 1);
  const end = Math.max(0, cache.length - build.length);
  return cache.latin1Slice(end) === build ? cache.subarray(0, end) : undefined;
}
