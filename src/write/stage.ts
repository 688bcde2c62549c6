/**
 * The stage: a hidden directory inside the output directory where everything new is written before anything is moved.
 * It also holds the record, the sums of all that may stand in the output while files are being moved; where a build
 * is killed half way, the next one knows by it what is no one else's.
 */
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { OutputFile } from "./output-file.ts";
import { isObject, parseJson, readSums, type Sums } from "./sums.ts";

/** Named after the process, so that one whose process is gone is known to be left over. */
const stageName = /^\.lvsgen-([0-9]+)(?:-|$)/;

/** Not a path of a bundle, so that it is in no file's way. */
const recordName = ".record.json";

export function makeStage(directory: string): string {
  return mkdtempSync(join(directory, `.lvsgen-${process.pid}-`));
}

/**
 * Makes the directories above a file of the stage, each once; takes the path of a file in a bundle and gives that of the file. A bundle may
 * have 10,000 directories, and `join` and `dirname` take a path apart letter by letter.
 * Those above a file for its owner alone are for the owner alone as well.
 */
export function stagedFiles(stage: string): (path: string, ownerOnly: boolean) => string {
  const made = new Set<string>();
  const make = (path: string, mode: number): void => {
    if (made.has(path)) return;
    const end = path.lastIndexOf("/");
    if (end > 0) make(path.slice(0, end), mode);
    mkdirSync(`${stage}${sep}${path}`, { mode });
    made.add(path);
  };
  return (path, ownerOnly) => {
    const end = path.lastIndexOf("/");
    if (end > 0) make(path.slice(0, end), ownerOnly ? 0o700 : 0o777);
    return `${stage}${sep}${path}`;
  };
}

/** @param sums of former builds */
export function writeRecord(stage: string, wanted: readonly OutputFile[], sums: Sums): void {
  const former = [...sums].flatMap(([path, some]) => Array.from(some, (sha256) => ({ path, sha256 })));
  const files = [...former, ...wanted.map(({ path, sha256 }) => ({ path, sha256 }))];
  writeFileSync(join(stage, recordName), JSON.stringify({ files }), { flag: "wx" });
}

export function removeStage(stage: string): void {
  rmSync(stage, { recursive: true, force: true });
}

/** A path in a stage as the path in the output that it is for: nobody knows of the stage. */
export function outOfStage(path: string): string {
  return path.replace(/[\\/]\.lvsgen-[0-9]+-\w{6}(?:[\\/]\..*)?(?=[\\/]|$)/, "");
}

/** The stages of builds that were killed. */
export function abandonedStages(directory: string): string[] {
  const stages: string[] = [];
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const pid = Number(stageName.exec(entry.name)?.[1] ?? Number.NaN);
    if (entry.isDirectory() && !Number.isNaN(pid) && !isAtWork(pid)) stages.push(join(directory, entry.name));
  }
  return stages;
}

/** The sums that the record of an abandoned stage has; none where it was killed before it moved anything. */
export function readRecord(stage: string): Sums {
  const file = join(stage, recordName);
  const isFile = lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
  const record = isFile ? parseJson(readFileSync(file, "utf8")) : null;
  const files = isObject(record) && Array.isArray(record.files) ? record.files : [];
  return readSums(files) ?? new Map();
}

/** This process works on one stage at a time: another one of its number is older. */
function isAtWork(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
