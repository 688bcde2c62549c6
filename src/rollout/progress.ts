/** How far a rollout is: by what was written down of it, and by the reports of hosts that were done by hand. */
import type { Row, Run } from "../status/index.ts";
import { keyOf, type Plan, type Task } from "./plan.ts";
import type { Entry } from "./record.ts";

/** What came back from hosts. */
export interface Reports {
  /** Of the same bundle as the plan. */
  readonly rows: readonly Row[];
  /** The oldest first. */
  readonly runs: readonly Run[];
}

const changing: ReadonlySet<string> = new Set(["apply", "rollback", "uninstall"]);

/** `unknown`: a run was begun, and its end is not known here. */
export type TaskState = "to-do" | "unknown" | "failed" | "done";

export interface Progress {
  readonly of: ReadonlyMap<string, TaskState>;
  /** Numbers of steps by hand that somebody has said are done. */
  readonly byHand: ReadonlySet<number>;
  readonly done: number;
  readonly all: number;
  /** Batches, and steps by hand, of which something is left; the first is next. */
  readonly isComplete: boolean;
}

/**
 * @param entries by `keyOf`
 */
export function progressOf(
  plan: Plan,
  entries: ReadonlyMap<string, Entry>,
  reports: Reports,
  byHand: ReadonlySet<number>,
): Progress {
  const tasks = plan.steps.flatMap(({ batches }) => batches.flatMap((batch) => batch.tasks));
  const of = new Map(tasks.map((task) => [keyOf(task), ownState(entries.get(keyOf(task))) ?? reported(task, reports)]));
  const done = [...of.values()].filter((state) => state === "done").length;
  const hands = plan.steps.filter(({ step }) => step.action === "by-hand");
  const isComplete = done === tasks.length && hands.every(({ number }) => byHand.has(number));
  return { of, byHand, done, all: tasks.length, isComplete };
}

/** What was written down; null: nothing. */
export function ownState(entry: Entry | undefined): TaskState | null {
  if (entry === undefined) return null;
  return entry.state === "running" ? "unknown" : entry.state;
}

/** What its reports say of a task that nothing was written down of. */
function reported({ host, role, action }: Task, { rows, runs }: Reports): TaskState {
  if (action === "uninstall") {
    // What was uninstalled, and is described no longer, has no row.
    const last = runs.filter((run) => run.host === host && run.role === role && changing.has(run.command)).at(-1);
    if (last?.command !== "uninstall" || last.isDry) return "to-do";
    return last.code === 0 ? "done" : "failed";
  }
  const row = rows.find((one) => one.host === host && one.role === role);
  if (row === undefined || row.bundle !== "this") return "to-do";
  if (row.state === "failed") return "failed";
  return row.state === "as-described" || row.state === "drained" ? "done" : "to-do";
}
