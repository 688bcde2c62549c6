/** The folder in which a rollout is written down: each thing in a file of its own that is whole at any moment, so that ending it loses nothing. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, join } from "node:path";
import { exitCode } from "../../exit-code.ts";
import { type Entry, keyOf, type Plan, readEntry, readHeading, type Task } from "../../rollout/index.ts";
import { newestFormat } from "../../rollout/record.ts";
import { type Problem, systemMessage } from "../../terminal/problem.ts";
import { makeDirectories } from "../../write/index.ts";

export interface StateFolder {
  readonly path: string;
  /** Whether there is such a directory. */
  readonly isThere: boolean;
  /** By the key of the task. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly byHand: ReadonlySet<number>;
  readonly write: (task: Task, entry: Entry) => void;
  /** Nothing is known of the task any more. */
  readonly forget: (task: Task) => void;
  readonly writeByHand: (step: number) => void;
  /** The lines of a report; none where it is not there. */
  readonly readReport: (name: string) => readonly string[];
  /** A report that grows line by line, and takes the place of one of its name when it is whole; one that is not takes none. */
  readonly report: (name: string) => {
    readonly add: (line: string) => void;
    readonly close: (isWhole: boolean) => void;
  };
}

const heading = "rollout.json";

/**
 * What is written down of a rollout of this bundle, or of none yet.
 *
 * @param isWritten whether it is made where it is not there
 */
export function openState(path: string, plan: Plan, isWritten: boolean): StateFolder | Problem {
  try {
    const text = readText(join(path, heading));
    const found = text === null ? null : readHeading(text);
    const other = text === null ? null : foreign(path, found, plan);
    if (other !== null) return other;
    if (isWritten) {
      for (const name of ["", "tasks", "reports"]) makeDirectories(join(path, name), 0o700);
      const { cluster, sum, course } = plan;
      if (text === null) replace(path, heading, { format: newestFormat, cluster, sum, course });
    }
    return folderAt(path);
  } catch (error) {
    return unwritten(path, error, "name another folder: --state DIR");
  }
}

/**
 * What the system says of the folder.
 *
 * @throws what is no error of the system
 */
export function unwritten(path: string, error: unknown, hint: string): Problem {
  const { code, syscall, path: file = path } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  return {
    code: "CANNOT_WRITE",
    file,
    message: `cannot be read or written: ${systemMessage(code)}`,
    hint,
    exitCode: exitCode.cannotWrite,
  };
}

function folderAt(path: string): StateFolder {
  const tasks = join(path, "tasks");
  const entries = new Map<string, Entry>();
  const byHand = new Set<number>();
  for (const name of namesIn(tasks)) {
    const key = basename(name, ".json");
    const [, step] = /^([0-9]+)-by-hand$/.exec(key) ?? [];
    const entry = name.endsWith(".json") ? readEntry(readText(join(tasks, name)) ?? "") : null;
    if (entry === null) continue;
    if (step === undefined) entries.set(key, entry);
    else byHand.add(Number(step));
  }
  return {
    path,
    isThere: existsSync(path),
    entries,
    byHand,
    write: (task, entry) => {
      replace(tasks, `${keyOf(task)}.json`, { format: newestFormat, ...entry });
      entries.set(keyOf(task), entry);
    },
    forget: (task) => {
      rmSync(join(tasks, `${keyOf(task)}.json`), { force: true });
      entries.delete(keyOf(task));
    },
    writeByHand: (step) => {
      replace(tasks, `${step}-by-hand.json`, { format: newestFormat, ...done });
      byHand.add(step);
    },
    readReport: (name) => (readText(join(path, "reports", name)) ?? "").split("\n").filter((line) => line !== ""),
    report: (name) => {
      const place = join(path, "reports", name);
      const fresh = join(path, "reports", `.${name}.new`);
      const file = openSync(fresh, "w", 0o600);
      return {
        add: (line) => {
          writeSync(file, `${line}\n`);
        },
        close: (isWhole) => {
          try {
            fsyncSync(file);
          } finally {
            closeSync(file);
          }
          if (!isWhole && existsSync(place)) rmSync(fresh, { force: true });
          else renameSync(fresh, place);
          syncDirectory(join(path, "reports"));
        },
      };
    },
  };
}

const done: Entry = {
  state: "done",
  command: "",
  folder: null,
  report: null,
  isApplied: false,
  reason: null,
  hint: null,
};

function foreign(path: string, found: ReturnType<typeof readHeading>, plan: Plan): Problem | null {
  const problem = (message: string, hint: string): Problem => ({
    code: "FOREIGN_STATE",
    file: path,
    message,
    hint,
    exitCode: exitCode.cannotWrite,
  });
  const elsewhere = "name another folder: --state DIR";
  if (found === null) return problem("has a rollout.json that is none of lvsgen's", elsewhere);
  if (found.format > newestFormat) return problem("is of a newer lvsgen", `go on with that, or ${elsewhere}`);
  if (found.cluster !== plan.cluster) return problem(`is of a rollout of the cluster ${found.cluster}`, elsewhere);
  if (found.sum !== plan.sum)
    return problem(
      `is of a rollout of another bundle: its SHA256SUMS has the sum ${found.sum}`,
      `go on with that bundle until nothing is left; or begin this one, whatever is left of that: ${elsewhere}`,
    );
  if (found.course !== plan.course)
    return problem(
      found.course === "first" ? "is of a rollout with --first" : "is of a rollout without --first",
      `go on so, or ${elsewhere}`,
    );
  return null;
}

/** Writes the file durably, and in one step. */
function replace(directory: string, name: string, value: object): void {
  const fresh = join(directory, `.${name}.new`);
  const file = openSync(fresh, "w", 0o600);
  try {
    writeSync(file, `${JSON.stringify(value)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, join(directory, name));
  syncDirectory(directory);
}

/** Windows opens no directory, and has no need of it. */
function syncDirectory(directory: string): void {
  if (process.platform === "win32") return;
  const opened = openSync(directory, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).filter((name) => !name.startsWith("."));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
