/**
 * How ajv compiles the schema ahead of time. Kept apart from the generator because it decides what the
 * validate stage gets to see: every error of a run, and enough of each to say what was expected.
 *
 * @type {import("ajv").Options}
 */
export const ajvOptions = {
  allErrors: true,
  verbose: true,
  strict: true,
  strictTypes: "log",
  strictRequired: false,
  allowUnionTypes: true,
  logger: false,
  code: { source: true, esm: true, lines: true },
};
