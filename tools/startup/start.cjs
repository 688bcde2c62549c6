#!/usr/bin/env node
/**
 * Starts lvsgen.cjs beside it with the code that V8 compiled when the package was built: a small build then
 * takes about two thirds of the time. lvsgen.cjs is whole without it; where the cache is missing, belongs to
 * another build or was made by another version of Node, V8 compiles as usual.
 */
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

const file = join(__dirname, "lvsgen.cjs");
const source = readFileSync(file, "latin1");
const script = new Script(source, { filename: file, cachedData: readCache(join(__dirname, "lvsgen.cache")) });
// A script has no `require` of its own; lvsgen.cjs takes this one at its first step.
globalThis.require = require;
script.runInThisContext();
delete globalThis.require;

/**
 * The cache ends with the line of lvsgen.cjs that names the build: V8 itself compares only lengths. (It does not begin with it
 * because V8 would copy a cache that begins at an odd address.)
 */
function readCache(cacheFile) {
  let cache;
  try {
    cache = readFileSync(cacheFile);
  } catch {
    return undefined;
  }
  const start = source.indexOf("\n") + 1;
  const build = source.slice(start, source.indexOf("\n", start) + 1);
  const end = Math.max(0, cache.length - build.length);
  return cache.latin1Slice(end) === build ? cache.subarray(0, end) : undefined;
}
