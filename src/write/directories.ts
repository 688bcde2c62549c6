/** Directories, with those above them. */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a directory and those above it that are missing. Node's own `mkdir` with `recursive` never ends where the system makes none below a
 * directory that is there (`/proc`: ENOENT, though the parent exists).
 *
 * @param mode of each that is made, less the umask
 * @throws what mkdir(2) says, of the directory that cannot be made
 */
export function makeDirectories(path: string, mode = 0o777): void {
  const code = made(path, mode);
  if (code === null) return;
  const parent = dirname(path);
  if (code === "ENOENT" && parent !== path && !existsSync(parent)) makeDirectories(parent, mode);
  const again = code === "ENOENT" ? made(path, mode) : code;
  // Once more, for the error with its path.
  if (again !== null) mkdirSync(path, { mode });
}

/** Null: it is there now; else why not. */
function made(path: string, mode: number): string | null {
  try {
    mkdirSync(path, { mode });
    return null;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    return code === "EEXIST" && statSync(path, { throwIfNoEntry: false })?.isDirectory() ? null : code;
  }
}
