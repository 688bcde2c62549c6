/** The runs of a task, taken from the runbook's own lines: what a person types there is what is run here. */
import type { Step } from "../diff/order.ts";
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

/**
 * In their order, as far as all goes well. Over ssh every apply waits to be confirmed by another session, whatever it is about: a mistake
 * in the description may cut off any host.
 */
export function runsOf(step: Step, host: string): readonly Run[] {
  const manner = { seconds: windowSeconds, isRerouted: step.action === "apply", isGivenBack: false };
  return [...questionsOf(step, host), ...commandsOf(step, host, manner), ...afterwardsOf(step, host, manner)].map(
    runOf,
  );
}

function runOf({ command: line }: CommandLine): Run {
  const [, script = "", ...words] = line.split(" ");
  if (script === "doctor.sh") return { script, command: "doctor", options: words, asks: true };
  const [command = "apply", ...options] = words;
  // What differs in files is for who reads it there, and may be long.
  return { script, command, options: options.filter((word) => word !== "--diff"), asks: command === "check" };
}
