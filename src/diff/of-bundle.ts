import type { Bundle } from "../bundle.ts";
import { difference } from "./compare.ts";
import { type BundleText, comparedFiles } from "./read/index.ts";
import type { Difference } from "./result.ts";

/** What `compile` gave, as it is compared: a bundle on a disk says the same but for the names of its services. */
export function textOfBundle({ files, services }: Bundle): BundleText {
  return {
    files: new Map(
      files.filter(({ path }) => comparedFiles.includes(path)).map(({ path, chunks }) => [path, chunks.join("")]),
    ),
    serviceNames: new Map(services.map(({ name, key }) => [key, name])),
  };
}

/**
 * What leads from one compiled bundle to another: what changes, what that does to the connections of clients, and in which order the scripts
 * are to run.
 */
export function diff(old: Bundle, next: Bundle): Difference {
  const found = difference(textOfBundle(old), textOfBundle(next));
  // What this very version has made, it can read.
  if (found.kind === "unreadable") throw new Error(`${found.file} ${found.message}`);
  return found;
}
