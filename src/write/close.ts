/** What is for its owner alone is so again: git and many copies keep of a mode only whether a file can be run. */
import { chmodSync, lstatSync } from "node:fs";
import { join } from "node:path";
import type { OutputFile } from "./output-file.ts";

/** What is written, and others may read, as the system does not let its mode be changed. */
export interface OpenToOthers {
  /** The folder in the output directory that has all of it: `hosts/web1`, or `hosts` where it is several hosts' or all. */
  readonly path: string;
  /** The system's error, such as `EPERM` where another user owns it, or a mount has no modes. */
  readonly code: string;
}

/**
 * Takes the rights of others from files for their owner alone, and from the directories above them. Windows has no such modes.
 *
 * @returns null: nobody else may read it
 * @throws nothing of the system's: all is written by then
 */
export function closeToOthers(wanted: readonly OutputFile[], directory: string): OpenToOthers | null {
  if (process.platform === "win32") return null;
  const paths = new Set<string>();
  for (const { path, ownerOnly } of wanted) {
    if (ownerOnly !== true) continue;
    for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) paths.add(path.slice(0, end));
    paths.add(path);
  }
  const refused = [...paths].flatMap((path) => {
    const code = closed(join(directory, path));
    return code === null ? [] : [{ path, code }];
  });
  const [first] = refused;
  if (first === undefined) return null;
  const folders = new Set(refused.map(({ path }) => path.split("/").slice(0, 2).join("/")));
  const [folder = ""] = folders;
  return { path: folders.size === 1 ? folder : (folder.split("/")[0] ?? ""), code: first.code };
}

/** Null, or why not. */
function closed(path: string): string | null {
  try {
    const { mode } = lstatSync(path);
    if ((mode & 0o077) !== 0) chmodSync(path, mode & 0o700);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code;
  }
}
