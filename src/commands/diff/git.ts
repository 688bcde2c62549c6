/**
 * Files of a revision, read by git's own client. A checkout may be anybody's, and its configuration names programs: for diffs, filters,
 * pagers, watching the file system, fetching. Nothing that is called here starts one: `rev-parse`, `ls-tree` and `cat-file` of objects look at no work
 * tree, index or attribute, and what a partial clone lacks is not fetched.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { exitCode } from "../../exit-code.ts";
import type { Problem } from "../../terminal/problem.ts";

/** Bytes; a description of a million rules has some 60 million. */
const largest = 2 ** 30;

/** Options before the command: they outweigh every file of configuration. */
const safely = [
  "--no-pager",
  "--no-replace-objects",
  ...["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "protocol.allow=never"].flatMap((one) => [
    "-c",
    one,
  ]),
];

interface Answer {
  readonly ok: boolean;
  readonly out: Buffer;
  readonly said: string;
}

/** git of PATH, and never of the current directory, which is what a relative or an empty entry of it means; null: there is none. */
function program(): string | null {
  const name = process.platform === "win32" ? "git.exe" : "git";
  const found = (process.env["PATH"] ?? "").split(delimiter).map((directory) => join(directory, name));
  return found.find((file) => isAbsolute(file) && existsSync(file)) ?? null;
}

function git(file: string, args: readonly string[]): Answer {
  const { status, stdout, stderr, error } = spawnSync(file, [...safely, ...args], {
    maxBuffer: largest,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      LC_ALL: "C",
      GIT_TERMINAL_PROMPT: "0",
      GIT_OPTIONAL_LOCKS: "0",
      GIT_NO_LAZY_FETCH: "1",
      GIT_ALLOW_PROTOCOL: "none",
    },
  });
  if (error !== undefined) return { ok: false, out: Buffer.alloc(0), said: error.message };
  return { ok: status === 0, out: stdout, said: stderr.toString("utf8").trim() };
}

/** A commit, and how its files are read. */
export interface Revision {
  /** A file's bytes; null where the commit has no such file. */
  readonly read: (path: string) => Buffer | null;
  /** Whether there is a directory of this name. */
  readonly isDirectory: (path: string) => boolean;
  /** Whether there is a symbolic link of this name. */
  readonly isLink: (path: string) => boolean;
}

/**
 * A revision as gitrevisions(7) has them.
 *
 * @param name never taken for an option: one that begins with `-` is refused
 */
export function revisionOf(name: string): Revision | Problem {
  const file = program();
  if (file === null) return noGit;
  if (name.startsWith("-") || name === "" || /[\0\n]/.test(name))
    return noRevision(name, "that is no name of a revision");
  const inside = git(file, ["rev-parse", "--is-inside-work-tree"]);
  if (!inside.ok) return noRevision(name, firstLine(inside.said));
  const { ok, out, said } = git(file, ["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  const commit = out.toString("latin1").trim();
  if (!ok || !/^[0-9a-f]{40,64}$/.test(commit))
    return noRevision(name, firstLine(said) || "git knows no such revision here");
  const object = (path: string): string => `${commit}:${fromHere(path)}`;
  return {
    read: (path) => {
      const blob = git(file, ["cat-file", "blob", object(path)]);
      return blob.ok ? blob.out : null;
    },
    isDirectory: (path) =>
      git(file, ["cat-file", "-t", object(path)])
        .out.toString("latin1")
        .trim() === "tree",
    isLink: (path) =>
      git(file, ["ls-tree", "--full-tree", object(dirname(path)), basename(path)])
        .out.toString("latin1")
        .startsWith("120000 "),
  };
}

/** `./` and `../` are where the command runs, wherever that is in the repository (gitrevisions(7)). */
function fromHere(path: string): string {
  const from = relative(process.cwd(), resolve(path)).split(sep).join("/");
  return from.startsWith("../") ? from : `./${from}`;
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").replace(/^fatal: /, "");
}

const noGit: Problem = {
  code: "NO_GIT",
  file: "git",
  message: "not installed",
  hint: "install git, or compare two files or directories: lvsgen diff OLD NEW",
  exitCode: exitCode.unavailable,
};

function noRevision(name: string, message: string): Problem {
  return {
    code: "NO_SUCH_REVISION",
    file: name,
    message: `neither a file, a directory nor a revision of git: ${message}`,
    hint: "name a description, a directory that build made, or a revision (git log --oneline lists them)",
    exitCode: exitCode.noInput,
  };
}
