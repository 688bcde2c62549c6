/**
 * How ajv compiles the schema ahead of time. Kept apart from the generator because it decides what the
 * validate stage gets to see.
 *
 * - `allErrors`: every finding of a run at once.
 * - `verbose`: each error carries the schema it broke, so that its message can use the title, description
 *   and examples that stand there.
 * - `messages: false`: the messages of ajv are not used.
 * - `validateFormats: false`: `format` names the kind of an address for editors and for the choice of the
 *   diagnostic; addresses are read by `resolve`, which has to parse them anyway.
 * - `keywords`: what editors read and nothing checks. Any other word that JSON Schema does not have is an error.
 * - `allowUnionTypes`: a port of `match` is a number or a range in a string.
 *
 * @type {import("ajv").Options}
 */
export const ajvOptions = {
  allErrors: true,
  verbose: true,
  messages: false,
  validateFormats: false,
  strict: true,
  strictTypes: "log",
  strictRequired: false,
  allowUnionTypes: true,
  keywords: ["enumDescriptions", "defaultSnippets"],
  logger: false,
  code: { source: true, esm: true, lines: true },
};
