/**
 * Every helper that a template may use besides handlebars' own `if` and `each`; precompilation refuses
 * any other name. The render stage registers exactly these.
 *
 * `words`: shell words, quoted; `heredoc`: the text of a `want` as a quoted heredoc, or as an encoded word;
 * `patterns`: host names as the patterns of a `case`; `value`: text that stands in a file as it is, which throws where it is missing.
 */
export const knownHelpers = { words: true, heredoc: true, patterns: true, value: true, splice: true };
