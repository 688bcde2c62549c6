/** What is written down of a rollout. Whoever can write there could have written anything: only what has the very shape is taken. */

/** Raised where the same words come to mean something else. */
export const newestFormat = 1;

/** Which rollout a folder is of. */
export interface StateHeading {
  readonly format: number;
  readonly cluster: string;
  /** SHA-256 of the bundle's `SHA256SUMS`. */
  readonly sum: string;
  readonly course: "change" | "first";
}

/** How far a task is. `running`: a run was begun, and its end is not known here. */
export interface Entry {
  readonly state: "running" | "done" | "failed";
  /** The command of the last run; empty: none yet. */
  readonly command: string;
  /** Where that run keeps what it says on the host, which may be asked for; null: none, or it was fetched. */
  readonly folder: string | null;
  /** The report of that run, in `reports/`. */
  readonly report: string | null;
  /** Whether an apply of this rollout was begun, so that what waits to be confirmed may be its own. */
  readonly isApplied: boolean;
  /** Why it failed, and what to do; null where it did not. */
  readonly reason: string | null;
  readonly hint: string | null;
}

/** Null where it is none. */
export function readHeading(text: string): StateHeading | null {
  const value = objectOf(text);
  if (value === null) return null;
  const { format, cluster, sum, course } = value;
  const isWhole = typeof format === "number" && typeof cluster === "string" && typeof sum === "string";
  if (!isWhole || (course !== "change" && course !== "first")) return null;
  return { format, cluster, sum, course };
}

/** Null where it is none, or of another format. */
export function readEntry(text: string): Entry | null {
  const value = objectOf(text);
  if (value === null || value["format"] !== newestFormat) return null;
  const { state, command, folder, report, isApplied, reason, hint } = value;
  if (state !== "running" && state !== "done" && state !== "failed") return null;
  if (typeof command !== "string" || typeof isApplied !== "boolean") return null;
  if (!isFolder(folder) || !isReport(report) || !isTextOrNull(reason) || !isTextOrNull(hint)) return null;
  return { state, command, folder, report, isApplied, reason, hint };
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

/** A directory that `mktemp` made on a host; nothing else is ever asked for there, or removed. */
export function isFolder(value: unknown): value is string | null {
  return (
    value === null || (typeof value === "string" && /^\/[A-Za-z0-9_./-]*\/lvsgen-rollout\.[A-Za-z0-9]{10}$/.test(value))
  );
}

function isReport(value: unknown): value is string | null {
  return value === null || (typeof value === "string" && /^[A-Za-z0-9][A-Za-z0-9._-]*\.jsonl$/.test(value));
}
