/** Signals: the first lets what was begun come to its end, the second leaves it to the hosts. */
import type { ChildProcess } from "node:child_process";

export interface Stop {
  /** Whether nothing new is begun. */
  readonly isStopping: boolean;
  /** Whether nothing is waited for any more. */
  readonly isEnding: boolean;
  /** Ends this process with everything, when nothing is waited for. */
  readonly watch: (child: ChildProcess) => void;
  /** As a first signal, with nothing said. */
  readonly begin: () => void;
  /** Leaves signals to the system again. */
  readonly release: () => void;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Nothing of what it still says is waited for. */
function leave(child: ChildProcess): void {
  child.kill("SIGTERM");
  child.stdout?.destroy();
  child.stderr?.destroy();
}

/** @param told called at the first and at the second signal */
export function stopAtSignals(told: (turn: "stopping" | "ending") => void): Stop {
  const children = new Set<ChildProcess>();
  let turns = 0;
  const signalled = (): void => {
    turns += 1;
    if (turns === 1) told("stopping");
    if (turns !== 2) return;
    told("ending");
    children.forEach(leave);
  };
  for (const signal of signals) process.on(signal, signalled);
  return {
    get isStopping() {
      return turns > 0;
    },
    get isEnding() {
      return turns > 1;
    },
    begin: () => {
      turns = Math.max(turns, 1);
    },
    watch: (child) => {
      children.add(child);
      child.once("close", () => children.delete(child));
      if (turns > 1) leave(child);
    },
    release: () => {
      for (const signal of signals) process.off(signal, signalled);
    },
  };
}
