/**
 * node tools/bundle/index.mjs [DIRECTORY]: bundles the command line and the library into dist/, or into a directory of
 * its own: one file each, with templates, validator and all dependencies compiled in; the library's types; what makes the
 * command start faster (../startup/); and the manual pages (../man/).
 */
import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { manPages } from "../man/index.mjs";
import { codeCache, withBuildLine } from "../startup/code-cache.mjs";
import { interruptBudget } from "../startup/late-optimizer.mjs";
import { lateStreams } from "../startup/late-streams.mjs";
import { isOn } from "../startup/switches.mjs";
import { bundledPackages } from "./bundled.mjs";
import { writeDeclarations } from "./declarations.mjs";
import { licences } from "./licences.mjs";

// npm packs files with the rights that they have.
process.umask(0o022);

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const dist = resolve(process.argv[2] ?? join(root, "dist"));
const startup = join(root, "tools", "startup");

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
  plugins: isOn("late-streams") ? lateStreams() : [],
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

/** What man(1) shows: package.json names them, so that npm puts them where it looks. */
async function writeManPages() {
  await mkdir(join(dist, "man", "zh_CN"), { recursive: true });
  for (const [name, text] of Object.entries(await manPages(root))) await replaceFile(join("man", name), text);
}

/** The starter takes the code cache with this checksum and no other (without a cache, none), and runs on the Node of package.json. */
async function writeStarter(cacheSha256) {
  const { engines } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const [, major] = /^>=([0-9]+)$/.exec(engines.node) ?? [];
  if (major === undefined) throw new Error(`package.json: engines.node is not >=MAJOR: ${engines.node}`);
  let source = await readFile(join(startup, "start.cjs"), "utf8");
  for (const [place, line] of [
    [/^const cacheSha256 = "";$/m, `const cacheSha256 = "${cacheSha256}";`],
    [/^const neededNode = 0;$/m, `const neededNode = ${major};`],
    [/^const interruptBudget = 0;$/m, `const interruptBudget = ${isOn("late-optimizer") ? interruptBudget : 0};`],
  ]) {
    if (!place.test(source)) throw new Error(`tools/startup/start.cjs has no line ${place}`);
    source = source.replace(place, line);
  }
  await replaceFile("start.cjs", source, 0o755);
}

await mkdir(dist, { recursive: true });
const [cli, lib] = await Promise.all([
  build(commandLine),
  build(library),
  writeDeclarations(root, join(dist, "types")),
]);
const unresolved = [...leftovers(cli), ...leftovers(lib)];
if (unresolved.length > 0) throw new Error(`left to resolve at run time: ${unresolved.join(", ")}`);

const beyond = /.{0,40}[^\0-\x7f].{0,40}/.exec(cli.outputFiles[0].text);
// esbuild writes what stands in texts as escapes, but leaves regular expressions as they are.
if (beyond)
  throw new Error(`start.cjs reads lvsgen.cjs as Latin-1: write \\uXXXX in the regular expression here: ${beyond[0]}`);

await rm(join(dist, "lvsgen.cache"), { force: true });
await replaceFile("lvsgen.cjs", withBuildLine(cli.outputFiles[0].text), 0o755);
await replaceFile("index.mjs", lib.outputFiles[0].text);
const inputs = [cli, lib].flatMap(({ metafile }) => Object.keys(metafile.inputs));
const packages = await bundledPackages(root, inputs);
await replaceFile("bundled.json", `${JSON.stringify(packages, null, 2)}\n`);
await replaceFile("THIRD-PARTY-LICENCES.txt", await licences(root, packages));
let cacheSha256 = "";
if (isOn("code-cache")) {
  const code = await codeCache(join(dist, "lvsgen.cjs"), ["build", join(root, "examples", "kgc.json"), "-o", "OUT"]);
  await replaceFile("lvsgen.cache", code);
  cacheSha256 = createHash("sha256").update(code).digest("hex");
}
await writeStarter(cacheSha256);
await writeManPages();
console.log("dist: wrote lvsgen.cjs, its code cache, index.mjs, the types and the manual pages");
