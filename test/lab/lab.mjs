#!/usr/bin/env node
// Starts a program of the lab. The lab is written in TypeScript and Node 20 runs none, so esbuild makes
// one file of it first (30 ms), in a cache that node_modules takes with it when it goes.
import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = import.meta.dirname;
const cache = join(here, "../../node_modules/.cache/lvsgen-lab");
const { outputFiles } = await build({
  entryPoints: [join(here, "cli.ts")],
  bundle: true,
  write: false,
  platform: "node",
  target: "node20",
  format: "esm",
  // jsonc-parser's "main" cannot be bundled.
  mainFields: ["module", "main"],
  sourcemap: "inline",
  define: { "import.meta.dirname": JSON.stringify(here) },
  logLevel: "warning",
});
const program = outputFiles[0].contents;
const file = join(cache, `${createHash("sha256").update(program).digest("hex").slice(0, 16)}.mjs`);
mkdirSync(cache, { recursive: true });
writeFileSync(`${file}.${process.pid}`, program);
renameSync(`${file}.${process.pid}`, file);
process.setSourceMapsEnabled(true);
await import(pathToFileURL(file).href);
