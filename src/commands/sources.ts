/** What `source` of a file names, read where lvsgen runs. Nothing is ever executed. */
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { ReadSource, SourceText } from "../sources/index.ts";
import { systemMessage } from "../terminal/problem.ts";
import { isText } from "./input.ts";

/**
 * Reads environment variables, and files in the directory of a description or below it: a link that leads out of it is not followed.
 *
 * @param description the name of its file; of standard input, files are those of the current directory
 * @param read called with the absolute path of each file that a description names
 */
export function sourcesBeside(description: string, read: (file: string) => void = () => {}): ReadSource {
  const directory = dirname(resolve(description));
  return (source) => {
    if ("env" in source) return ofVariable(source.env);
    const file = join(directory, source.file);
    read(file);
    return ofFile(directory, file);
  };
}

/** The value of an environment variable. */
export function ofVariable(name: string): SourceText {
  const text = Object.hasOwn(process.env, name) ? process.env[name] : undefined;
  if (text === undefined) return { lacks: "missing" };
  // What is no UTF-8 comes from the environment with this in its place.
  return text.includes("\uFFFD") ? { lacks: "no-text" } : { text };
}

/** Bytes as the text of a source. */
export function ofBytes(bytes: Buffer): SourceText {
  return isText(bytes) ? { text: bytes.toString("utf8") } : { lacks: "no-text" };
}

function ofFile(directory: string, file: string): SourceText {
  try {
    const real = realpathSync(file);
    const below = relative(realpathSync(directory), real);
    if (below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below)) return { lacks: "outside" };
    if (below.split(sep).some((part) => part.toLowerCase() === ".git")) return { lacks: "of-git" };
    // A pipe would keep a build waiting, and what became a link since is not followed.
    const descriptor = openSync(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    try {
      return fstatSync(descriptor).isFile() ? ofBytes(readFileSync(descriptor)) : { lacks: "no-file" };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return { lacks: "missing" };
    return code === "EISDIR" || code === "ENXIO"
      ? { lacks: "no-file" }
      : { lacks: "refused", why: systemMessage(code) };
  }
}
