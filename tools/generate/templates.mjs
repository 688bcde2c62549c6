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
  const specs = templates.map(({ key, text }) => `  ${JSON.stringify(key)}: ${precompile(key, text)},`);
  const shell = runtime.map(({ key, text }) => `  ${JSON.stringify(key)}: ${JSON.stringify(`${text}\n`)},`);
  const lists = Object.entries(listedFiles(programs, runtime)).map(
    ([program, files]) => `  ${program}: ${JSON.stringify(files)},`,
  );
  return [
    "// Generated from templates/ by `npm run generate`.",
    "// @ts-nocheck handlebars' own output is plain JavaScript",
    "export const templateSpecs: Record<string, object> = {",
    ...specs,
    "};",
    "export const runtimeFiles: Record<string, string> = {",
    ...shell,
    "};",
    "export const programs = {",
    ...lists,
    "} as const satisfies Record<string, readonly string[]>;",
    "",
  ].join("\n");
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
