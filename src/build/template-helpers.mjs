/**
 * Every helper that a template may use besides handlebars' own `if` and `each`; precompilation refuses
 * any other name. The render stage registers exactly these.
 */
export const knownHelpers = { sh: true };
