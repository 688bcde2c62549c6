#!/usr/bin/env node
// Runs a TypeScript program of the tests: node test/run/typescript.mjs FILE.ts ARGUMENT…
// Node 20 runs none itself; esbuild makes one file of it, in a cache that goes with node_modules.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const [entry] = process.argv.splice(2, 1);
const cache = join(import.meta.dirname, "../../node_modules/.cache/lvsgen-test");
const outfile = join(cache, `${entry.replace(/[^\w.]/g, "_")}.${process.pid}.mjs`);
mkdirSync(cache, { recursive: true });
await build({
  entryPoints: [resolve(entry)],
  bundle: true,
  outfile,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  sourcemap: "inline",
  logLevel: "warning",
});
process.setSourceMapsEnabled(true);
await import(pathToFileURL(outfile).href);
