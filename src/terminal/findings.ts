import { safe } from "../diagnostics/excerpt.ts";
import {
  isError,
  type LocatedDiagnostic,
  label,
  type PrintWords,
  printDiagnostics,
  stops,
} from "../diagnostics/index.ts";
import { columns as columnsOf } from "../diagnostics/width.ts";
import { broken, brokenLines } from "../diagnostics/wrap.ts";
import type { Language } from "../language/index.ts";
import type { Description } from "./description.ts";
import type { Output } from "./terminal.ts";

export interface ShownFindings {
  /** Errors only, and what else stops a strict command. */
  readonly quiet?: boolean;
  /** Warnings that nobody acknowledges stop the command. */
  readonly strict?: boolean;
}

/**
 * Prints findings with their place, an excerpt and the remedy, then a line for each reason that acknowledges some, and at the end how many
 * there are.
 */
export function printFindings(
  all: readonly LocatedDiagnostic[],
  { file, text }: Description,
  output: Output,
  { quiet = false, strict = false }: ShownFindings = {},
): void {
  const { write, colors, columns, language } = output;
  const { terminal: say } = language;
  const isAcknowledged = ({ acknowledged }: LocatedDiagnostic): boolean => acknowledged !== undefined;
  const found = all.filter((one) => (quiet ? stops(one, strict) : !isAcknowledged(one)));
  const acknowledged = quiet ? [] : all.filter(isAcknowledged);
  if (found.length + acknowledged.length === 0) return;
  const shown = found.map((one) => saidIn(one, language));
  const words = wordsIn(language);
  const color = colors.isColorSupported;
  write(printDiagnostics(shown, { text, words, color, ...(columns === null ? {} : { columns }) }));
  if (found.length > 0 && acknowledged.length > 0) write("\n");
  write(acknowledgedLines(acknowledged, output));
  const errors = found.filter(isError).length;
  const counts: [number, string, string][] = [
    [errors, "error", "errors"],
    [found.length - errors, "warning", "warnings"],
    [acknowledged.length, "acknowledged warning", "acknowledged warnings"],
  ];
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, one, several]) => say(`${count} ${count === 1 ? one : several}`));
  const first = found.find(isError) ?? found[0];
  const others = found.some(({ code }) => code !== first?.code) ? ", and so of each code in brackets" : "";
  const more = first === undefined ? "" : ` (lvsgen explain ${first.code} says more${others})`;
  const stopped =
    strict && errors < found.length ? ': --strict lets no warning pass that "acknowledge" does not name' : "";
  const space = found.length > 0 ? "\n" : "";
  const head = `${safe(file)}${words.colon}`;
  const said = `${parts.join(say(", "))}${say(stopped)}`;
  const behind = say(more);
  const closing = broken(`${said}${behind}`, { columns, start: columnsOf(head), indent: 2 });
  const isWhole = closing === `${said}${behind}`;
  write(`${space}${label(colors.bold, head)}${isWhole ? `${said}${colors.dim(behind)}` : closing}\n`);
}

/** A line for each reason and code, whatever it acknowledges. */
function acknowledgedLines(found: readonly LocatedDiagnostic[], { colors, columns, language }: Output): string {
  const { terminal: say } = language;
  const groups = new Map<string, { readonly first: LocatedDiagnostic; count: number }>();
  for (const one of found) {
    const identity = `${one.code} ${one.acknowledged}`;
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, { first: one, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()]
    .map(({ first: { file, line, column, code, acknowledged = "" }, count }) => {
      const more = count > 1 ? say(` (and ${count - 1} more)`) : "";
      // A place has its own colon, whatever the language; behind words it is that of the language.
      const place = `${safe(file)}:${line}:${column}${more}${more === "" ? ": " : say(": ")}`;
      const text = `${place}${say("acknowledged")}[${code}]${say(": ")}${safe(acknowledged)}`;
      return `${brokenLines(text, { columns, start: 0, indent: 4 }).map(colors.dim).join("\n    ")}\n`;
    })
    .join("");
}

/** A finding as people read it; what tools get, and the reason of an acknowledgement, stays as it is. */
function saidIn(found: LocatedDiagnostic, { finding: say }: Language): LocatedDiagnostic {
  const related = found.related.map((one) => ({ ...one, message: say(one.message) }));
  return { ...found, message: say(found.message), hint: say(found.hint), related };
}

function wordsIn({ terminal: say }: Language): PrintWords {
  return { severities: { error: say("error"), warning: say("warning") }, colon: say(": "), help: say("help: ") };
}
