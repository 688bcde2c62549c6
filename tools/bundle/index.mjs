/**
 * Bundles the command line and the library into dist/: one file each, with templates, validator and all
 * dependencies compiled in; the library's types; and the code cache that makes the command start faster.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import {
  lateChildProcess,
  lateStandardOutput,
  onlyWhatIsUsed,
  shortNamesInGenerated,
} from "../startup/bundle-plugins.mjs";
import { writeDeclarations } from "./declarations.mjs";
import { licences } from "./licences.mjs";

const buildDirectory = dirname(fileURLToPath(import.meta.url));
const root = join(buildDirectory, "..", "..");
const dist = join(root, "dist");

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  platform: "node",
  target: "node20",
  // Their ES modules first: the UMD wrappers of some dependencies hide their requires from a bundler.
  mainFields: ["module", "main"],
  // Names stay: LVSGEN_DEBUG prints stacks that someone has to read.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

/** CommonJS, because Node starts it a good deal faster than an ES module; a function, so that it runs as a script too. */
const commandLine = {
  ...common,
  entryPoints: ["src/cli.ts"],
  format: "cjs",
  banner: { js: "(function (require) {" },
  footer: { js: "})(require);" },
  plugins: [lateChildProcess(), lateStandardOutput(), onlyWhatIsUsed("jsonc-parser"), shortNamesInGenerated()],
};

/** CommonJS dependencies ask for Node's own modules by `require`, which an ES module does not have. */
const requireBanner = `import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);`;
const library = { ...common, entryPoints: ["src/index.ts"], format: "esm", banner: { js: requireBanner } };

/** What a bundle leaves to be resolved where it runs; only Node's own modules may be. */
function leftovers({ metafile }) {
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return imports.filter(({ external, path }) => external && !isBuiltin(path)).map(({ path }) => path);
}

/** In one step, for a test may be running the former build. */
async function replaceFile(name, text, mode = 0o644) {
  const temporary = join(dist, `${name}.${process.pid}`);
  await writeFile(temporary, text);
  await chmod(temporary, mode);
  await rename(temporary, join(dist, name));
}

/** Puts a line after the `#!` line that names the build by its content. */
function withBuildLine(text) {
  const [first] = text.split("\n", 1);
  const id = createHash("sha256").update(text).digest("hex");
  return `${first}\n// build ${id}${text.slice(first.length)}`;
}

/** Runs the procedure's cluster through the program once and keeps the code that V8 compiled for it. */
async function writeCodeCache() {
  const scratch = await mkdtemp(join(tmpdir(), "lvsgen-warm-up-"));
  try {
    const cache = join(scratch, "cache");
    const args = ["build", join(root, "examples", "kgc.json"), "-o", join(scratch, "out")];
    const warmUp = join(root, "tools", "startup", "warm-up.cjs");
    await promisify(execFile)(process.execPath, [warmUp, join(dist, "lvsgen.cjs"), cache, ...args]);
    await copyFile(cache, join(dist, "lvsgen.cache"));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

await mkdir(dist, { recursive: true });
const [cli, lib] = await Promise.all([
  build(commandLine),
  build(library),
  writeDeclarations(root, join(dist, "types")),
]);
const unresolved = [...leftovers(cli), ...leftovers(lib)];
if (unresolved.length > 0) throw new Error(`left to resolve at run time: ${unresolved.join(", ")}`);

await rm(join(dist, "lvsgen.cache"), { force: true });
await replaceFile("lvsgen.cjs", withBuildLine(cli.outputFiles[0].text), 0o755);
await replaceFile("index.mjs", lib.outputFiles[0].text);
await copyFile(join(root, "tools", "startup", "start.cjs"), join(dist, "start.cjs"));
await chmod(join(dist, "start.cjs"), 0o755);
const inputs = [cli, lib].flatMap(({ metafile }) => Object.keys(metafile.inputs));
await replaceFile("THIRD-PARTY-LICENCES.txt", await licences(root, inputs));
await writeCodeCache();
console.log("dist: wrote lvsgen.cjs, its code cache, index.mjs and the types");
