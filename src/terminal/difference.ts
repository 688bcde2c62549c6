import { safe } from "../diagnostics/excerpt.ts";
import { broken } from "../diagnostics/wrap.ts";
import {
  type Alike,
  type Change,
  countsOf,
  type Difference,
  groupsOf,
  isOfNames,
  stepText,
  type Verdict,
  verdicts,
  verdictTitles,
} from "../diff/index.ts";
import type { Say } from "../language/index.ts";
import type { Output } from "./terminal.ts";
import { wrapped } from "./text.ts";

/** A longer value is cut: --json has all of it. */
const longest = 160;

/** Prints what differs, by what it is about, with its verdicts, and the order to run scripts in. */
export function printDifference(difference: Difference, [old, next]: readonly [string, string], output: Output): void {
  const { write, colors, language } = output;
  const { changes, clusters } = difference;
  write(`${colors.bold(safe(clusters[1]))}: ${safe(old)} -> ${safe(next)}\n`);
  if (changes.length === 0) {
    write(language.terminal("Nothing differs.\n"));
    return;
  }
  for (const { title, alike } of groupsOf(changes)) {
    write(`\n${colors.bold(safe(language.document(title)))}\n`);
    for (const one of alike) write(alikeText(one, output));
  }
  printOrder(difference, output);
  write(`\n${countsText(changes, output)}\n`);
}

const signs: Readonly<Record<Change["action"], string>> = { added: "+", removed: "-", changed: "~" };

/** Where sentences are broken: of what no terminal shows as well, so that they can be read. */
function limitOf({ columns }: Output): number {
  return Math.min(columns ?? 100, 100);
}

function alikeText({ verdict, why, shown, more }: Alike, output: Output): string {
  const { document, terminal } = output.language;
  const last = more === 0 ? "" : terminal(`    … and ${more} more like these: --json has them all\n`);
  const changes = shown.map((change) => changeText(change, output)).join("");
  const reason = wrapped(safe(document(why)), "      ", limitOf(output));
  return `${changes}${last}      ${painted(verdict, output)}\n${reason}\n`;
}

function changeText({ rule, action, what, was, becomes }: Change, { colors, columns, language }: Output): string {
  // Names stay what they are in every language.
  const say: Say = isOfNames(rule) ? (text) => text : language.document;
  const short = (value: string | null): string => cut(value === null ? language.document("none") : say(value));
  const paint = { added: colors.green, removed: colors.red, changed: colors.yellow }[action];
  const isPair = action === "changed" && was !== becomes;
  const values = isPair ? `${short(was)} -> ${short(becomes)}` : short(becomes ?? was ?? "");
  const colon = language.terminal(": ");
  const text = `${safe(language.document(what))}${values === "" ? "" : `${colon}${values}`}`;
  return `  ${paint(signs[action])} ${broken(text, { columns, start: 4, indent: 6 })}\n`;
}

function cut(value: string): string {
  return safe(value.length > longest ? `${value.slice(0, longest)}…` : value);
}

function painted(verdict: Verdict, { colors, language }: Output): string {
  const text = language.document(verdictTitles[verdict]);
  switch (verdict) {
    case "none":
      return colors.green(text);
    case "new-connections-elsewhere":
      return colors.cyan(text);
    case "connections-end":
    case "not-classified":
      return colors.yellow(text);
    case "service-interrupted":
    case "host-reached-otherwise":
      return colors.red(text);
  }
}

function printOrder({ steps, notes }: Difference, output: Output): void {
  const { write, colors, columns } = output;
  const { document, list, terminal: say } = output.language;
  if (steps.length > 0) write(`\n${colors.bold(say("Run in this order"))}\n`);
  steps.forEach((step, index) => {
    const { command, names, former } = stepText(step);
    const which = former ? say(" (the script of the former bundle)") : "";
    const what = `${index + 1}. ${command ?? say("by hand")}  ${say(`on ${safe(list(names))}`)}${which}`;
    write(`  ${broken(what, { columns, start: 2, indent: 7 })}\n`);
    write(`${wrapped(safe(document(step.why)), "     ", limitOf(output))}\n`);
  });
  for (const note of notes) write(`\n${wrapped(safe(document(note)), "", limitOf(output))}\n`);
}

function countsText(changes: readonly Change[], output: Output): string {
  const counts = countsOf(changes);
  const order = output.language.terminal("COUNT VERDICT");
  return verdicts
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => order.replace("COUNT", `${counts[verdict]}`).replace("VERDICT", painted(verdict, output)))
    .join(output.language.terminal(", "));
}
