/**
 * The write stage: puts a bundle on disk. It is the only place that writes, and it writes only what differs.
 *
 * Everything new is first written completely to a staging directory inside the output directory, so that
 * a full disk changes nothing; what follows are renames. The new manifest goes first: whatever interrupts
 * the rest, every file of the former and the new build that stands there is listed in it or already gone,
 * and the next build may replace it.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Bundle } from "../bundle.ts";
import { createFile } from "./content.ts";
import { type FileChange, type Survey, survey, type WriteProblem } from "./survey.ts";

export type { FileChange, FileStatus, WriteProblem } from "./survey.ts";

export interface WriteResult {
  /** Every file of the bundle and every removed one, sorted by path. */
  readonly changes: readonly FileChange[];
  /** Where there is any, nothing was written (or, for `system`, not everything). */
  readonly problems: readonly WriteProblem[];
}

/** What `writeBundle` would change in `directory`, without changing it. A missing directory is an empty one. */
export function compareBundle(bundle: Bundle, directory: string): WriteResult {
  return caught(directory, () => survey(bundle, directory, true));
}

/**
 * Makes `directory` hold the bundle: writes files that differ, removes files that the former build's
 * manifest lists and the bundle lacks, and the directories that this leaves empty.
 *
 * @param force replace files that stand in the way and that no former build wrote
 */
export function writeBundle(bundle: Bundle, directory: string, force: boolean): WriteResult {
  return caught(directory, () => {
    mkdirSync(directory, { recursive: true });
    removeAbandonedStages(directory);
    const found = survey(bundle, directory, force);
    const isDone = found.changes.every((change) => change.status === "unchanged");
    if (found.problems.length === 0 && !isDone) execute(bundle, directory, found);
    return found;
  });
}

function caught(directory: string, action: () => WriteResult): WriteResult {
  try {
    const { changes, problems } = action();
    return { changes, problems };
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { changes: [], problems: [{ kind: "system", path: path ?? directory, code }] };
  }
}

const stagePrefix = ".lvsgen-";

function execute(bundle: Bundle, directory: string, found: Survey): void {
  const stage = join(directory, `${stagePrefix}${process.pid}`);
  try {
    const units = fill(stage, bundle, found);
    removeFiles(directory, bundle, found);
    for (const unit of units) renameSync(join(stage, unit), join(directory, unit));
  } finally {
    removeStage(stage);
  }
}

/** Whole new directories moved away and left nothing; where single files did, their directories are still there. */
function removeStage(stage: string): void {
  const isEmpty = existsSync(stage) && readdirSync(stage).length === 0;
  if (isEmpty) rmdirSync(stage);
  else rmSync(stage, { recursive: true, force: true });
}

/** Writes what is new to the stage, in its final shape, and says what to move into place, in order. */
function fill(stage: string, bundle: Bundle, found: Survey): readonly string[] {
  const made = new Set<string>();
  const makeDirectory = (path: string): void => {
    if (made.has(path)) return;
    if (path !== stage) makeDirectory(dirname(path));
    mkdirSync(path);
    made.add(path);
  };
  const status = new Map(found.changes.map((change) => [change.path, change.status]));
  const units = new Set<string>();
  for (const file of bundle.files) {
    if (status.get(file.path) === "unchanged") continue;
    const staged = join(stage, file.path);
    makeDirectory(dirname(staged));
    createFile(staged, file.chunks, file.executable);
    units.add(found.places.firstMissing(file.path));
  }
  const isManifest = (unit: string): number => (unit === "manifest.json" ? 0 : 1);
  return [...units].sort((a, b) => isManifest(a) - isManifest(b));
}

function removeFiles(directory: string, bundle: Bundle, found: Survey): void {
  const leaving = found.changes.filter((change) => change.status === "removed").map((change) => change.path);
  if (leaving.length === 0) return;
  const needed = new Set(bundle.files.flatMap((file) => ancestors(file.path)));
  for (const path of leaving) {
    unlinkSync(join(directory, path));
    removeEmpty(
      directory,
      ancestors(path).filter((ancestor) => !needed.has(ancestor)),
    );
  }
}

/** The directories above a path, innermost first, without the output directory itself. */
function ancestors(path: string): string[] {
  const above: string[] = [];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) above.push(path.slice(0, end));
  return above;
}

function removeEmpty(directory: string, innermostFirst: readonly string[]): void {
  for (const path of innermostFirst) {
    try {
      rmdirSync(join(directory, path));
    } catch {
      return; // there is something in it that stays
    }
  }
}

/** A stage is named after its process; one whose process is gone was left by a build that was killed. */
function removeAbandonedStages(directory: string): void {
  for (const name of readdirSync(directory)) {
    const pid = name.startsWith(stagePrefix) ? Number(name.slice(stagePrefix.length)) : Number.NaN;
    const isAbandoned = Number.isInteger(pid) && (pid === process.pid || !isAlive(pid));
    if (isAbandoned) rmSync(join(directory, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
