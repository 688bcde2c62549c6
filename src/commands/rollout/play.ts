/** One host in one step: its runs, one session each, written down before each begins and after it has ended. */
import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Step } from "../../diff/step.ts";
import {
  type Entry,
  hear,
  keyOf,
  nextOf,
  type Run,
  runsOf,
  scriptFor,
  type Task,
  titleOf,
  windowSeconds,
} from "../../rollout/index.ts";
import { secretsFileName } from "../../secrets/index.ts";
import type { Request } from "./host-program.ts";
import { type Asked, hostsFor, type Means, sourceOf, undone } from "./means.ts";
import { converse, type Outcome } from "./session.ts";
import type { StateFolder } from "./state.ts";
import { reportName, wordsOf } from "./words.ts";

/** `unknown`: a run was begun, and nobody knows yet how it ended. */
export type Played = "done" | "failed" | "unknown";

type Ended = Extract<Outcome, { readonly kind: "ended" }>;

/** Seconds before a host is tried again that does not answer any more. */
const patience: readonly number[] = [1, 3, 9];

const blank: Entry = {
  state: "running",
  command: "",
  folder: null,
  report: null,
  isApplied: false,
  reason: null,
  hint: null,
};

/**
 * Goes on with a task until it is done or stops. What was begun before and whose end is not known is asked first; then it begins with the
 * questions, whatever was written down: what is there by now decides.
 *
 * @param asked where all questions were asked before
 */
export async function play(task: Task, step: Step, means: Means, asked: Asked | null): Promise<Played> {
  const { state, tell } = means;
  const runs = runsOf(step, task.host);
  const sums = sourceOf(task, means, null).expected.sums.get(task.role) ?? null;
  if ((await settle(task, means)) === "unknown") return "unknown";
  const known = asked ?? undone(task, runs, means);
  let last = known?.run ?? null;
  let heard = known?.heard ?? null;
  let code = known?.code ?? null;
  let isWaiting = false;
  for (;;) {
    const isApplied = state.entries.get(keyOf(task))?.isApplied === true;
    const cue = nextOf(runs, last, heard, code, { ...hostsFor(task, means), isApplied, isWaiting, sums });
    isWaiting ||= heard?.run?.standing?.isUnconfirmed === true;
    if (cue.kind === "done") {
      // What a stick brings later is compared with when that was.
      const { report = null } = state.entries.get(keyOf(task)) ?? {};
      note(task, means, { ...blank, state: "done", command: last?.command ?? "", report });
      tell({ event: "host", ...named(task), state: "done", reason: null, hint: null });
      return "done";
    }
    if (cue.kind === "failed") return failed(task, means, cue.reason, cue.hint);
    const outcome = await performed(task, cue.run, means);
    if (outcome.kind === "refused") {
      const goesBack = isWaiting ? `; what was applied goes back by itself ${windowSeconds} s after the apply` : "";
      return failed(task, means, `${titleOf(cue.run)}: ${outcome.why}${goesBack}`, outcome.hint);
    }
    if (outcome.kind !== "ended") {
      const why = outcome.kind === "lost" ? outcome.why : "nothing of it is left there";
      const reason = `the connection was lost while ${titleOf(cue.run)} ran (${why}): its end is not known`;
      tell({ event: "host", ...named(task), state: "unknown", reason, hint: again });
      return "unknown";
    }
    [last, code, heard] = [cue.run, outcome.code, hear(outcome.lines)];
    tell({ event: "run", ...named(task), command: titleOf(last), code, changed: heard.changed });
    if (heard.run === null) return untold(task, cue.run, outcome, means);
  }
}

const again = "run this again: it asks the host how it ended, before anything else";

/** Asks a host of each run that is begun there and whose end is not known, and takes its report. */
export async function settle(task: Task, means: Means): Promise<"known" | "unknown"> {
  const entry = means.state.entries.get(keyOf(task));
  if (entry?.state !== "running" || entry.folder === null) return "known";
  const outcome = await conversed(task, { kind: "ask", folder: entry.folder }, entry, means);
  if (outcome.kind === "refused" || outcome.kind === "lost") {
    const reason = `it cannot be asked how ${entry.command} ended: ${outcome.why}`;
    const hint = outcome.kind === "refused" ? outcome.hint : again;
    means.tell({ event: "host", ...named(task), state: "unknown", reason, hint });
    return "unknown";
  }
  if (outcome.kind === "ended") {
    const { changed } = hear(outcome.lines);
    means.tell({ event: "run", ...named(task), command: entry.command, code: outcome.code, changed });
  }
  note(task, means, { ...entry, folder: null });
  return "known";
}

