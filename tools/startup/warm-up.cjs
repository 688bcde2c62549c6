/**
 * node warm-up.cjs PROGRAM CACHE ARGUMENTS…: runs the program with these arguments, as start.cjs does, and
 * stores the code that V8 has compiled when it ends.
 */
"use strict";
const { readFileSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");

const [node, , file, cacheFile, ...args] = process.argv;
const source = readFileSync(file, "latin1");
// The name stands in the cache: not that of a folder of the machine that builds.
const script = new Script(source, { filename: "lvsgen.cjs" });
process.argv = [node, file, ...args];
process.on("exit", (code) => {
  if (code !== 0) return;
  const build = `${source.split("\n", 2)[1]}\n`;
  writeFileSync(cacheFile, Buffer.concat([script.createCachedData(), Buffer.from(build)]));
});
globalThis.require = require;
script.runInThisContext();
delete globalThis.require;
