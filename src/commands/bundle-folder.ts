/** Files of a directory that `build` made. */
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The texts of those of these files that are there. Links and devices are not opened.
 *
 * @throws the system's error, with the file as its `path`
 */
export function readBundleFolder(directory: string, names: readonly string[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of names) {
    const file = join(directory, name);
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === true)
      files.set(name, plainLines(readFileSync(file, "utf8")));
  }
  return files;
}

/** git may have converted line ends on checkout; the scripts refuse to run so, and say the same. */
export function plainLines(text: string): string {
  return text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text;
}
