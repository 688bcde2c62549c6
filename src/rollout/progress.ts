/** How far a rollout is: by what was written down of it, and by the reports of hosts that were done by hand. */
import { keyOf, type Plan, type Task } from "./plan.ts";
import { type Proof, Proofs, type Reports, type TaskState } from "./proof.ts";
import type { Entry } from "./record.ts";

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
 * Whatever was written down of a task counts before reports. A host may be in several steps with the same role, and reports do not say
 * which of them they are about: they speak for a later one only where all that comes between was done before.
 *
 * @param entries by `keyOf`
 */
export function progressOf(
  plan: Plan,
  entries: ReadonlyMap<string, Entry>,
  reports: Reports,
  byHand: ReadonlySet<number>,
): Progress {
  const tasks = plan.steps.flatMap(({ batches }) => batches.flatMap((batch) => batch.tasks));
  const proofs = new Proofs(plan, reports);
  const known = new Map<string, Proof>();
  for (const task of tasks) {
    const entry = entries.get(keyOf(task));
    const own = ownState(entry);
    if (entry !== undefined && own !== null) {
      known.set(keyOf(task), { state: own, at: null, madeAt: proofs.endOf(task, entry) });
      continue;
    }
    const proof = proofs.reported(task);
    const former = tasks.findLast((one) => one.step < task.step && isAlike(one, task));
    const between =
      former === undefined
        ? []
        : tasks
            .filter(({ step }) => step >= former.step && step < task.step)
            // By hand, one report speaks for both.
            .filter((one) => one !== former || entries.has(keyOf(one)))
            .map((one) => known.get(keyOf(one)));
    known.set(keyOf(task), between.every((one) => isBefore(one, proof)) ? proof : { ...proof, state: "to-do" });
  }
  const of = new Map(tasks.map((task) => [keyOf(task), known.get(keyOf(task))?.state ?? "to-do"]));
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

function isAlike(one: Task, other: Task): boolean {
  return one.host === other.host && one.role === other.role && one.action === other.action;
}

/** In the second in which two runs began, neither is known to be the first. */
function isBefore(one: Proof | undefined, { at }: Proof): boolean {
  if (one?.state !== "done" || one.madeAt === null || at === null) return false;
  return one.madeAt < at;
}
