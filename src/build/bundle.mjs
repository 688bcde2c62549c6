/**
 * Bundles the command line and the library into dist/: one file each, with templates, validator and all
 * dependencies compiled in, and the library's types.
 */
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeDeclarations } from "./declarations.mjs";
import { licences } from "./licences.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const dist = join(root, "dist");

/** CommonJS dependencies ask for Node's own modules by `require`, which an ES module does not have. */
const requireBanner = `import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);`;

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  // Their ES modules first: the UMD wrappers of some dependencies hide their requires from a bundler.

  // jsonc-parser's main is a UMD wrapper whose require calls no bundler can follow.
  mainFields: ["module", "main"],
  format: "esm",
  target: "node20",
  // Names stay: LVSGEN_DEBUG prints stacks that someone has to read.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  banner: { js: requireBanner },
  metafile: true,
  logLevel: "warning",
};

await mkdir(dist, { recursive: true });
const [cli, library] = await Promise.all([
  build({ ...common, entryPoints: ["src/cli.ts"], outfile: "dist/lvsgen.mjs" }),
  build({ ...common, entryPoints: ["src/index.ts"], outfile: "dist/index.mjs" }),
  process.argv.includes("--no-types") ? null : writeDeclarations(root, join(dist, "types")),
]);
await chmod(join(dist, "lvsgen.mjs"), 0o755);
const inputs = [cli, library].flatMap(({ metafile }) => Object.keys(metafile.inputs));
await writeFile(join(dist, "THIRD-PARTY-LICENCES.txt"), await licences(root, inputs));
console.log("dist: wrote lvsgen.mjs, index.mjs, types");
