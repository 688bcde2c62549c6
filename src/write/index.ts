/**
 * The write stage: puts a bundle on disk. It is the only place that writes, and it writes only what differs.
 *
 * Everything new is first written completely to a stage inside the output directory, so that a full disk changes
 * nothing; what follows are renames, and where one of them fails, the former ones are taken back. The new manifest goes
 * first, and the stage keeps a record of what stood there: whatever kills the rest, the next build knows every file of
 * the former and the new build by its checksum.
 */
import { existsSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { type Bundle, modeOf } from "../bundle.ts";
import { type Signature, signatureFiles } from "../sign/index.ts";
import { closeToOthers, type OpenToOthers } from "./close.ts";
import { createFile } from "./content.ts";
import { makeDirectories } from "./directories.ts";
import { Moves } from "./moves.ts";
import type { OutputFile } from "./output-file.ts";
import { foreignLink, isRoot } from "./output-link.ts";
import { readSignature, signatureOf } from "./signatures.ts";
import { abandonedStages, makeStage, outOfStage, readRecord, removeStage, stagedFiles, writeRecord } from "./stage.ts";
import { type FileChange, type Survey, survey, type WriteProblem } from "./survey.ts";

export type { OpenToOthers } from "./close.ts";
export { makeDirectories } from "./directories.ts";
export { type FormerCluster, readFormerCluster } from "./former.ts";
export { isOf, readSignature, type StandingSignature } from "./signatures.ts";
export type { FileChange, FileStatus, WriteProblem } from "./survey.ts";

export interface WriteResult {
  /** Every file of the bundle and every removed one, sorted by path. */
  readonly changes: readonly FileChange[];
  /** Where there is any, nothing was written; `system` says where that did not hold. */
  readonly problems: readonly WriteProblem[];
  /** All is written, and this can be read by others; left out: nothing. */
  readonly openToOthers?: OpenToOthers;
}

/**
 * What `writeBundle` would change in `directory`, and what would keep it from that, without changing anything. A
 * missing directory is an empty one. A signature that is not of these sums would have to go.
 *
 * @param made the signature that would be written beside it, as for `writeBundle`
 */
export function compareBundle(
  bundle: Bundle,
  directory: string,
  force: boolean,
  made: Signature | null = null,
): WriteResult {
  return caught(directory, () => {
    if (isRoot(directory)) return { changes: [], problems: [{ kind: "root", path: "" }] };
    const link = foreignLink(directory);
    if (link !== null) return { changes: [], problems: [{ kind: "output-link", path: "", ...link }] };
    const stages = existsSync(directory) ? abandonedStages(directory) : [];
    const signature = readSignature(directory);
    const wanted = [...bundle.files, ...signatureOf(bundle, signature, made)];
    return survey(wanted, directory, { records: stages.map(readRecord), signature }, force);
  });
}

/**
 * Makes `directory` hold the bundle: writes files that differ, removes files that a former build wrote and the
 * bundle lacks, and the directories that this leaves empty. What somebody has changed since is neither replaced
 * nor removed: it is named, and nothing is done at all.
 *
 * @param force replace and remove it all the same, and replace files in the way that no build wrote
 * @param made the signature of this bundle; null: one that stands there stays where it is of this bundle, and goes where it is not
 */
export function writeBundle(
  bundle: Bundle,
  directory: string,
  force: boolean,
  made: Signature | null = null,
): WriteResult {
  return caught(directory, () => {
    if (isRoot(directory)) return { changes: [], problems: [{ kind: "root", path: "" }] };
    const link = foreignLink(directory);
    if (link !== null) return { changes: [], problems: [{ kind: "output-link", path: "", ...link }] };
    makeDirectories(directory);
    const abandoned = abandonedStages(directory);
    const signature = readSignature(directory);
    const wanted = [...bundle.files, ...signatureOf(bundle, signature, made)];
    const found = survey(wanted, directory, { records: abandoned.map(readRecord), signature }, force);
    if (found.problems.length > 0) return found;
    if (found.changes.some((change) => change.status !== "unchanged")) execute(wanted, directory, found);
    abandoned.forEach(removeStage);
    const open = closeToOthers(wanted, directory);
    return open === null ? found : { ...found, openToOthers: open };
  });
}

function caught(directory: string, action: () => WriteResult): WriteResult {
  try {
    const { changes, problems, openToOthers } = action();
    return { changes, problems, ...(openToOthers === undefined ? {} : { openToOthers }) };
  } catch (error) {
    const { code, path = directory } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const isWhole = !(error instanceof Error && torn.has(error));
    return { changes: [], problems: [{ kind: "system", path: outOfStage(path), code, isWhole }] };
  }
}

/** Errors after which the output is neither the former bundle nor the new one. */
const torn = new WeakSet<Error>();

function execute(wanted: readonly OutputFile[], directory: string, found: Survey): void {
  const stage = makeStage(directory);
  let isTorn = false;
  try {
    const units = fill(stage, wanted, found);
    // Where no build was before, the manifest that goes first says it all, but for a signature.
    if (found.sums.size > 0 || wanted.at(-1)?.path === signatureFiles.text) writeRecord(stage, wanted, found.sums);
    const moves = new Moves(stage, directory);
    try {
      removeFiles(moves, directory, wanted, found);
      for (const unit of units) moves.put(unit);
    } catch (error) {
      isTorn = !moves.takeBack();
      if (isTorn && error instanceof Error) torn.add(error);
      throw error;
    }
  } finally {
    // What could not be put back lies there; the next build knows by the record what is whose.
    if (!isTorn) removeStage(stage);
  }
}

/** Writes what is new to the stage, in its final shape, and says what to move into place, the manifest first. */
function fill(stage: string, wanted: readonly OutputFile[], found: Survey): readonly string[] {
  const stagedFile = stagedFiles(stage);
  const status = new Map(found.changes.map((change) => [change.path, change.status]));
  const units = new Set<string>();
  for (const file of wanted) {
    if (status.get(file.path) === "unchanged") continue;
    createFile(stagedFile(file.path, file.ownerOnly === true), file.chunks, modeOf(file));
    units.add(found.places.firstMissing(file.path));
  }
  const isManifest = (unit: string): number => (unit === "manifest.json" ? 0 : 1);
  return [...units].sort((a, b) => isManifest(a) - isManifest(b));
}

function removeFiles(moves: Moves, directory: string, wanted: readonly OutputFile[], found: Survey): void {
  const leaving = found.changes.filter((change) => change.status === "removed").map((change) => change.path);
  if (leaving.length === 0) return;
  const needed = new Set(wanted.flatMap((file) => ancestors(file.path)));
  for (const path of leaving) {
    moves.remove(path);
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
