import { createHash } from "node:crypto";
import Handlebars from "handlebars";
import { catalogueFunction } from "./catalogues.mjs";
import { listedFiles } from "./programs.mjs";
import { knownHelpers } from "./template-helpers.mjs";

/**
 * Precompiles the templates and carries the shell runtime along, each file with the empty line that parts it from the next,
 * as the source of one TypeScript module.
 *
 * @param {{ key: string, text: string }[]} templates key: path below `templates/` without `.hbs`
 * @param {{ key: string, text: string }[]} runtime key: path below `templates/runtime/`
 * @param {{ key: string, text: string }[]} programs key: name of a program, text: its list of files of the runtime
 * @returns {string}
 */
export function templatesModule(templates, runtime, programs) {
  const shell = runtime.map(({ key, text }) => `  ${JSON.stringify(key)}: ${JSON.stringify(`${text}\n`)},`);
  const textOf = new Map(runtime.map(({ key, text }) => [key, text]));
  const sums = runtime.map(({ key, text }) => `  ${JSON.stringify(key)}: "${sha256(text)}",`);
  const lists = Object.entries(listedFiles(programs, runtime)).map(([program, files]) => {
    const text = programText(files.map((file) => textOf.get(file)));
    const kinds = [...text.matchAll(/^kind ([a-z]+)/gm)].map(([, kind]) => kind);
    return `  ${program}: { sha256: "${sha256(text)}", kinds: ${JSON.stringify(kinds)}, files: ${JSON.stringify(files)} },`;
  });
  return [
    ...specLines(templates),
    "export const runtimeFiles: Record<string, string> = {",
    ...shell,
    "};",
    "/** SHA-256 of each file as it stands in templates/runtime. */",
    "export const runtimeSums: Record<string, string> = {",
    ...sums,
    "};",
    "/** What stands before the files of a program and after them. */",
    `export const runtimeFrame = ${JSON.stringify(frame)} as const;`,
    "/** The runtime of each program: the SHA-256 of its whole text, the kinds that it knows, and its files in their order. */",
    "export const programs = {",
    ...lists,
    "} as const satisfies Record<string, { readonly [key: string]: string | readonly string[] }>;",
    "",
  ].join("\n");
}

/**
 * The templates of a language other than English, which is loaded apart, and what of the runtime is another one in it: a file that speaks it
 * stands in the place of the English one, and behind it a catalogue of the program's texts.
 *
 * @param {{ key: string, text: string }[]} templates key: that of the English template
 * @param {{ key: string, text: string }[]} catalogues key: path below `templates/LANGUAGE/runtime/`, without `.txt`
 * @param {{ key: string, text: string, instead: string }} speaker key: its path as manifests have it; instead: of which file of the runtime
 * @param {{ key: string, text: string }[]} runtime key: path below `templates/runtime/`
 * @param {{ key: string, text: string }[]} programs as of `templatesModule`
 * @returns {string}
 */
export function languageModule(templates, catalogues, speaker, runtime, programs) {
  const textOf = new Map(runtime.map(({ key, text }) => [key, text]));
  const catalogueOf = new Map(catalogues.map(({ key, text }) => [key, text]));
  const own = new Map([[speaker.key, speaker.text]]);
  const filesOf = listedFiles(programs, runtime);
  const lists = Object.entries(filesOf).map(([program, english]) => {
    // doctor.sh passes on what a check of the roles' scripts beside it says.
    const heard = program === "doctor" ? Object.values(filesOf).flat() : english;
    const texts = speaker.key.replace(/[^/]*$/, `${program}.sh`);
    own.set(texts, catalogueFunction([...new Set(heard)], catalogueOf, program));
    const files = english.flatMap((file) => (file === speaker.instead ? [speaker.key, texts] : [file]));
    const text = programText(files.map((file) => own.get(file) ?? textOf.get(file)));
    return `  ${program}: { sha256: "${sha256(text)}", files: ${JSON.stringify(files)} },`;
  });
  return [
    ...specLines(templates),
    "/** The runtime of each program: the SHA-256 of its whole text, and its files in their order. */",
    "export const spokenPrograms: Record<string, { readonly sha256: string; readonly files: readonly string[] }> = {",
    ...lists,
    "};",
    "/** Those of them that are in this language alone. */",
    "export const spokenFiles: Record<string, { readonly text: string; readonly sha256: string }> = {",
    ...[...own].map(
      ([key, text]) => `  ${JSON.stringify(key)}: { text: ${JSON.stringify(`${text}\n`)}, sha256: "${sha256(text)}" },`,
    ),
    "};",
    "",
  ].join("\n");
}

/** The runtime as it stands in a script: an empty line behind each file. */
function programText(texts) {
  return `${frame[0] + texts.map((text) => `${text}\n`).join("")}${frame[1]}\n`;
}

function specLines(templates) {
  return [
    "// Generated from templates/ by `npm run generate`.",
    "// @ts-nocheck handlebars' own output is plain JavaScript",
    "export const templateSpecs: Record<string, object> = {",
    ...templates.map(({ key, text }) => `  ${JSON.stringify(key)}: ${precompile(key, text)},`),
    "};",
  ];
}

/** An empty line sets the runtime off from what stands above it, and its last line, which the template ends, begins the script. */
const frame = ["\n", 'main "$@"'];

function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}

function precompile(key, text) {
  try {
    // `preventIndent` keeps a partial's lines as they are: an indented heredoc delimiter ends nothing.
    return Handlebars.precompile(text, {
      strict: true,
      knownHelpersOnly: true,
      knownHelpers,
      noEscape: true,
      preventIndent: true,
      srcName: undefined,
    });
  } catch (error) {
    throw new Error(`templates/${key}.hbs: ${error.message}`, { cause: error });
  }
}
