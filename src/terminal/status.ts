import { safe } from "../diagnostics/excerpt.ts";
import type { Say } from "../language/index.ts";
import type { Flaw, Overview, Row, State } from "../status/index.ts";
import { states, stateWords } from "../status/index.ts";
import type { Colors } from "./colors.ts";
import type { Output, Terminal } from "./terminal.ts";
import { table, wrapped } from "./text.ts";

export interface Shown {
  readonly overview: Overview;
  readonly flaws: readonly Flaw[];
  /** The page that was written; null: none. */
  readonly page: string | null;
}

/** Files that are passed over and are named to a person; --json has all of them. */
const mostFlaws = 20;

/** Differences of a row that a person is shown; `--json` and the page have more. */
const mostDifferences = 5;

const colorOf: Readonly<Record<State, "green" | "yellow" | "red">> = {
  "as-described": "green",
  drained: "yellow",
  old: "yellow",
  "confirm-pending": "yellow",
  pending: "yellow",
  "never-seen": "red",
  failed: "red",
};

/** A table, what differs below each row, and the counts at the end; what was passed over goes to standard error. */
export function printStatus({ overview, flaws, page }: Shown, { out, err }: Terminal): void {
  const { write, colors, language } = out;
  const { terminal: say } = language;
  if (overview.rows.length === 0) write(say("no reports: nothing is known of any host\n"));
  else write(rowsOf(overview.rows, out));
  const counts = states
    .filter((state) => overview.counts[state] > 0)
    .map((state) => colors[colorOf[state]](`${say(stateWords[state])}: ${overview.counts[state]}`));
  if (counts.length > 0) write(`\n${counts.join("  ")}\n`);
  if (page !== null) write(`${say(`${safe(page)} written.`)}\n`);
  for (const { cluster, runs } of overview.others)
    err.write(`${err.language.terminal(`${runs} report(s) of another cluster: ${safe(cluster)}`)}\n`);
  printFlaws(flaws, err);
}

function printFlaws(flaws: readonly Flaw[], { write, colors, language }: Output): void {
  const { terminal: say } = language;
  for (const { path, why } of flaws.slice(0, mostFlaws))
    write(`${colors.yellow(say("passed over"))}${say(": ")}${safe(path)}${say(": ")}${safe(say(why))}\n`);
  if (flaws.length > mostFlaws) write(say(`… and ${flaws.length - mostFlaws} more\n`));
}

function rowsOf(rows: readonly Row[], { colors, columns, language }: Output): string {
  const { terminal: say } = language;
  const several = new Set(rows.map(({ cluster }) => cluster)).size > 1;
  const heading = [...(several ? ["CLUSTER"] : []), "HOST", "ROLE", "STATE", "BUNDLE", "LAST REPORT"];
  const lines = table([
    heading.map((title) => colors.dim(say(title))),
    ...rows.map((row) => [
      ...(several ? [safe(row.cluster)] : []),
      colors.bold(safe(row.host)),
      safe(row.role),
      colors[colorOf[row.state]](say(stateWords[row.state])),
      bundleOf(row, say),
      row.seen === null ? "" : safe(`${row.seen.replace("T", " ").replace("+00:00", "")} ${row.command ?? ""}`),
    ]),
  ]).split("\n");
  const limit = columns ?? Number.MAX_SAFE_INTEGER;
  return `${lines[0]}\n${rows.map((row, index) => `${lines[index + 1]}\n${below(row, limit, colors, say)}`).join("")}`;
}

function bundleOf({ bundle, sum }: Row, say: Say): string {
  if (bundle === "this") return say("this one");
  const short = safe((sum ?? "").slice(0, 12));
  return bundle === "another" ? `${say("another")} ${short}` : short;
}

/** Why a row is not as described, set in below it. */
function below({ reasons, differences, moreDifferences }: Row, limit: number, colors: Colors, say: Say): string {
  const indent = "    ";
  const shown = differences.slice(0, mostDifferences);
  const more = differences.length - shown.length + moreDifferences;
  const lines = [
    ...reasons.map((reason) => safe(say(reason))),
    ...shown.map(({ result, kind, name, detail }) => safe(`${result} ${kind} ${name}${detail && `  (${detail})`}`)),
    ...(more > 0 ? [say(`and ${more} more`)] : []),
  ];
  // Narrower than that, words do not fit any more.
  const width = Math.max(limit, 24);
  return lines.map((line) => `${colors.dim(wrapped(line, indent, width))}\n`).join("");
}
