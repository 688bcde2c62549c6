/** The directory in which the secrets of hosts wait to be carried to them: for its owner alone, and never committed by mistake. */
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { exitCode } from "../../exit-code.ts";
import { readHead, type SecretsFile } from "../../secrets/index.ts";
import type { Signature } from "../../sign/index.ts";
import { type Problem, systemMessage } from "../../terminal/problem.ts";
import { makeDirectories } from "../../write/index.ts";

export type SecretsChange = "written" | "unchanged" | "removed";

export interface WrittenSecrets {
  readonly files: readonly { readonly name: string; readonly change: SecretsChange }[];
  readonly problem: Problem | null;
  /** Whether others than its owner may read it, as on a medium that knows no modes. */
  readonly isOpen: boolean;
}

/** git leaves out what this says, and the file itself. */
const ignored = "# Written by lvsgen: secrets are not committed.\n*\n";

/**
 * Writes the files of secrets, each whole or not at all, and removes those of the same cluster for hosts that have none any more.
 *
 * @param signatures by the name of the file that each is of
 *
 * Nothing of a text is ever in a file that others may read, where the medium knows modes at all: a new file is made with mode 0600.
 */
export function writeSecrets(
  directory: string,
  cluster: string,
  secrets: readonly SecretsFile[],
  signatures: ReadonlyMap<string, Signature> = new Map(),
): WrittenSecrets {
  const files: { name: string; change: SecretsChange }[] = [];
  try {
    const foreign = ["manifest.json", "SHA256SUMS"].find((name) => existsSync(join(directory, name)));
    if (foreign !== undefined) return { files, problem: ofBundle(directory), isOpen: false };
    const standing = textOf(join(directory, ".gitignore"));
    if (standing !== null && !/^\*$/m.test(standing)) return { files, problem: committed(directory), isOpen: false };
    if (secrets.length === 0 && !existsSync(directory)) return { files, problem: null, isOpen: false };
    makeDirectories(directory, 0o700);
    if (!existsSync(join(directory, ".gitignore"))) replaceFile(directory, ".gitignore", ignored);
    for (const { name, text } of secrets) {
      const isSame = textOf(join(directory, name)) === text;
      if (!isSame || isOpenToOthers(join(directory, name))) replaceFile(directory, name, text);
      writeSignature(directory, name, signatures.get(name));
      files.push({ name, change: isSame ? "unchanged" : "written" });
    }
    const wanted = new Set(secrets.map(({ name }) => name));
    for (const name of readdirSync(directory)) {
      if (!name.startsWith("secrets-") || wanted.has(name)) continue;
      const head = readHead(textOf(join(directory, name)) ?? "");
      if (head?.cluster !== cluster || name !== `secrets-${head.host}`) continue;
      rmSync(join(directory, name));
      writeSignature(directory, name, undefined);
      files.push({ name, change: "removed" });
    }
    return { files, problem: null, isOpen: secrets.some(({ name }) => isOpenToOthers(join(directory, name))) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { files, problem: cannotWrite(directory, code), isOpen: false };
  }
}

/** Beside its file; one of a former text goes. */
function writeSignature(directory: string, name: string, signature: Signature | undefined): void {
  const made = { rsa: signature?.rsa ?? null, sig: signature?.ssh ?? null, signed: signature?.text ?? null };
  for (const [end, content] of Object.entries(made)) {
    if (content === null) rmSync(join(directory, `${name}.${end}`), { force: true });
    else replaceFile(directory, `${name}.${end}`, content);
  }
}

/** Under another name first, exclusively, and for its owner alone before anything is in it. */
function replaceFile(directory: string, name: string, content: string | Buffer): void {
  const file = join(directory, name);
  const temporary = join(directory, `.${name}.${process.pid}`);
  const descriptor = openSync(temporary, "wx", 0o600);
  try {
    try {
      if (process.platform !== "win32") closeToOthers(descriptor);
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** A medium that knows no modes refuses; that it is open is told at the end. */
function closeToOthers(descriptor: number): void {
  try {
    fchmodSync(descriptor, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

/** The text of a regular file; null: there is none of that name. */
function textOf(file: string): string | null {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true ? readFileSync(file, "utf8") : null;
}

function isOpenToOthers(file: string): boolean {
  if (process.platform === "win32") return false;
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats !== undefined && (stats.mode & 0o077) !== 0;
}

function ofBundle(directory: string): Problem {
  return {
    code: "SECRETS_IN_BUNDLE",
    file: directory,
    message: "is a bundle, which is reviewed and committed: no place for secrets",
    hint: "choose another directory with -o",
    exitCode: exitCode.cannotWrite,
  };
}

/** What lies there, git takes along. */
function committed(directory: string): Problem {
  return {
    code: "SECRETS_IN_BUNDLE",
    file: directory,
    message: "has a .gitignore that does not leave everything out: secrets there would be committed",
    hint: "choose a directory of their own with -o",
    exitCode: exitCode.cannotWrite,
  };
}

function cannotWrite(directory: string, code: string): Problem {
  return {
    code: "CANNOT_WRITE",
    file: directory,
    message: `cannot be written: ${systemMessage(code)}`,
    hint: "choose another directory with -o",
    exitCode: exitCode.cannotWrite,
  };
}
