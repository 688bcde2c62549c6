import { safe } from "../diagnostics/excerpt.ts";
import { type CatalogueEntry, catalogue } from "../diagnostics/index.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import type { Colors } from "../terminal/colors.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { wrapped, wrappedTable } from "../terminal/text.ts";

/** Columns of a text: longer lines are hard to read. */
const lineWidth = 80;

const entries: ReadonlyMap<string, CatalogueEntry> = new Map(Object.entries(catalogue));

/** Prints what a code means; without a code, the list of all. Case and `-` for `_` do not matter. */
export function explain(code: string | undefined, { out, err }: Terminal): ExitCode {
  if (code === undefined) {
    out.write(list(out.colors));
    return exitCode.ok;
  }
  const name = code.toUpperCase().replaceAll("-", "_");
  const entry = entries.get(name);
  if (entry !== undefined) {
    out.write(text(name, entry, out.colors));
    return exitCode.ok;
  }
  const meant = suggest(name, entries.keys());
  const remedy = meant === null ? "lvsgen explain lists all codes" : `did you mean ${meant}?`;
  err.write(`${err.colors.red("error:")} there is no code ${safe(code)}; ${remedy}\n`);
  return exitCode.usage;
}

function list(colors: Colors): string {
  const rows = [...entries].map(([code, { severity, title }]) => [code, painted(severity, colors), title]);
  return `${wrappedTable(rows, lineWidth)}\nlvsgen explain CODE says more.\n`;
}

function text(code: string, { severity, title, why, symptom, fix }: CatalogueEntry, colors: Colors): string {
  const section = (heading: string, body: string): string =>
    `\n${colors.bold(heading)}\n${wrapped(body, "  ", lineWidth)}\n`;
  return [
    heading(code, severity, title, colors),
    section("Why", why),
    section("Symptom", symptom),
    section("Fix", fix),
  ].join("");
}

/** The title below the code where both are too long for one line. */
function heading(code: string, severity: CatalogueEntry["severity"], title: string, colors: Colors): string {
  const isShort = `${code} (${severity}): ${title}`.length <= lineWidth;
  return `${colors.bold(code)} (${painted(severity, colors)}):${isShort ? " " : "\n"}${isShort ? title : wrapped(title, "  ", lineWidth)}\n`;
}

function painted(severity: CatalogueEntry["severity"], colors: Colors): string {
  return severity === "error" ? colors.red(severity) : colors.yellow(severity);
}
