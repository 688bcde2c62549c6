// What can happen to a role's journal on the disk.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const inside = (directory) =>
  existsSync(directory)
    ? readdirSync(directory)
        .sort()
        .map((name) => join(directory, name))
    : [];

function victims(state, { what, number }) {
  switch (what) {
    case "blob":
    case "generation": {
      const all = inside(join(state, what === "blob" ? "blobs" : "generations"));
      return all.length ? [all[number % all.length]] : [];
    }
    case "all":
      return existsSync(state) ? [state] : [];
    default:
      return existsSync(join(state, what)) ? [join(state, what)] : [];
  }
}

/** Does it; tells whether there was anything to damage. */
export function damage(state, step) {
  const found = victims(state, step);
  for (const at of found) {
    const plain = statSync(at, { throwIfNoEntry: false })?.isFile() ?? false;
    if (step.how === "delete" || !plain) rmSync(at, { recursive: true, force: true });
    else if (step.how === "truncate") truncateSync(at, Math.floor(readFileSync(at).length / 2));
    else if (step.how === "empty") truncateSync(at);
    else writeFileSync(at, Buffer.from([0, 255, 10, 9, 61, 36, 40, 96, 200, 13, 10, 46, 47]));
  }
  return found.length > 0;
}
