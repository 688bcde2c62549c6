/** The way through the batches: one after another, and none before all of the one before is done. */
import {
  type Batch,
  isRanked,
  keyOf,
  nextOf,
  nextRanked,
  type Plan,
  type PlannedStep,
  runsOf,
  type Task,
} from "../../rollout/index.ts";
import { type Asked, hostsFor, type Means } from "./means.ts";
import { askOnly, failed, play, settle } from "./play.ts";

export interface Limits {
  readonly maxParallel: number;
  /** Null: none. */
  readonly stopAfter: number | null;
  /** Null: all. */
  readonly only: ReadonlySet<string> | null;
  readonly without: ReadonlySet<string>;
}

/** Why it went no further; `through`: nothing was left that it was to do. */
export type Ending =
  | { readonly kind: "through" | "failed" | "signal" }
  | { readonly kind: "stop-after"; readonly batch: number }
  | { readonly kind: "by-hand" | "before"; readonly step: PlannedStep };

/** Does what is left, as far as all goes well. */
export async function drive(plan: Plan, means: Means, limits: Limits): Promise<Ending> {
  const asked = new Map<string, Asked>();
  if (plan.asksFirst) {
    const ending = await askAll(plan, means, limits, asked);
    if (ending !== null) return ending;
  }
  for (const [index, planned] of plan.steps.entries()) {
    // Each step needs what the ones before have made, but on hosts that are passed over.
    const before = plan.steps.slice(0, index).find((one) => isLeft(one, means, limits));
    if (before !== undefined && planned.batches.some((batch) => todoOf(batch, means, limits).length > 0))
      return { kind: "before", step: before };
    if (planned.step.action === "by-hand") {
      if (!means.state.byHand.has(planned.number)) return { kind: "by-hand", step: planned };
      continue;
    }
    const ending = await driveStep(planned, plan, means, limits, asked);
    if (ending !== null) return ending;
  }
  return { kind: "through" };
}

async function driveStep(
  planned: PlannedStep,
  plan: Plan,
  means: Means,
  limits: Limits,
  asked: ReadonlyMap<string, Asked>,
): Promise<Ending | null> {
  for (const place of planned.batches.keys()) {
    const batch = await batchNow(planned, place, means, limits);
    if (batch === null) return { kind: "failed" };
    const todo = todoOf(batch, means, limits);
    if (todo.length > 0) {
      if (means.stop.isStopping) return { kind: "signal" };
      const { number, isCanary } = batch;
      const total = plan.steps.flatMap((one) => one.batches).length;
      const hosts = todo.map(({ host }) => host);
      means.tell({ event: "batch", batch: number, batches: total, step: planned.number, canary: isCanary, hosts });
      const isWell = await all(
        todo,
        limits.maxParallel,
        means,
        async (task) => (await play(task, planned.step, means, asked.get(keyOf(task)) ?? null)) === "done",
      );
      if (!isWell) return { kind: "failed" };
      if (todo.some((task) => !isDone(task, means))) return { kind: "signal" };
    }
    if (limits.stopAfter === batch.number) return { kind: "stop-after", batch: batch.number };
  }
  return null;
}

/**
 * A batch as it is now: where the virtual addresses decide, whoever has them is asked for, for they may have moved since the last batch.
 *
 * @returns null: somebody cannot be asked
 */
async function batchNow(planned: PlannedStep, place: number, means: Means, limits: Limits): Promise<Batch | null> {
  const { step, batches } = planned;
  const batch = batches[place];
  if (batch === undefined) throw new Error("there is no such batch");
  if (!isRanked(planned)) return batch;
  const left = batches.flatMap((one) => todoOf(one, means, limits));
  // Those that are done were the batches before.
  if (place < batches.length - left.length) return { ...batch, tasks: [] };
  // One that was begun comes to its end before another one begins, wherever the addresses are by now.
  const begun = left.filter((task) => means.state.entries.get(keyOf(task))?.isApplied === true);
  if (begun.length > 0) return { ...batch, tasks: begun.slice(0, 1) };
  if (left.length === 1 || means.stop.isStopping) return { ...batch, tasks: left.slice(0, 1) };
  const held = new Map<string, number>();
  for (const task of left) {
    if ((await settle(task, means)) === "unknown") return null;
    const run = { script: step.script ?? "", command: "status", options: [], asks: true };
    const answer = await askOnly(task, run, means);
    if (answer === "failed") return null;
    if (answer.code !== 0) {
      failed(task, means, `${run.command}: exit code ${answer.code}`, "see what it says on the host");
      return null;
    }
    held.set(task.host, answer.heard.masterOf);
  }
  return { ...batch, tasks: nextRanked(planned, left, held) };
}

/** Where clients wait from one step to the next, all that only asks is asked before the first. */
async function askAll(plan: Plan, means: Means, limits: Limits, asked: Map<string, Asked>): Promise<Ending | null> {
  const tasks = plan.steps
    .flatMap(({ step, batches }) => batches.map((batch) => ({ step, batch })))
    .flatMap(({ step, batch }) => todoOf(batch, means, limits).map((task) => ({ step, task })))
    // What was begun is gone on with, and asks for itself.
    .filter(({ step, task }) => step.action === "apply" && !means.state.entries.has(keyOf(task)));
  const isWell = await all(tasks, limits.maxParallel, means, async ({ step, task }) => {
    for (const run of runsOf(step, task.host).filter(({ asks }) => asks)) {
      const answer = await askOnly(task, run, means);
      if (answer === "failed") return false;
      means.tell({
        event: "run",
        host: task.host,
        role: task.role,
        step: task.step,
        command: run.command,
        code: answer.code,
        changed: answer.heard.changed,
      });
      const known = { ...hostsFor(task, means), isApplied: false, isWaiting: false, sums: null };
      const cue = nextOf(runsOf(step, task.host), run, answer.heard, answer.code, known);
      // It is said what is wrong by the step itself, with what to do.
      if (cue.kind === "failed") return (await play(task, step, means, answer)) === "done";
      if (run.command === "check") asked.set(keyOf(task), answer);
    }
    return true;
  });
  if (!isWell) return { kind: "failed" };
  return means.stop.isStopping ? { kind: "signal" } : null;
}

/** So many at once; none is begun behind one that did not go well, or where it is to stop. */
async function all<Item>(
  items: readonly Item[],
  most: number,
  { stop }: Means,
  action: (item: Item) => Promise<boolean>,
): Promise<boolean> {
  const queue = [...items];
  let isWell = true;
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && isWell && !stop.isStopping; item = queue.shift())
      isWell = (await action(item).catch(ended)) && isWell;
  };
  // Those that were begun come to their end, also where one of them cannot be written down.
  const errors: unknown[] = [];
  const ended = (error: unknown): boolean => {
    errors.push(error);
    return false;
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
  return isWell;
}

function isDone(task: Task, { state }: Means): boolean {
  return state.entries.get(keyOf(task))?.state === "done";
}

function todoOf(batch: Batch, means: Means, { only, without }: Limits): readonly Task[] {
  return batch.tasks.filter(
    (task) => !isDone(task, means) && !without.has(task.host) && (only === null || only.has(task.host)),
  );
}

/** Whether something of a step is left, on hosts that are not passed over. */
function isLeft({ step, number, batches }: PlannedStep, means: Means, { without }: Limits): boolean {
  if (step.action === "by-hand") return !means.state.byHand.has(number);
  return batches.some(({ tasks }) => tasks.some((task) => !isDone(task, means) && !without.has(task.host)));
}
