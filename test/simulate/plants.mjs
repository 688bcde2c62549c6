// Faults to plant into a role's scripts: an oracle that does not see its fault is no oracle. `guests.mjs --plants` plays each.
import { createHash } from "node:crypto";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `seed` is of a sequence with the role; `edits`: text to what takes its place, in the runtime as the scripts carry it; an oracle of that name finds it. */
export const PLANTS = JSON.parse(readFileSync(join(import.meta.dirname, "plants.json"), "utf8")).map((plant) => ({
  ...plant,
  oracle: new RegExp(plant.oracle),
}));

/** A copy of bundles with the fault in every script that has the place; throws where none has. */
export function planted(bundles, directory, { name, edits }) {
  cpSync(bundles, directory, { recursive: true });
  let places = 0;
  for (const bundle of ["now", "next"])
    for (const role of ["director", "realserver", "nfs"]) {
      const file = join(directory, bundle, `${role}.sh`);
      const text = plantedText(readFileSync(file, "utf8"), { edits });
      if (text === undefined) continue;
      places += 1;
      writeFileSync(file, text);
    }
  if (places === 0) throw new Error(`no script has the place for the fault: ${name}`);
  return directory;
}

/** The script with the fault; undefined where it has not the place for it. */
export function plantedText(text, { edits }) {
  if (!edits.every(([find]) => text.includes(find))) return undefined;
  return sumOf(edits.reduce((bent, [find, put]) => bent.replace(find, () => put), text));
}

/** With the sum in its third line that it has to have now. */
function sumOf(text) {
  const lines = text.split("\n");
  const bare = lines[2].replace(/[0-9a-f]{64}/, "");
  const sum = createHash("sha256")
    .update([...lines.slice(0, 2), bare, ...lines.slice(3)].join("\n"))
    .digest("hex");
  lines[2] = bare.replace("lvsgen_sum=", `lvsgen_sum=${sum}`);
  return lines.join("\n");
}
