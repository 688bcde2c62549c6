import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Every shell script at or below the directories, by directory in the order given, then by path. */
export function shellFiles(directories: readonly string[]): readonly string[] {
  return directories.flatMap((directory) =>
    readdirSync(directory, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".sh") && !path.includes("files/"))
      .sort()
      .map((path) => join(directory, path)),
  );
}
