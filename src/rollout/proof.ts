/** What reports say of tasks, and when that was, by the clocks of the hosts. */
import { type Row, type Run, shortName, unasked } from "../status/index.ts";
import type { Plan, Task } from "./plan.ts";
import type { Entry } from "./record.ts";

/** What came back from hosts. */
export interface Reports {
  /** Of the same bundle as the plan. */
  readonly rows: readonly Row[];
  /** Of whichever cluster: the former bundle's scripts may be of another. The oldest first. */
  readonly runs: readonly Run[];
}

/** `unknown`: a run was begun, and its end is not known here. */
export type TaskState = "to-do" | "unknown" | "failed" | "done";

export interface Proof {
  readonly state: TaskState;
  /** When the run began that says so, in seconds since 1970; null: it is not known. */
  readonly at: number | null;
  /** No earlier than the last run that did it, as far as is known, for what has to come after it; null as above. */
  readonly madeAt: number | null;
}

const changing: ReadonlySet<string> = new Set(["apply", "rollback", "uninstall"]);

const nothing: Proof = { state: "to-do", at: null, madeAt: null };

export class Proofs {
  readonly #plan: Plan;
  readonly #rows: readonly Row[];
  readonly #runs: ReadonlyMap<string, readonly Run[]>;
  readonly #reports: ReadonlyMap<string, Run>;

  /** Runs that are about an image, or about what would be, prove nothing. */
  constructor(plan: Plan, { rows, runs }: Reports) {
    this.#plan = plan;
    this.#rows = rows;
    const real = runs.filter(({ isDry, root }) => !isDry && root === "");
    const byPlace = new Map<string, Run[]>();
    for (const run of real) {
      for (const host of namesOf(run)) {
        const place = placeOf(run.cluster, host, run.role);
        const known = byPlace.get(place);
        if (known === undefined) byPlace.set(place, [run]);
        else known.push(run);
      }
    }
    this.#runs = byPlace;
    this.#reports = new Map(real.map((run) => [fileOf(run.path), run]));
  }

  /** When the last run of a task that was written down began. */
  endOf({ host }: Task, { report }: Entry): number | null {
    const run = report === null ? undefined : this.#reports.get(report);
    return run !== undefined && namesOf(run).has(host) ? run.at : null;
  }

  /** What its reports say of a task that nothing was written down of. */
  reported(task: Task): Proof {
    const cluster = task.bundle === "former" ? this.#plan.formerCluster : this.#plan.cluster;
    const runs = this.#runs.get(placeOf(cluster, task.host, task.role)) ?? [];
    return task.action === "uninstall" ? uninstalled(runs) : this.#applied(task, runs);
  }

  #applied({ host, role }: Task, runs: readonly Run[]): Proof {
    const row = this.#rows.find((one) => one.host === host && one.role === role);
    if (row === undefined || row.bundle !== "this") return nothing;
    const deciding = runs.findLast(({ path, command }) => path === row.report && command === row.command);
    const made = runs.findLast(({ command, bundle }) => command === "apply" && bundle === row.sum);
    const at = deciding?.at ?? null;
    // `verify` alone has not compared files.
    const isWell = (row.state === "as-described" || row.state === "drained") && row.command !== "verify";
    return { state: row.state === "failed" ? "failed" : isWell ? "done" : "to-do", at, madeAt: made?.at ?? at };
  }
}

/** Which hosts of a description it may be of: a machine that has left it may call itself by a longer name. */
function namesOf({ host, machine, isUndescribed }: Run): ReadonlySet<string> {
  const name = host || machine;
  return new Set(isUndescribed ? [name, shortName(name)] : [name]);
}

/** What was uninstalled, and is described no longer, has no row. A script that was not for the host (78) says nothing of it either. */
function uninstalled(runs: readonly Run[]): Proof {
  const last = runs.findLast(({ command, code }) => changing.has(command) && code !== 78 && !unasked.has(code));
  if (last?.command !== "uninstall") return nothing;
  return { state: last.code === 0 ? "done" : "failed", at: last.at, madeAt: last.at };
}

function placeOf(cluster: string, host: string, role: string): string {
  return JSON.stringify([cluster, host, role]);
}

function fileOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? "";
}
