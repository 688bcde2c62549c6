/** Does what a page says, step by step. */
import { showsWhatWasPrinted } from "./compare.ts";
import type { Page } from "./page.ts";

export interface Ran {
  readonly code: number;
  /** Standard output and standard error, as they came. */
  readonly printed: string;
}

export interface Stage {
  /** Runs a line on a host (null: on the workstation), in the folder that its line before has left it in. */
  run(host: string | null, command: string): Promise<Ran>;
  write(name: string, text: string): void;
}

export interface Told {
  readonly name: string;
  /** Empty where the command did what the page says. */
  readonly fault: string;
}

/** Ends at the first command that did something else: those behind it count on it. */
export async function* play(page: Page, stage: Stage): AsyncGenerator<Told> {
  const sums = new Map<string, string>();
  for (const step of page.steps) {
    if (step.kind === "file") {
      stage.write(step.name, step.text);
      continue;
    }
    const { code, printed } = await stage.run(step.host, step.command);
    const right = code === 0 && showsWhatWasPrinted(step.shown, printed, sums);
    const fault = right ? "" : `exit code ${code}; shown:\n${step.shown.join("\n")}\n\nprinted:\n${printed}`;
    yield { name: `${step.host === null ? "$" : `${step.host}#`} ${step.command}`, fault };
    if (!right) return;
  }
}
