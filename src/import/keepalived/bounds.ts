/** Lines and characters that parameters and sequences may make, beside those that are written. */
export const mostLines = 60_000;
export const mostCharacters = 16 * 1024 * 1024;
export const mostSubstitutions = 200;
export const deepestInclude = 16;
/** Files that may include each other many times over. */
export const mostIncludes = 4096;
export const longestLine = 16_384;
