/**
 * Starts the lvsgen.cjs within a single executable, with the code that V8 compiled when it was built, where there is some. The two cannot
 * be of different builds, and the executable is its own Node: what tools/startup/start.cjs looks for is not looked for here.
 */
"use strict";
const { getRawAsset, getAssetKeys } = require("node:sea");
const { Script } = require("node:vm");

const text = (name) => Buffer.from(getRawAsset(name)).latin1Slice();
const cachedData = getAssetKeys().includes("lvsgen.cache") ? Buffer.from(getRawAsset("lvsgen.cache")) : undefined;
const script = new Script(text("lvsgen.cjs"), { filename: "lvsgen.cjs", cachedData });
// Node's own modules are all there is; no npm package lies beside an executable.
globalThis.require = Object.assign((name) => require(name), { resolve: { paths: () => [] } });
script.runInThisContext();
delete globalThis.require;
