/** The commands of docs/install.md. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The one that a word begins, without what is said behind it. Throws unless there is one.
 *
 * @param {string} root the project
 * @param {string} word
 * @returns {string}
 */
export function commandOf(root, word) {
  const lines = readFileSync(join(root, "docs", "install.md"), "utf8").split("\n");
  const found = lines.filter((line) => line.startsWith(`${word} `));
  if (found.length !== 1) throw new Error(`docs/install.md has ${found.length} lines that begin with ${word}`);
  return found[0].replace(/ +#.*$/, "");
}
