import type { Description } from "../commands/input.ts";
import type { LocatedDiagnostic } from "../diagnostics.ts";
import type { Output } from "./terminal.ts";

/** Prints findings with their place, an excerpt and the remedy, and how many there are. */
export function printFindings(found: readonly LocatedDiagnostic[], _description: Description, { write }: Output): void {
  for (const { file, line, column, severity, code, message, hint } of found) {
    write(`${file}:${line}:${column}: ${severity} ${code}: ${message}\n  = ${hint}\n`);
  }
}
