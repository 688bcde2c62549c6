/**
 * Makes src/generated out of the schema and the templates: types, the compiled validator, the
 * precompiled templates and the version. Each group is made again only when one of its inputs changed.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const buildDirectory = dirname(fileURLToPath(import.meta.url));
const root = join(buildDirectory, "..", "..");
const generated = join(root, "src", "generated");
const templateDirectory = join(root, "templates");
const runtimeDirectory = join(templateDirectory, "runtime");
const spokenDirectory = join(templateDirectory, "zh", "runtime");
const schemaFile = join(root, "schema", "cluster.schema.json");

const packageFile = join(root, "package.json");

/** The generators are loaded only when needed: that takes longer than to see that nothing changed. */
const groups = [
  {
    name: "templates",
    outputs: ["templates.ts", "templates-zh.ts"],
    inputs: async () => [
      ...(await templateFiles()),
      ...(await runtimeFiles()),
      ...(await programFiles()),
      ...(await spokenFiles()),
    ],
    make: async () => {
      const { languageModule, templatesModule } = await import("./templates.mjs");
      const all = await keyed(await templateFiles(), templateDirectory, ".hbs");
      const templates = all.filter(({ key }) => !key.startsWith(chinese));
      const translated = all.filter(({ key }) => key.startsWith(chinese));
      const runtime = await keyed(await runtimeFiles(), runtimeDirectory, "");
      const programs = await keyed(await programFiles(), join(runtimeDirectory, "programs"), ".list");
      return {
        "templates.ts": templatesModule(templates, runtime, programs),
        "templates-zh.ts": languageModule(
          translated.map(({ key, text }) => ({ key: key.slice(chinese.length), text })),
          await keyed(await filesBelow(spokenDirectory, ".txt"), spokenDirectory, ".txt"),
          {
            key: `${chinese}spoken.sh`,
            text: await readText(join(spokenDirectory, "spoken.sh")),
            instead: "engine/spoken.sh",
          },
          runtime,
          programs,
        ),
      };
    },
  },
  {
    name: "schema",
    outputs: ["config.ts", "validator.mjs", "validator.d.mts"],
    inputs: async () => [schemaFile],
    make: async () => {
      const { configTypes } = await import("./types.mjs");
      const { validatorModule, validatorTypes } = await import("./validator.mjs");
      const schema = JSON.parse(await readText(schemaFile));
      return {
        "config.ts": await configTypes(schema),
        "validator.mjs": await validatorModule(schema, root),
        "validator.d.mts": validatorTypes,
      };
    },
  },
  {
    name: "version",
    outputs: ["version.ts"],
    inputs: async () => [packageFile],
    make: async () => {
      const { version } = JSON.parse(await readText(packageFile));
      return { "version.ts": `export const version = ${JSON.stringify(version)};\n` };
    },
  },
];

/** Templates below are in Chinese, each named as the English one that it stands for. */
const chinese = "zh/";

const templateFiles = () => filesBelow(templateDirectory, ".hbs");
const runtimeFiles = () => filesBelow(runtimeDirectory, ".sh");
/** What the runtime says in Chinese, and the shell that says it. */
const spokenFiles = async () => [
  ...(await filesBelow(spokenDirectory, ".sh")),
  ...(await filesBelow(spokenDirectory, ".txt")),
];
const programFiles = () => filesBelow(runtimeDirectory, ".list");

/** Files below `directory` with this extension, in code unit order of their paths. */
async function filesBelow(directory, extension) {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** A checkout may have CRLF line ends; what lvsgen writes never has. */
async function readText(file) {
  return (await readFile(file, "utf8")).replaceAll("\r\n", "\n");
}

async function keyed(files, base, extension) {
  return Promise.all(
    files.map(async (file) => ({
      key: relative(base, file)
        .split(sep)
        .join("/")
        .slice(0, -extension.length || undefined),
      text: await readText(file),
    })),
  );
}

/** What decides the outputs: the inputs, the generators and the versions of the libraries they use. */
async function stampOf(inputs) {
  const hash = createHash("sha256");
  const generators = await filesBelow(buildDirectory, ".mjs");
  for (const file of [...inputs, ...generators, join(root, "package-lock.json")]) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(await readFile(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Replaces the file in one step: a test run and a build may generate at the same time. */
async function replaceFile(file, text) {
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, text);
  await rename(temporary, file);
}

async function generate({ name, outputs, inputs, make }) {
  const stampFile = join(generated, `${name}.sha256`);
  const stamp = await stampOf(await inputs());
  const present = await readdir(generated);
  const isFresh =
    outputs.every((output) => present.includes(output)) &&
    (await readFile(stampFile, "utf8").catch(() => "")) === stamp;
  if (isFresh) return [];
  for (const [output, text] of Object.entries(await make())) await replaceFile(join(generated, output), text);
  await replaceFile(stampFile, stamp);
  return outputs;
}

await mkdir(generated, { recursive: true });
const written = [];
for (const group of groups) written.push(...(await generate(group)));
console.log(`src/generated: ${written.length > 0 ? `wrote ${written.join(", ")}` : "up to date"}`);