/** A run that only asks, and after which nothing is written down that was not before, but its report. */
export async function askOnly(task: Task, run: Run, means: Means): Promise<Asked | "failed"> {
  const before = means.state.entries.get(keyOf(task));
  const outcome = await performed(task, run, means);
  if (outcome.kind === "ended") {
    if (before === undefined) means.state.forget(task);
    else note(task, means, before);
    const heard = hear(outcome.lines);
    return heard.run === null ? untold(task, run, outcome, means) : { run, heard, code: outcome.code };
  }
  const why = outcome.kind === "gone" ? "the host has forgotten it" : outcome.why;
  failed(task, means, `${run.command}: ${why}`, outcome.kind === "refused" ? outcome.hint : again);
  return "failed";
}

/** A run that said nothing of a script's stops a task, with what came instead. */
function untold(task: Task, run: Run, { code, errors }: Ended, means: Means): "failed" {
  return failed(
    task,
    means,
    `${titleOf(run)}: ${errors.at(-1) ?? `exit code ${code}`}`,
    "see what it says on the host",
  );
}

/** Writes down and tells that a task stops here. */
export function failed(task: Task, means: Means, reason: string, hint: string): "failed" {
  const entry = means.state.entries.get(keyOf(task)) ?? blank;
  note(task, means, { ...entry, state: "failed", folder: null, reason, hint });
  means.tell({ event: "host", ...named(task), state: "failed", reason, hint });
  return "failed";
}

function note(task: Task, { state }: Means, entry: Entry): void {
  state.write(task, entry);
}

function named({ host, role, step }: Task) {
  return { host, role, step };
}

/** Begins a run. One whose connection is lost is asked about; where a host does not let in who has just applied there, it is tried again. */
async function performed(task: Task, run: Run, means: Means): Promise<Outcome> {
  const { files } = sourceOf(task, means, run);
  const content = scriptFor(files, task.host, run.script);
  if (content === null) throw new Error("there is no such script");
  const sum = createHash("sha256").update(content).digest("hex");
  // Only an apply writes what is secret, and only check says what one would.
  const secrets = ["apply", "check"].includes(run.command) ? means.secrets.get(task.host) : undefined;
  const request: Request = {
    kind: "run",
    script: run.script,
    content,
    sum,
    words: wordsOf(run, means.packages),
    secrets: secrets === undefined ? null : { name: secretsFileName(task.host), content: secrets },
  };
  const entry: Entry = {
    ...blank,
    command: titleOf(run),
    report: reportName(task, run),
    isApplied: run.command === "apply" || means.state.entries.get(keyOf(task))?.isApplied === true,
  };
  for (const seconds of [...(run.asks || run.command === "apply" ? [] : patience), 0]) {
    const outcome = await conversed(task, request, entry, means);
    if (outcome.kind === "lost") return found(task, entry, outcome, means);
    if (outcome.kind !== "refused" || seconds === 0 || means.stop.isEnding) return outcome;
    await setTimeout(seconds * 1000);
  }
  throw new Error("the last turn returns");
}

/** How a run ended that the connection did not outlive. */
async function found(task: Task, entry: Entry, lost: Outcome, means: Means): Promise<Outcome> {
  for (const seconds of patience) {
    const { folder } = means.state.entries.get(keyOf(task)) ?? entry;
    if (folder === null || means.stop.isEnding) return lost;
    await setTimeout(seconds * 1000);
    const outcome = await conversed(task, { kind: "ask", folder }, { ...entry, folder }, means);
    if (outcome.kind === "ended") return outcome;
  }
  return lost;
}

function conversed(task: Task, request: Request, entry: Entry, means: Means): Promise<Outcome> {
  const { state, stop } = means;
  let report: ReturnType<StateFolder["report"]> | null = null;
  const isNew = request.kind === "ask" || entry.command === "verify" || entry.command === "confirm";
  return converse(means.targetOf(task.host), request, isNew, {
    ready: (folder) => note(task, means, { ...entry, folder }),
    // An answer that breaks off takes the place of no longer one.
    line: (line) => {
      if (entry.report === null) return;
      report ??= state.report(entry.report);
      report.add(line);
    },
    ended: (isWhole) => {
      report?.close(isWhole);
      report = null;
    },
    started: (child) => stop.watch(child),
  });
}
