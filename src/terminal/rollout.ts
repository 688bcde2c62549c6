/** What `rollout` says to a person. */
import { safe } from "../diagnostics/excerpt.ts";
import { stepText } from "../diff/index.ts";
import {
  type Batch,
  type Entry,
  keyOf,
  type Plan,
  type PlannedStep,
  type Progress,
  type TaskState,
} from "../rollout/index.ts";
import type { Colors } from "./colors.ts";
import type { Output, Terminal } from "./terminal.ts";

const words: Readonly<Record<TaskState, string>> = {
  "to-do": "to do",
  unknown: "its end is not known",
  failed: "failed",
  done: "done",
};

const colorOf: Readonly<Record<TaskState, "green" | "yellow" | "red">> = {
  "to-do": "yellow",
  unknown: "red",
  failed: "red",
  done: "green",
};

export interface ShownPlan {
  readonly plan: Plan;
  readonly progress: Progress;
  /** The state folder; null before anybody went there. */
  readonly state: string | null;
  /** The bundle. */
  readonly directory: string;
}

/** The steps with their batches, and how far each host is. */
export function printPlan({ plan, progress, state, directory }: ShownPlan, output: Output): void {
  const { write, colors, language } = output;
  const { terminal: say, document } = language;
  for (const note of plan.notes) write(`${say("note")}${say(": ")}${safe(document(note))}\n`);
  if (plan.steps.length === 0) {
    write(`${say("nothing is to be done on any host")}\n`);
    return;
  }
  for (const planned of plan.steps) {
    const { number, step, batches } = planned;
    const { command, former } = stepText(step);
    const title = command === null ? say("by hand") : safe(command);
    const folder = former ? ` ${say("(the former bundle's)")}` : "";
    write(`${colors.bold(`${number}. ${title}`)}${folder}  ${safe(document(step.why))}\n`);
    if (step.action === "by-hand") {
      const state: TaskState = progress.byHand.has(number) ? "done" : "to-do";
      write(`   ${safe(step.hosts.join(", "))}: ${colors[colorOf[state]](say(words[state]))}\n`);
    }
    for (const batch of batches) write(`   ${batchText(batch, progress, output)}\n`);
  }
  write(`\n${say(`${progress.done} of ${progress.all} done`)}\n`);
  if (!progress.isComplete && state !== null)
    write(`${say(`how the hosts stand: lvsgen status ${safe(state)} --bundle ${safe(directory)}`)}\n`);
}

function batchText({ number, isCanary, tasks }: Batch, progress: Progress, { colors, language }: Output): string {
  const { terminal: say } = language;
  const states = [...new Set(tasks.map((task) => progress.of.get(keyOf(task)) ?? "to-do"))];
  const order: readonly TaskState[] = ["done", "to-do", "unknown", "failed"];
  const parts = order
    .filter((state) => states.includes(state))
    .map((state) => {
      const hosts = tasks.filter((task) => progress.of.get(keyOf(task)) === state).map(({ host }) => safe(host));
      return `${hosts.join(", ")}: ${colors[colorOf[state]](say(words[state]))}`;
    });
  const title = say(`batch ${number}`);
  return `${isCanary ? `${title} ${say("(canary)")}` : title}  ${parts.join("; ")}`;
}

/** What could not be proved of the bundle. */
export function printUnproven(
  proofs: readonly { readonly message: string; readonly hint: string | null }[],
  { write, colors, language }: Output,
): void {
  const { terminal: say } = language;
  for (const { message, hint } of proofs) {
    write(`${colors.yellow(say("not proven"))}  ${safe(say(message))}\n`);
    if (hint !== null) write(`  ${colors.cyan(`= ${say("help: ")}`)}${safe(say(hint))}\n`);
  }
}

/** What has just happened. */
export type Shown =
  | {
      readonly event: "batch";
      readonly batch: number;
      readonly batches: number;
      readonly canary: boolean;
      readonly hosts: readonly string[];
    }
  | {
      readonly event: "run";
      readonly host: string;
      readonly role: string;
      readonly command: string;
      readonly code: number | null;
      readonly changed: number;
    }
  | {
      readonly event: "host";
      readonly host: string;
      readonly role: string;
      readonly state: "done" | "failed" | "unknown";
      readonly reason: string | null;
      readonly hint: string | null;
    };

export function happeningText(shown: Shown, { colors, language }: Output): string {
  const { terminal: say } = language;
  if (shown.event === "batch") {
    const title = say(`batch ${shown.batch} of ${shown.batches}`);
    return `${colors.bold(shown.canary ? `${title} ${say("(canary)")}` : title)}  ${safe(shown.hosts.join(", "))}\n`;
  }
  const who = `${safe(shown.host)} ${safe(shown.role)}`;
  if (shown.event === "run") {
    const { command, code, changed } = shown;
    const count = changed > 0 ? `  ${say(command === "check" ? `${changed} to change` : `${changed} changed`)}` : "";
    return `  ${who}  ${safe(command)} ${code ?? say("killed")}${count}\n`;
  }
  const { state, reason, hint } = shown;
  const color = colors[colorOf[state]];
  return `  ${who}  ${color(say(words[state]))}${reasonText(reason, hint, colors, say)}\n`;
}

function reasonText(reason: string | null, hint: string | null, colors: Colors, say: (text: string) => string): string {
  if (reason === null) return "";
  const help = hint === null ? "" : `\n    ${colors.cyan(`= ${say("help: ")}`)}${safe(say(hint))}`;
  return `${say(": ")}${safe(say(reason))}${help}`;
}

export interface ShownEnding {
  readonly ending: { readonly kind: string; readonly batch?: number; readonly step?: PlannedStep };
  readonly plan: Plan;
  readonly progress: Progress;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly state: string;
}

/** Why it went no further, and what to do to go on. */
export function printEnding({ ending, plan, progress, state }: ShownEnding, { out, err }: Terminal): void {
  const { terminal: say } = out.language;
  out.write(`${say(`${progress.done} of ${progress.all} done`)}\n`);
  if (progress.isComplete) return;
  const left = plan.steps
    .flatMap(({ batches }) => batches)
    .find(({ tasks }) => tasks.some((task) => progress.of.get(keyOf(task)) !== "done"));
  for (const text of [whyOf(ending), ...(left === undefined ? [] : [`next is batch ${left.number}`]), goOn(ending)])
    err.write(`${safe(err.language.terminal(text))}\n`);
  err.write(`${err.language.terminal(`what was done is written down in ${safe(state)}`)}\n`);
}

function whyOf({ kind, batch, step }: ShownEnding["ending"]): string {
  if (kind === "failed") return "stopped: no other host is begun before this is well";
  if (kind === "signal") return "stopped as told: what was begun has ended, or goes on by itself on its host";
  if (kind === "stop-after") return `stopped after batch ${batch}`;
  if (kind === "by-hand")
    return `stopped before step ${step?.number}, which is done by hand on ${step?.step.hosts.join(", ")}: ${step?.step.why}`;
  if (kind === "before") return `stopped: step ${step?.number} is to be done before`;
  return "hosts that were passed over are left";
}

function goOn({ kind, step }: ShownEnding["ending"]): string {
  if (kind === "by-hand") return `to go on when it is done: the same command with --done ${step?.number}`;
  return "to go on: the same command";
}
