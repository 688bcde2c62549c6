/**
 * node warm-up.cjs PROGRAM CACHE ARGUMENTS…: runs the program with these arguments and, when it ends, stores the
 * code that V8 has compiled by then. The source is wrapped exactly as src/start.cjs does.
 */
"use strict";
const { readFileSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");

const [, , file, cacheFile, ...args] = process.argv;
const source = readFileSync(file, "latin1");
const [first = "", build = ""] = source.split("\n", 2);
const script = new Script(`(function (require) {${source.slice(first.length)}\n})`, { filename: file });
process.argv = [process.argv[0], file, ...args];
process.on("exit", (code) => {
  if (code !== 0) return;
  writeFileSync(cacheFile, Buffer.concat([Buffer.from(`${build}\n`), script.createCachedData()]));
});
script.runInThisContext()(require);
