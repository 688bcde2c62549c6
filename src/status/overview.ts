/** How many hosts stand, by what their scripts have reported. */
import type { Expected } from "./expected.ts";
import { judge, type Question, type Row } from "./judge.ts";
import { natural } from "./natural.ts";
import type { Run } from "./run.ts";
import { gravityOf, type State, states, worse } from "./state.ts";

export interface Overview {
  /** By cluster, host and role. */
  readonly rows: readonly Row[];
  readonly counts: Readonly<Record<State, number>>;
  /** Reports of clusters that are not asked about: how many runs, by cluster. */
  readonly others: readonly { readonly cluster: string; readonly runs: number }[];
}

/** What all these runs say, each once, whatever copies there are and in which order they come. */
export function overview(runs: readonly Run[], question: Question): Overview {
  const { expected } = question;
  const once = unique(runs);
  const asked = once.filter(({ cluster }) => expected === null || cluster === expected.cluster);
  const groups = new Map<string, { cluster: string; host: string; role: string; runs: Run[] }>();
  const group = (cluster: string, host: string, role: string) => {
    const key = JSON.stringify([cluster, host, role]);
    const known = groups.get(key) ?? { cluster, host, role, runs: [] };
    groups.set(key, known);
    return known;
  };
  for (const { host, roles } of expected?.hosts ?? [])
    for (const role of roles) group(expected?.cluster ?? "", host, role);
  for (const run of asked) group(run.cluster, run.host || run.machine, run.role).runs.push(run);
  const all = [...groups.values()];
  const rows = all
    .filter((one) => !isPast(one, all))
    .map(({ cluster, host, role, runs }) => judge(cluster, host, role, runs, question))
    .flatMap((row) => undescribed(row, expected))
    .sort(byPlace);
  const counts = Object.fromEntries(
    states.map((state) => [state, rows.filter((row) => row.state === state).length]),
  ) as Record<State, number>;
  const others = new Map<string, number>();
  for (const { cluster } of once)
    if (expected !== null && cluster !== expected.cluster) others.set(cluster, (others.get(cluster) ?? 0) + 1);
  return { rows, counts, others: [...others].map(([cluster, number]) => ({ cluster, runs: number })) };
}

/** 0: all is as described. 1: something differs, or what is known is not whole. 2: something failed, or was never seen. 3: nothing is known. */
export function resultOf({ rows }: Overview, isWhole: boolean): 0 | 1 | 2 | 3 {
  if (rows.length === 0) return 3;
  return Math.max(isWhole ? 0 : 1, ...rows.map(({ state }) => gravityOf(state))) as 0 | 1 | 2;
}

/** Of copies of a report the one that says most; the oldest run first. */
function unique(runs: readonly Run[]): readonly Run[] {
  const known = new Map<string, Run>();
  for (const run of runs) {
    const other = known.get(run.run);
    if (other === undefined || (other.code === null && run.code !== null)) known.set(run.run, run);
  }
  return [...known.values()].sort((a, b) => a.at - b.at || a.uptime - b.uptime || (a.path < b.path ? -1 : 1));
}

type Group = Readonly<{ cluster: string; host: string; role: string; runs: readonly Run[] }>;

/** What a doctor said before an apply that came through since. */
function isPast({ cluster, host, role, runs }: Group, all: readonly Group[]): boolean {
  const last = runs.at(-1);
  if (role !== "doctor" || last === undefined) return false;
  return all.some(
    (other) =>
      other.cluster === cluster &&
      other.host === host &&
      other.runs.some((run) => isWholeApply(run) && run.code === 0 && run.at >= last.at),
  );
}

/** Whether it brought about on the host itself all that is described. */
function isWholeApply({ command, root, only, isDry }: Run): boolean {
  return command === "apply" && root === "" && only === "" && !isDry;
}

/** A role that the bundle does not describe: gone where it was uninstalled, and to be uninstalled where not. */
function undescribed(row: Row, expected: Expected | null): readonly Row[] {
  if (expected === null || row.role === "client") return [row];
  const host = expected.hosts.find((one) => one.host === row.host);
  if (host !== undefined && (row.role === "doctor" || host.roles.includes(row.role))) return [row];
  if (row.command === "uninstall" && row.state === "pending") return [];
  const reason = "this bundle does not describe it";
  return [{ ...row, state: worse(row.state, "pending"), reasons: [reason, ...row.reasons] }];
}

function byPlace(a: Row, b: Row): number {
  const keys = (row: Row): readonly string[] => [row.cluster, natural(row.host), row.role];
  const [left, right] = [keys(a), keys(b)];
  for (const [index, key] of left.entries()) {
    const other = right[index] ?? "";
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
}
