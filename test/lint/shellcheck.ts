// shellcheck over the scripts below the directories given, in one run. TAP, one test a file.
// Files of the runtime (`lib/`) are spliced into scripts: alone, they use variables and functions of one another.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { shellFiles } from "./files.ts";
import { printTap } from "./tap.ts";

interface Comment {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: number;
  readonly message: string;
}

/** shellcheck's findings in these files. It ends with 1 where it has any. */
function run(files: readonly string[], flags: readonly string[]): Promise<readonly Comment[]> {
  const args = ["--format=json1", "--shell=bash", "--severity=style", ...flags, ...files];
  return new Promise((resolve, reject) => {
    execFile(process.env.SHELLCHECKJS_BIN ?? "shellcheck", args, { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (stdout === "") reject(error ?? new Error(stderr));
      else resolve((JSON.parse(stdout) as { readonly comments: readonly Comment[] }).comments);
    });
  });
}

async function check(files: readonly string[], flags: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const complaints = new Map<string, string[]>(files.map((file) => [file, blanketDisables(file)]));
  const processors = availableParallelism();
  const shares = Array.from({ length: processors }, (_, share) => files.filter((_, at) => at % processors === share));
  const found = await Promise.all(shares.filter((share) => share.length > 0).map((share) => run(share, flags)));
  for (const { file, line, column, code, message } of found.flat()) {
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
    ...(await check(files.filter(isLibrary), ["--exclude=SC2034,SC2154"])),
    ...(await check(
      files.filter((file) => !isLibrary(file)),
      [],
    )),
  ]),
);
