/**
 * Runtimes of earlier releases: the SHA-256 that stands in a script's head as `lvsgen_runtime`, and in `manifest.json`. Those of the lvsgen
 * that runs come from itself; a release adds those of the one before it here. There is none before 0.1.0.
 */
export const earlierRuntimes: ReadonlyMap<string, string> = new Map();
