/** What is done next on a host, after what its last run said. */
import { type Run as SaidRun, type Standing, shortName } from "../status/index.ts";
import type { Heard } from "./report.ts";
import { type Run, titleOf, windowSeconds } from "./runs.ts";

/** What to do next. */
export type Cue =
  | { readonly kind: "run"; readonly run: Run }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly reason: string; readonly hint: string };

export interface Known {
  /** Its name in the description. */
  readonly host: string;
  /** Names of all other hosts of the change. */
  readonly others: ReadonlySet<string>;
  /** Whether an apply of this rollout was seen to wait for its confirmation since the runs began anew. */
  readonly isWaiting: boolean;
  /** Whether an apply of this rollout was begun on the host, now or before. */
  readonly isApplied: boolean;
  /** The numbers in the heads of the role's scripts, any of which the host may have been given; null: the bundle does not say them. */
  readonly sums: ReadonlySet<string> | null;
}

/**
 * @param runs all of the task, in their order
 * @param last the one that has ended; null: none yet, so that everything is asked
 * @param heard what it said
 * @param code its exit code; null: it was killed
 */
export function nextOf(
  runs: readonly Run[],
  last: Run | null,
  heard: Heard | null,
  code: number | null,
  known: Known,
): Cue {
  if (last === null || heard === null) return begin(runs);
  const { run } = heard;
  if (run === null) return fail(`${titleOf(last)}: exit code ${code}`, "see what it says on the host");
  // Scripts find out by addresses where they are, and one name too many leads to another host.
  if (isAnother(run, last, known))
    return fail(
      `it answers as ${run.host}`,
      "see which host answers by that name (--ssh-name HOST=NAME), and run this again",
    );
  const { error } = run;
  const waits = run.standing?.isUnconfirmed === true;
  const after = runs[runs.findIndex((one) => titleOf(one) === titleOf(last) && one.script === last.script) + 1];
  const isOwn = known.isApplied && (known.sums === null || known.sums.has(heard.madeFrom));
  if (last.command === "check" && (code === 0 || code === 2)) {
    if (waits && !isOwn)
      return fail(
        "an apply that is not of this rollout waits to be confirmed",
        `on the host: bash ${last.script} confirm, or let it go back; then run this again`,
      );
    if (code === 2) return goOn(after);
    // As described: what is left is to prove it, and to keep what an apply of before has made.
    return goOn(runs.find(({ command }) => command === "verify"));
  }
  // 2: something would go.
  if (last.command === "uninstall" && last.asks && code === 2) return goOn(after);
  if (code !== 0) return fail(why(last, code, error, heard), remedyOf(last, code, run.standing));
  if (last.command === "verify" && !waits)
    return known.isWaiting
      ? fail(
          "what was applied waits no more: its time was over and it went back, or somebody confirmed it",
          "run this again: it begins with what is there by now",
        )
      : { kind: "done" };
  return goOn(after);
}

/**
 * Whether another host than the one that is meant has answered. One that has left the description is called by what it was called when
 * something was applied there last, or by what its kernel calls it: that is another one where it is the name of another.
 */
function isAnother({ host, isUndescribed }: SaidRun, { command }: Run, known: Known): boolean {
  if (host === "" || host === known.host) return false;
  if (command !== "uninstall" || !isUndescribed) return true;
  return [...known.others].some((one) => shortName(one) === shortName(host));
}

function begin([first]: readonly Run[]): Cue {
  return goOn(first);
}

function goOn(run: Run | undefined): Cue {
  return run === undefined ? { kind: "done" } : { kind: "run", run };
}

function fail(reason: string, hint: string): Cue {
  return { kind: "failed", reason, hint };
}

function why(last: Run, code: number | null, error: string | null, { run }: Heard): string {
  const command = titleOf(last);
  if (code === null) return `${command} was killed on the host`;
  const failures = (run?.differences ?? []).filter(({ result }) => result === "failed");
  const [first] = failures;
  if (error !== null) return `${command}: ${error}`;
  if (first === undefined) return `${command}: exit code ${code}`;
  const detail = first.detail === "" ? "" : ` (${first.detail})`;
  return `${command}: failed ${first.kind} ${first.name}${detail}`;
}

/** What a person does before it is run again. `standing`: whether what was applied is still to be confirmed; null: it is not told. */
function remedyOf({ command, script }: Run, code: number | null, standing: Standing | null): string {
  const waits = standing?.isUnconfirmed === true;
  const goesBack = `what was applied goes back by itself ${windowSeconds} s later, for it was not confirmed`;
  if (command === "confirm")
    return standing !== null && !waits
      ? "the host is as it was before the apply: run this again"
      : `it is not confirmed: see bash ${script} status on the host, then run this again`;
  if (code === 69) return "mend what it names on the host, and run this again";
  if (code === 78) return "see which host answers by that name (--ssh-name HOST=NAME), and run this again";
  if (waits) return `${goesBack}; mend the cause, and run this again: it begins with what is there by then`;
  return "mend the cause, and run this again";
}
