import { safe } from "../diagnostics/excerpt.ts";
import { type CatalogueEntry, type Code, catalogue, label } from "../diagnostics/index.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { columns } from "../diagnostics/width.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import type { Output, Terminal } from "../terminal/terminal.ts";
import { wrapped, wrappedTable } from "../terminal/text.ts";

/** Columns of a text: longer lines are hard to read. */
const lineWidth = 80;

const entries: ReadonlyMap<string, CatalogueEntry> = new Map(Object.entries(catalogue));

/** Prints what a code means; without a code, the list of all. Case and `-` for `_` do not matter. */
export function explain(code: string | undefined, { out, err }: Terminal): ExitCode {
  if (code === undefined) {
    out.write(list(out));
    return exitCode.ok;
  }
  const name = code.toUpperCase().replaceAll("-", "_");
  const entry = entries.get(name);
  if (entry !== undefined) {
    out.write(text(name, entry, out));
    return exitCode.ok;
  }
  const meant = suggest(name, entries.keys());
  const { terminal: say } = err.language;
  const remedy = say(meant === null ? "lvsgen explain lists all codes" : `did you mean ${meant}?`);
  const head = label(err.colors.red, `${say("error")}${say(": ")}`);
  err.write(`${head}${say(`there is no code ${safe(code)}`)}${say("; ")}${remedy}\n`);
  return exitCode.usage;
}

function list(output: Output): string {
  const rows = [...entries].map(([code, entry]) => {
    const { severity, title } = said(code, entry, output);
    return [code, painted(severity, output), title];
  });
  return `${wrappedTable(rows, lineWidth)}\n${output.language.terminal("lvsgen explain CODE says more.")}\n`;
}

/** The entry in the language of the terminal. */
function said(code: string, entry: CatalogueEntry, { language: { codes } }: Output): CatalogueEntry {
  return { ...entry, ...codes?.[code as Code] };
}

function text(code: string, entry: CatalogueEntry, output: Output): string {
  const { severity, title, why, symptom, fix } = said(code, entry, output);
  const section = (heading: string, body: string): string =>
    `\n${output.colors.bold(output.language.terminal(heading))}\n${wrapped(body, "  ", lineWidth)}\n`;
  return [
    heading(code, severity, title, output),
    section("Why", why),
    section("Symptom", symptom),
    section("Fix", fix),
  ].join("");
}

/** The title below the code where both are too long for one line. */
function heading(code: string, severity: CatalogueEntry["severity"], title: string, output: Output): string {
  const { terminal } = output.language;
  const [open, close, colon] = [terminal(" ("), terminal(")"), terminal(": ")];
  const isShort = columns(`${code}${open}${terminal(severity)}${close}${colon}${title}`) <= lineWidth;
  const head = `${output.colors.bold(code)}${open}${painted(severity, output)}${close}`;
  return isShort ? `${head}${colon}${title}\n` : `${head}${colon.trimEnd()}\n${wrapped(title, "  ", lineWidth)}\n`;
}

function painted(severity: CatalogueEntry["severity"], { colors, language }: Output): string {
  return (severity === "error" ? colors.red : colors.yellow)(language.terminal(severity));
}
