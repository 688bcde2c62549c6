import type { ScriptRole } from "../diff/change.ts";
import { firstSteps } from "../diff/first.ts";
import { readSince } from "../diff/since/read.ts";
import type { Transition } from "../diff/since/record.ts";
import { hostsOf, type Snapshot } from "../diff/snapshot.ts";
import { holderFirst, holderLast, type Step } from "../diff/step.ts";
import { asksFirst } from "../render/runbook/asked.ts";
import { confirmSeconds, type Manner, testedSeconds } from "../render/runbook/commands.ts";
import { reroutedBy, toldChanges } from "../render/runbook/told.ts";
import { batchesOf, type Sizes } from "./batches.ts";
import { sharesOf } from "./shares.ts";

/** What is done on one host in one step. */
export interface Task {
  readonly step: number;
  readonly host: string;
  readonly role: ScriptRole;
  readonly action: "apply" | "uninstall";
  readonly script: string;
  readonly bundle: Step["bundle"];
}

export interface Batch {
  /** From 1 on, through all steps. */
  readonly number: number;
  readonly isCanary: boolean;
  readonly tasks: readonly Task[];
}

export interface PlannedStep {
  /** From 1 on, as in the runbook. */
  readonly number: number;
  readonly step: Step;
  /** None where it is done by hand. */
  readonly batches: readonly Batch[];
  /** How it is typed by a person. */
  readonly manner: Manner;
}

export interface Plan {
  readonly cluster: string;
  /** SHA-256 of the bundle's `SHA256SUMS`. */
  readonly sum: string;
  /** `change`: what leads from the bundle before to this one; `first`: every host, as for hosts that have nothing yet. */
  readonly course: "change" | "first";
  /** SHA-256 of the former bundle's `SHA256SUMS`, whose scripts are needed; null: of none, or not known. */
  readonly former: string | null;
  /** What the former bundle's scripts call the cluster in their reports. */
  readonly formerCluster: string;
  readonly steps: readonly PlannedStep[];
  /** Whether clients wait from one step to the next, so that all is asked before the first. */
  readonly asksFirst: boolean;
  /** What no order can do without an interruption. */
  readonly notes: readonly string[];
  /** Machines that test at the end, as clients do. */
  readonly testers: readonly string[];
}

/** A name of its own for each task, and for the file that it is written down in. */
export function keyOf({ step, role, host }: Pick<Task, "step" | "role" | "host">): string {
  return `${step}-${role}-${host}`;
}

/** What a plan is made of: no more of a bundle is read for it. */
export interface PlannedBundle {
  readonly snapshot: Snapshot;
  /** The text of its `manifest.json`. */
  readonly manifest: string;
  /** SHA-256 of its `SHA256SUMS`. */
  readonly sum: string;
}

/**
 * The steps of the bundle's runbook with their batches.
 *
 * @param isFirst whether every host is meant, as by the runbook's first installation
 */
export function planOf({ snapshot, manifest, sum }: PlannedBundle, sizes: Sizes, isFirst: boolean): Plan {
  const since = readSince(manifest);
  const change = isFirst || since === null || "unreadable" in since ? null : since;
  const steps = change?.steps ?? firstSteps((role) => hostsOf(snapshot, role));
  const shares = sharesOf(snapshot);
  let number = 0;
  const planned = steps.map(
    (step, index): PlannedStep => ({
      number: index + 1,
      step,
      batches: partsOf(step, shares, sizes).map(({ hosts, isCanary }) => {
        number += 1;
        return { number, isCanary, tasks: hosts.map((host) => taskOf(step, index + 1, host)) };
      }),
      manner: mannerOf(step, steps.slice(index + 1), change, snapshot),
    }),
  );
  return {
    cluster: snapshot.cluster,
    sum,
    course: change === null ? "first" : "change",
    former: change?.from.sumOfSums ?? null,
    formerCluster: change?.from.cluster ?? snapshot.cluster,
    steps: planned,
    asksFirst: asksFirst(steps),
    notes: change?.notes ?? [],
    testers: snapshot.hosts.filter(({ roles }) => roles.includes("client")).map(({ name }) => name),
  };
}

function partsOf(step: Step, shares: readonly (readonly string[])[], sizes: Sizes) {
  return step.action === "by-hand" ? [] : batchesOf(step, shares, sizes);
}

function taskOf({ action, script, bundle }: Step, step: number, host: string): Task {
  const role = (script ?? "").replace(/\.sh$/, "") as ScriptRole;
  return { step, host, role, action: action === "uninstall" ? "uninstall" : "apply", script: script ?? "", bundle };
}

/** As the runbook has it: longer where a machine tests meanwhile. */
function mannerOf(step: Step, later: readonly Step[], change: Transition | null, { hosts }: Snapshot): Manner {
  const rerouted = change === null ? [] : reroutedBy(toldChanges(change.groups), step);
  const isLeaving = later.some(({ awaited = [] }) => awaited.length > 0);
  const isTested =
    change !== null &&
    step.script === "director.sh" &&
    step.action === "apply" &&
    !isLeaving &&
    hosts.some(({ roles }) => roles.includes("client"));
  return {
    seconds: isTested ? testedSeconds : confirmSeconds,
    isRerouted: rerouted.length > 0,
    isGivenBack: rerouted.some(({ becomes }) => becomes === null),
  };
}

/** Whether who has the virtual addresses decides in which order the hosts of a step are done. */
export function isRanked({ step }: PlannedStep): boolean {
  return step.script === "director.sh" && step.hosts.length > 1 && [holderFirst, holderLast].includes(step.why);
}

/**
 * Who of them is next in such a step.
 *
 * @param tasks those that are left, at least one
 * @param held how many instances of VRRP each host is master of
 */
export function nextRanked(
  { step }: PlannedStep,
  tasks: readonly Task[],
  held: ReadonlyMap<string, number>,
): readonly Task[] {
  const rank = ({ host }: Task): number => (held.get(host) ?? 0) * (step.why === holderFirst ? -1 : 1);
  return [...tasks].sort((one, other) => rank(one) - rank(other)).slice(0, 1);
}
