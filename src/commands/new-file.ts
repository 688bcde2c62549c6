/** A file that a command writes for its user: never over another one unless that is asked for. */
import { renameSync, statSync, writeFileSync } from "node:fs";
import { exitCode } from "../exit-code.ts";
import { type Problem, systemMessage } from "../terminal/problem.ts";

/** What would keep `writeNewFile` from writing, as far as it can be told before there is a text. */
export function inTheWay(file: string, force: boolean): Problem | null {
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    if (there?.isDirectory()) return isDirectory(file);
    return !force && there !== undefined ? alreadyThere(file) : null;
  } catch (error) {
    // A link in a circle, a file in the place of a directory above it.
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return cannotWrite(file, code);
  }
}

/**
 * Writes the file.
 *
 * @param force replace it if it is there; it stays whole until the new one is
 * @returns why it was not written; null: it was
 */
export function writeNewFile(file: string, text: string, force: boolean): Problem | null {
  try {
    const target = force ? `${file}.${process.pid}` : file;
    writeFileSync(target, text, { flag: "wx" });
    if (target !== file) renameSync(target, file);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code === "EEXIST" ? alreadyThere(file) : cannotWrite(file, code);
  }
}

function isDirectory(file: string): Problem {
  return {
    code: "CANNOT_WRITE",
    file,
    message: "is a directory",
    hint: "name a file in it with -o",
    exitCode: exitCode.cannotWrite,
  };
}

function alreadyThere(file: string): Problem {
  return {
    code: "FILE_EXISTS",
    file,
    message: "exists already",
    hint: "choose another file with -o, or replace it with --force",
    exitCode: exitCode.cannotWrite,
  };
}

function cannotWrite(file: string, code: string): Problem {
  return {
    code: "CANNOT_WRITE",
    file,
    message: `cannot be written: ${systemMessage(code)}`,
    hint: "choose another file with -o",
    exitCode: exitCode.cannotWrite,
  };
}
