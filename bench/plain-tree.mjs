/**
 * The yardstick of a bundle of many files: a loop that makes the same directories, and files of the same sizes. It knows no description, no
 * checks and no sums, and what it writes are zeros.
 *
 *   node bench/plain-tree.mjs LIST DIRECTORY    LIST: what `listTree` gives, as JSON
 */
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Paths below a directory, each directory before what is in it; a file with its size in bytes. */
export function listTree(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      return { path: path.slice(directory.length + 1), size: entry.isDirectory() ? null : statSync(path).size };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , list, directory] = process.argv;
  mkdirSync(directory, { recursive: true });
  for (const { path, size } of JSON.parse(readFileSync(list, "utf8"))) {
    if (size === null) mkdirSync(`${directory}/${path}`);
    else {
      const file = openSync(`${directory}/${path}`, "wx");
      writeSync(file, Buffer.alloc(size));
      closeSync(file);
    }
  }
}
