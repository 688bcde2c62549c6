/** What a rollout over ssh works with, and what it knows of a task before it begins a run. */
import { type Heard, hear, isOfFormer, keyOf, type Run, type Task, titleOf } from "../../rollout/index.ts";
import type { RolloutBundle } from "./bundle.ts";
import type { Target } from "./session.ts";
import type { StateFolder } from "./state.ts";
import type { Stop } from "./stop.ts";
import type { Tell } from "./tell.ts";

export interface Means {
  readonly bundle: RolloutBundle;
  /** Null where no step needs its scripts. */
  readonly former: RolloutBundle | null;
  /** Names of all hosts of either bundle. */
  readonly hosts: ReadonlySet<string>;
  readonly state: StateFolder;
  readonly targetOf: (host: string) => Target;
  /** A folder of packages on the hosts; null: none is named. */
  readonly packages: string | null;
  /** Files of secrets, by their hosts. */
  readonly secrets: ReadonlyMap<string, Buffer>;
  readonly stop: Stop;
  readonly tell: Tell;
}

/** What was asked of a host before all steps: the exit code of `check`, and what it said. */
export interface Asked {
  readonly run: Run;
  readonly heard: Heard;
  readonly code: number | null;
}

/**
 * An uninstall, or what follows it, whose end was asked for, or written down just before this was ended. It is not asked for anew: a host
 * that has left the description knows nothing any more of what was there. One that failed is begun anew.
 */
export function undone(task: Task, runs: readonly Run[], { state }: Means): Asked | null {
  const entry = state.entries.get(keyOf(task));
  if (task.action !== "uninstall" || entry?.state !== "running" || entry.report === null) return null;
  const heard = hear(state.readReport(entry.report));
  const run = runs.find((one) => titleOf(one) === entry.command && !one.asks);
  return run === undefined || heard.run?.code !== 0 ? null : { run, heard, code: 0 };
}

/** Who is meant, and who else could answer. */
export function hostsFor({ host }: Task, { hosts }: Means) {
  return { host, others: new Set([...hosts].filter((one) => one !== host)) };
}

/** Whose script it is: what proves that what both describe stays in force is the new bundle's. */
export function sourceOf(task: Task, { bundle, former }: Means, run: Run | null): RolloutBundle {
  const isFormer = former !== null && run?.command !== "verify" && isOfFormer(task, bundle.files);
  return isFormer ? former : bundle;
}
