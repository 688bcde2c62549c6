/**
 * Makes src/generated out of the schema and the templates: types, the compiled validator and the
 * precompiled templates. Runs in well under a second and not at all when no input changed.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const buildDirectory = dirname(fileURLToPath(import.meta.url));
const root = join(buildDirectory, "..", "..");
const generated = join(root, "src", "generated");
const stampFile = join(generated, "inputs.sha256");
const outputs = ["config.ts", "validator.mjs", "validator.d.mts", "templates.ts"];

/** A checkout may have CRLF line ends; what lvsgen writes never has. */
async function readText(file) {
  return (await readFile(file, "utf8")).replaceAll("\r\n", "\n");
}

/** Files below `directory` with this extension, in code unit order of their `/` paths. */
async function filesBelow(directory, extension) {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Replaces the file in one step: a test run and a build may generate at the same time. */
async function replaceFile(file, text) {
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, text);
  await rename(temporary, file);
}

async function keyed(files, base, extension) {
  return Promise.all(
    files.map(async (file) => ({
      key: relative(base, file).split(sep).join("/").slice(0, -extension.length || undefined),
      text: await readText(file),
    })),
  );
}

async function stampOf(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${relative(root, file)}\0`).update(await readFile(file)).update("\0");
  return hash.digest("hex");
}

async function isFresh(stamp) {
  const present = await readdir(generated).catch(() => []);
  if (!outputs.every((name) => present.includes(name))) return false;
  return (await readFile(stampFile, "utf8").catch(() => "")) === stamp;
}

async function generate() {
  const schemaFile = join(root, "schema", "cluster.schema.json");
  const templateDirectory = join(root, "templates");
  const templateFiles = await filesBelow(templateDirectory, ".hbs");
  const libraryDirectory = join(templateDirectory, "lib");
  const libraryFiles = await filesBelow(libraryDirectory, ".sh");
  const scripts = await filesBelow(buildDirectory, ".mjs");
  const lock = join(root, "package-lock.json");

  const stamp = await stampOf([schemaFile, ...templateFiles, ...libraryFiles, ...scripts, lock]);
  if (await isFresh(stamp)) return false;

  // Loaded only here: the generators take longer to load than a fresh tree takes to recognise.
  const [{ configTypes }, { validatorModule, validatorTypes }, { templatesModule }] = await Promise.all([
    import("./generate-types.mjs"),
    import("./generate-validator.mjs"),
    import("./generate-templates.mjs"),
  ]);
  const schema = JSON.parse(await readText(schemaFile));
  const templates = await keyed(templateFiles, templateDirectory, ".hbs");
  const library = await keyed(libraryFiles, libraryDirectory, "");
  const texts = {
    "config.ts": await configTypes(schema),
    "validator.mjs": await validatorModule(schema, root),
    "validator.d.mts": validatorTypes,
    "templates.ts": templatesModule(templates, library),
  };
  await mkdir(generated, { recursive: true });
  for (const [name, text] of Object.entries(texts)) await replaceFile(join(generated, name), text);
  await replaceFile(stampFile, stamp);
  return true;
}

const started = process.hrtime.bigint();
const changed = await generate();
const milliseconds = Number((process.hrtime.bigint() - started) / 1_000_000n);
console.log(changed ? `src/generated: written in ${milliseconds} ms` : "src/generated: up to date");
