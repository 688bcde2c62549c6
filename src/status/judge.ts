import type { Expected } from "./expected.ts";
import type { Difference, Run } from "./run.ts";
import { type State, worse } from "./state.ts";
import { day } from "./time.ts";

/** A role of a host, and what its reports say of it. */
export interface Row {
  readonly cluster: string;
  readonly host: string;
  readonly role: string;
  readonly state: State;
  /**
   * `this`: the newest report, and the one that decides, are by the script of the bundle that is asked about. `unknown`: no bundle is asked
   * about, or nothing is known.
   */
  readonly bundle: "this" | "another" | "unknown";
  /** The number in the head of the script that reported last; where the one that decides is of another bundle, of that one. */
  readonly sum: string | null;
  readonly lvsgen: string | null;
  /** When it reported last, in UTC, by the clock of that host. */
  readonly seen: string | null;
  /** The command of the report that decides, and its file. */
  readonly command: string | null;
  readonly report: string | null;
  /** Why it is in this state; the gravest first. */
  readonly reasons: readonly string[];
  readonly differences: readonly Difference[];
  readonly moreDifferences: number;
}

export interface Question {
  readonly expected: Expected | null;
  /** Seconds since 1970. */
  readonly now: number;
  /** Days; null: nothing is too old. */
  readonly olderThan: number | null;
}

/** Exit codes that say nothing of the host: wrong usage, another run at work, not root. */
export const unasked: ReadonlySet<number | null> = new Set([64, 75, 77]);

/** What a run found: nothing to say, or why it is not as described. */
interface Verdict {
  readonly state: State;
  readonly reason: string | null;
  readonly run: Run;
}

/** What a role's reports come to, one after another: what apply and check found, and what verify did since. */
interface Course {
  readonly main: Verdict | null;
  readonly verified: Verdict | null;
}

/** @param runs of one role of one host, the oldest first */
export function judge(cluster: string, host: string, role: string, runs: readonly Run[], question: Question): Row {
  const own = runs.filter(({ root, isDry }) => root === "" && !isDry);
  const told = own.filter(({ code }) => !unasked.has(code));
  const newest = told.at(-1) ?? own.at(-1);
  const course = told.reduce(follow, { main: null, verified: null });
  const findings: { state: State; reason: string }[] = [];
  const add = (state: State, reason: string | null): void => {
    findings.push({ state, reason: reason ?? "" });
  };
  const deciding = decisive(course);
  if (deciding !== null) add(deciding.state, deciding.reason);
  else if (told.length === 0 && newest !== undefined)
    add("failed", `could not be asked: ${newest.error ?? `exit code ${newest.code}`}`);
  else add("never-seen", newest === undefined ? null : "no apply, check or verify among its reports");
  const standing = told.findLast((run) => run.standing !== null)?.standing;
  if (standing?.isInterrupted && deciding?.state !== "failed")
    add("failed", "an apply was interrupted: apply again, or rollback");
  if (standing?.isUnconfirmed) add("confirm-pending", "an apply with --confirm waits to be confirmed");
  const drained = told.findLast((run) => run.drained !== null)?.drained ?? [];
  if (drained.length > 0) add("drained", `out of rotation: ${drained.join(", ")}`);
  if (deciding !== null && hasGoneBack(deciding.run, told)) add("pending", "what was applied went back");
  const { bundle, reporter } = origin(newest, deciding?.run ?? newest, role, question.expected);
  if (bundle === "another")
    add(
      "pending",
      reporter === newest
        ? "reports of another bundle than this one"
        : `${reporter?.command} was by a script of another bundle: run the check of this one's`,
    );
  const age = deciding === null ? 0 : question.now - deciding.run.at;
  const { olderThan } = question;
  if (olderThan !== null && age > olderThan * day) add("old", `last reported ${Math.floor(age / day)} days ago`);
  const state = findings.reduce<State>((worst, one) => worse(worst, one.state), "as-described");
  // By the clock of a host that is wrong, what it says is sorted wrongly.
  const ahead = newest !== undefined && newest.at > question.now + day ? ["its clock is ahead"] : [];
  const ordered = [...findings].sort((a, b) => (worse(a.state, b.state) === a.state ? -1 : 1));
  return {
    cluster,
    host,
    role,
    state,
    bundle,
    sum: reporter?.bundle || null,
    lvsgen: reporter?.lvsgen || null,
    seen: newest?.time ?? null,
    command: (deciding?.run ?? newest)?.command ?? null,
    report: (deciding?.run ?? newest)?.path ?? null,
    reasons: [...ordered.map(({ reason }) => reason).filter((reason) => reason !== ""), ...ahead],
    differences: deciding?.run.differences ?? [],
    moreDifferences: deciding?.run.more ?? 0,
  };
}

