// shellcheck over the scripts below the directories given, in one run. TAP, one test a file.
// Files of the runtime (`lib/`) are spliced into scripts: alone, they use variables and functions of one another.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { shellFiles } from "./files.ts";
import { printTap } from "./tap.ts";

interface Comment {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: number;
  readonly message: string;
}

function check(files: readonly string[], flags: readonly string[]): ReadonlyMap<string, string[]> {
  const complaints = new Map<string, string[]>(files.map((file) => [file, blanketDisables(file)]));
  if (files.length === 0) return complaints;
  const args = ["--format=json1", "--shell=bash", "--severity=style", ...flags, ...files];
  const { stdout, stderr, error } = spawnSync(process.env.SHELLCHECKJS_BIN ?? "shellcheck", args, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined || stdout === "") throw error ?? new Error(stderr);
  const { comments } = JSON.parse(stdout) as { readonly comments: readonly Comment[] };
  for (const { file, line, column, code, message } of comments) {
    complaints.get(file)?.push(`${file}:${line}:${column}: SC${code}: ${message}`);
  }
  return complaints;
}

/** A disable before the first command holds for the whole file and hides more than it says. */
function blanketDisables(file: string): string[] {
  const lines = readFileSync(file, "utf8").split("\n");
  const firstCommand = lines.findIndex((line) => !/^\s*(?:#|$)/.test(line));
  return lines
    .slice(0, Math.max(firstCommand, 0))
    .flatMap((line, at) =>
      /^# *shellcheck disable=/.test(line) && lines[at + 1]?.trim() === ""
        ? [`${file}:${at + 1}: a blanket disable`]
        : [],
    );
}

const files = shellFiles(process.argv.slice(2));
const isLibrary = (file: string) => file.includes("templates/lib/");
printTap(
  new Map([
    ...check(files.filter(isLibrary), ["--exclude=SC2034,SC2154"]),
    ...check(
      files.filter((file) => !isLibrary(file)),
      [],
    ),
  ]),
);
