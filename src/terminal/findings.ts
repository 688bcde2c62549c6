import { safe } from "../diagnostics/excerpt.ts";
import { isError, type LocatedDiagnostic, printDiagnostics } from "../diagnostics/index.ts";
import type { Description } from "./description.ts";
import type { Output } from "./terminal.ts";

/** Prints findings with their place, an excerpt and the remedy, and at the end how many there are. */
export function printFindings(found: readonly LocatedDiagnostic[], { file, text }: Description, output: Output): void {
  if (found.length === 0) return;
  const { write, colors, columns } = output;
  write(printDiagnostics(found, { text, color: colors.isColorSupported, ...(columns === null ? {} : { columns }) }));
  const errors = found.filter(isError).length;
  const parts = [counted(errors, "error"), counted(found.length - errors, "warning")].filter((part) => part !== null);
  const first = found.find(isError) ?? found[0];
  const more = first === undefined ? "" : ` (lvsgen explain ${first.code} says more)`;
  write(`\n${colors.bold(`${safe(file)}:`)} ${parts.join(", ")}${colors.dim(more)}\n`);
}

function counted(count: number, what: string): string | null {
  if (count === 0) return null;
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
