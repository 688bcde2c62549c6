/** The runs of a task, taken from the runbook's own lines: what a person types there is what is run here. */
import type { Step } from "../diff/step.ts";
import { afterwardsOf, type CommandLine, commandsOf, confirmSeconds, questionsOf } from "../render/runbook/commands.ts";

/** Seconds to confirm in, where the run of another session does it. */
export const windowSeconds = confirmSeconds;

export interface Run {
  readonly script: string;
  /** `doctor` of `doctor.sh`, which has no commands. */
  readonly command: string;
  /** Behind the command. */
  readonly options: readonly string[];
  /** Whether it only asks, and may be asked again at any time. */
  readonly asks: boolean;
}

/** How a run is called where it is told of. */
export function titleOf({ command, options }: Run): string {
  return options.includes(dryRun) ? `${command} ${dryRun}` : command;
}

const dryRun = "--dry-run";

/**
 * In their order, as far as all goes well. Over ssh every apply waits to be confirmed by another session, whatever it is about: a mistake
 * in the description may cut off any host. Before an uninstall, which undoes whatever it finds, the host is asked who it is and what would go.
 */
export function runsOf(step: Step, host: string): readonly Run[] {
  const manner = { seconds: windowSeconds, isRerouted: step.action === "apply", isGivenBack: false };
  const runs = [...questionsOf(step, host), ...commandsOf(step, host, manner), ...afterwardsOf(step, host, manner)];
  return runs
    .map(runOf)
    .flatMap((run) => (run.command === "uninstall" ? [{ ...run, options: [dryRun], asks: true }, run] : [run]));
}

function runOf({ command: line }: CommandLine): Run {
  const [, script = "", ...words] = line.split(" ");
  if (script === "doctor.sh") return { script, command: "doctor", options: words, asks: true };
  const [command = "apply", ...options] = words;
  // What differs in files is for who reads it there, and may be long.
  return { script, command, options: options.filter((word) => word !== "--diff"), asks: command === "check" };
}
