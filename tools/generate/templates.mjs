import { createHash } from "node:crypto";
import Handlebars from "handlebars";
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
    const text = `${frame[0] + files.map((file) => `${textOf.get(file)}\n`).join("")}${frame[1]}\n`;
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
 * The templates of a language other than English, which is loaded apart.
 *
 * @param {{ key: string, text: string }[]} templates key: that of the English template
 * @returns {string}
 */
export function languageModule(templates) {
  return [...specLines(templates), ""].join("\n");
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
