/** The files that are imported: those that are named, and a host's own files from a folder. */
import { closeSync, type Dirent, fstatSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join, relative } from "node:path";
import { exitCode } from "../../exit-code.ts";
import type { Input } from "../../import/index.ts";
import { type Problem, systemMessage } from "../../terminal/problem.ts";

/** Bytes of all inputs together: a table of three hundred thousand rules has less. */
const mostBytes = 16 * 1024 * 1024;

const mostFiles = 2000;

export type Inputs =
  | { readonly kind: "inputs"; readonly inputs: readonly Input[]; readonly problems: readonly Problem[] }
  | { readonly kind: "problem"; readonly problem: Problem };

/** What is never looked into, whatever a folder has: keys and passwords. */
const secretFile =
  /(?:^|\/)(?:g?shadow-?|.*\.(?:key|pem|p12|pfx|jks|kdbx)|id_[a-z0-9]+|.*wpa_supplicant.*|\.netrc|\.pgpass|authorized_keys|ssh_host_.*|private)$/;

export async function readInputs(paths: readonly string[]): Promise<Inputs> {
  const inputs: Input[] = [];
  const problems: Problem[] = [];
  let left = mostBytes;
  const read = (file: string, folder: string | null): Problem | null => {
    const text = readText(file, left);
    if (typeof text !== "string") return text;
    left -= text.length;
    inputs.push({ file, text, folder });
    return null;
  };
  for (const path of paths) {
    if (path === "-") {
      const text = await readStandardInput(left);
      if (text === null) return { kind: "problem", problem: tooLarge("<stdin>") };
      inputs.push({ file: "<stdin>", text, folder: null });
      continue;
    }
    let isFolder: boolean;
    try {
      isFolder = lstatSync(path, { throwIfNoEntry: true }).isDirectory() || isLinkToFolder(path);
    } catch (error) {
      return { kind: "problem", problem: cannotRead(path, error) };
    }
    if (!isFolder) {
      const problem = read(path, null);
      if (problem !== null) return { kind: "problem", problem };
      continue;
    }
    for (const host of hostFolders(path)) {
      const { files, problems: unread } = filesBelow(host);
      if (files.length >= mostFiles) return { kind: "problem", problem: tooMany(host) };
      // What cannot be read is told, and the others are imported.
      problems.push(...unread);
      for (const file of files) {
        const problem = read(file, host);
        if (problem !== null) problems.push(problem);
      }
    }
  }
  return { kind: "inputs", inputs, problems };
}

function isLinkToFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** What stands in a folder, or why it cannot be read. */
function entriesOf(folder: string): Dirent[] | Problem {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    return cannotRead(folder, error);
  }
}

/** The folder itself, or the hosts' folders in it where it has nothing else. */
function hostFolders(path: string): string[] {
  const entries = entriesOf(path);
  if (!Array.isArray(entries)) return [path];
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
  const areHosts =
    entries.every((entry) => entry.isDirectory()) &&
    !folders.some((folder) => /(?:^|[/\\])(?:etc|proc|sys|var|usr)$/.test(folder));
  return areHosts && folders.length > 0 ? folders : [path];
}

const deepestFolder = 32;

/** Regular files, in the order of their names; links lead to files that stand elsewhere as well, or not in the folder at all. */
function filesBelow(folder: string): { readonly files: readonly string[]; readonly problems: readonly Problem[] } {
  const files: string[] = [];
  const problems: Problem[] = [];
  const visit = (directory: string, depth: number): void => {
    const entries = depth > deepestFolder ? tooDeep(directory) : entriesOf(directory);
    if (!Array.isArray(entries)) {
      problems.push(entries);
      return;
    }
    for (const entry of entries) {
      if (files.length >= mostFiles) return;
      const path = join(directory, entry.name);
      if (entry.isDirectory()) visit(path, depth + 1);
      else if (entry.isFile() && !secretFile.test(relative(folder, path))) files.push(path);
    }
  };
  visit(folder, 0);
  return { files, problems };
}

/** The text of a file, or why there is none. What is no UTF-8 shows as replacement characters, and nothing is made of them. */
export function readText(file: string, most: number): string | Problem {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(file, "r");
    const chunks: Buffer[] = [];
    let size = 0;
    if (fstatSync(descriptor).size > most) return tooLarge(file);
    for (;;) {
      const chunk = Buffer.allocUnsafe(1 << 20);
      const count = readSync(descriptor, chunk, 0, chunk.length, null);
      if (count === 0) break;
      size += count;
      if (size > most) return tooLarge(file);
      chunks.push(chunk.subarray(0, count));
    }
    return Buffer.concat(chunks).toString("utf8");
  } catch (error) {
    return cannotRead(file, error);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

async function readStandardInput(most: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > most) return null;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(file: string): Problem {
  return {
    code: "TOO_LARGE",
    file,
    message: `is larger than what an import reads (${mostBytes >> 20} MiB for all files together)`,
    hint: "import the part that has the services: a table of three hundred thousand rules is smaller",
    exitCode: exitCode.findings,
  };
}

function tooMany(file: string): Problem {
  return {
    code: "TOO_MANY_FILES",
    file,
    message: `has more than ${mostFiles} files`,
    hint: "name a folder with the host's own configuration alone, as doctor.sh collects it",
    exitCode: exitCode.findings,
  };
}

function tooDeep(folder: string): Problem {
  return {
    code: "CANNOT_READ",
    file: folder,
    message: `is ${deepestFolder} folders below the one that was named, and is not looked into`,
    hint: "name it, or its files, where it has something of the host",
    exitCode: exitCode.findings,
  };
}

function cannotRead(file: string, error: unknown): Problem {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return {
    code: code === "ENOENT" ? "NO_SUCH_FILE" : "CANNOT_READ",
    file,
    message: code === "ENOENT" ? "no such file" : `cannot be read: ${systemMessage(code)}`,
    hint: "name a file or folder that you may read, or - for standard input",
    exitCode: exitCode.noInput,
  };
}
