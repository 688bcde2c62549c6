// shellcheck over the scripts below the directories given. TAP, one test a file.
// Files of the runtime are spliced into scripts: alone, they use variables and functions of one another.
// A runtime that is the same in many scripts is read whole in one of them; of the others, what is their own is read.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { shellFiles } from "./files.ts";
import { printTap } from "./tap.ts";

interface Comment {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: number;
  readonly message: string;
}

/** What is read of a script, by its path; line numbers are those of the script in any case. */
interface Reading {
  readonly script: string;
  readonly read: string;
  readonly flags: readonly string[];
}

const runtimeBegins = "# Part 3 of 3: ";

// In a file of the runtime, and in a script without it, others use what is set, and set what is used; and an array may be
// declared associative in another, so that the `$` in its index is needed.
const none: readonly string[] = [];
const alone = ["--exclude=SC2034,SC2154,SC2004"];

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

/** The first script with a runtime is read whole, the others without it, from copies below the directory given. */
function readings(scripts: readonly string[], directory: string): readonly Reading[] {
  const read = new Set<string>();
  return scripts.map((script, at) => {
    if (script.startsWith("templates/")) return { script, read: script, flags: alone };
    const text = readFileSync(script, "utf8");
    const begin = text.indexOf(`\n${runtimeBegins}`);
    if (begin < 0) return { script, read: script, flags: none };
    const runtime = createHash("sha256").update(text.slice(begin)).digest("hex");
    if (!read.has(runtime)) {
      read.add(runtime);
      return { script, read: script, flags: none };
    }
    const own = text.slice(0, begin + 1);
    const functions = [...own.matchAll(/^([a-z_]+)\(\) \{$/gm)].map(([, name]) => name);
    const copy = join(directory, String(at), script);
    mkdirSync(dirname(copy), { recursive: true });
    // Called, as the runtime calls them: else what they hold would count as out of reach.
    writeFileSync(copy, `${own}${functions.join("\n")}\n`);
    return { script, read: copy, flags: alone };
  });
}

async function check(files: readonly Reading[]): Promise<ReadonlyMap<string, string[]>> {
  const complaints = new Map(files.map(({ script }) => [script, blanketDisables(script)]));
  const scriptOf = new Map(files.map(({ script, read }) => [read, script]));
  const processors = availableParallelism();
  for (const flags of new Set(files.map((file) => file.flags))) {
    const group = files.filter((file) => file.flags === flags);
    const shares = Array.from({ length: processors }, (_, share) => group.filter((_, at) => at % processors === share));
    const found = await Promise.all(
      shares
        .filter((share) => share.length > 0)
        .map((share) =>
          run(
            share.map(({ read }) => read),
            flags,
          ),
        ),
    );
    for (const { file, line, column, code, message } of found.flat()) {
      const script = scriptOf.get(file);
      if (script === undefined) throw new Error(`shellcheck speaks of ${file}, which it was not given`);
      complaints.get(script)?.push(`${script}:${line}:${column}: SC${code}: ${message}`);
    }
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

const directory = mkdtempSync(join(tmpdir(), "lvsgen-shellcheck-"));
try {
  const files = readings(shellFiles(process.argv.slice(2)), directory);
  printTap(await check(files));
  const whole = files.filter(({ script, read }) => script === read && !script.startsWith("templates/")).length;
  console.log(`## read whole, one for each runtime: ${whole} of ${files.length} files`);
} finally {
  rmSync(directory, { recursive: true });
}
