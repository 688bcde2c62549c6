import Handlebars from "handlebars";
import { knownHelpers } from "./template-helpers.mjs";

/**
 * Precompiles the templates and carries the shell library along, each file with the empty line that parts it from the next,
 * as the source of one TypeScript module.
 *
 * @param {{ key: string, text: string }[]} templates key: path below `templates/` without `.hbs`
 * @param {{ key: string, text: string }[]} library key: file name below `templates/lib/`
 * @returns {string}
 */
export function templatesModule(templates, library) {
  const specs = templates.map(({ key, text }) => `  ${JSON.stringify(key)}: ${precompile(key, text)},`);
  const shell = library.map(({ key, text }) => `  ${JSON.stringify(key)}: ${JSON.stringify(`${text}\n`)},`);
  return [
    "// Generated from templates/ by `npm run generate`.",
    "// @ts-nocheck handlebars' own output is plain JavaScript",
    "export const templateSpecs: Record<string, object> = {",
    ...specs,
    "};",
    "export const shellLibrary: Record<string, string> = {",
    ...shell,
    "};",
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