function decisive({ main, verified }: Course): Verdict | null {
  if (main === null || verified === null) return main ?? verified;
  return worse(main.state, verified.state) === main.state ? main : verified;
}

/** Where what is known comes from: what only shows, or proves a part, makes nothing this bundle's that another's script did. */
function origin(newest: Run | undefined, deciding: Run | undefined, role: string, expected: Expected | null) {
  const [last, before] = [bundleOf(newest, role, expected), bundleOf(deciding, role, expected)];
  const isOlder = last !== "another" && before === "another";
  const bundle = isOlder || last === "this" ? before : last;
  return { bundle, reporter: isOlder ? deciding : newest };
}

/** A rollback lowers the generation, and the watchdog's writes no report of its own. */
function hasGoneBack({ standing, run }: Run, told: readonly Run[]): boolean {
  if (standing === null) return false;
  const later = told.slice(told.findIndex((one) => one.run === run) + 1);
  return later.some((one) => one.standing !== null && one.standing.generation < standing.generation);
}

function bundleOf(run: Run | undefined, role: string, expected: Expected | null): Row["bundle"] {
  const sums = expected?.sums.get(role);
  if (run === undefined || sums === undefined || run.bundle === "") return "unknown";
  return sums.has(run.bundle) ? "this" : "another";
}

/** The next report. What a run found about some kinds alone makes nothing well that others found. */
function follow(course: Course, run: Run): Course {
  const fault = faultOf(run);
  const isWhole = run.only === "";
  switch (run.command) {
    case "apply":
    case "check":
    case "doctor":
    case "test":
      if (fault !== null) return { ...course, main: fault };
      if (!isWhole) return course;
      return { main: well(run), verified: run.command === "check" ? course.verified : null };
    case "verify":
      if (fault !== null) return { ...course, verified: fault };
      return isWhole ? { ...course, verified: course.main === null ? untold(run) : null } : course;
    case "rollback":
      return { main: fault ?? { state: "pending", reason: "was rolled back", run }, verified: null };
    case "uninstall":
      return { main: fault ?? { state: "pending", reason: "was uninstalled", run }, verified: null };
    case "drain":
    case "undrain":
      return fault === null ? course : { ...course, main: fault };
    default:
      // `status`, `history` and `confirm` bring nothing about, and prove nothing.
      return course;
  }
}

const well = (run: Run): Verdict => ({ state: "as-described", reason: null, run });
const untold = (run: Run): Verdict => ({
  state: "as-described",
  reason: "verify alone: its files were not compared",
  run,
});

function faultOf(run: Run): Verdict | null {
  const { code, command, differences, more, error } = run;
  const failed = differences.filter(({ result }) => result === "failed").length;
  if (code === null)
    return { state: "failed", reason: `the report of ${command} breaks off: it was killed, or its disk was full`, run };
  if (code === 0) return null;
  if (code === 2 && command === "check")
    return { state: "pending", reason: `${command} found ${differences.length + more} to change`, run };
  if (error !== null) return { state: "failed", reason: `${command}: ${error}`, run };
  const reason = failed > 0 ? `${command}: ${failed + more} failed` : `${command}: exit code ${code}`;
  return { state: "failed", reason, run };
}
