import { safe } from "../diagnostics/excerpt.ts";
import { label } from "../diagnostics/index.ts";
import type { Comparison, Difference, MissingRule, NotCompared } from "../import/index.ts";
import type { Language } from "../language/index.ts";
import { mostRows } from "./imported.ts";
import type { Output } from "./terminal.ts";

type Place = NotCompared["place"];

/** What the description builds against what was imported: rules first, then each other matter with what differs in it. */
export function printComparison(comparison: Comparison, output: Output): void {
  const { write, colors, language } = output;
  const { imported: say, terminal } = language;
  const { counts, differences, notCompared, builds } = comparison;
  if (!notCompared.some(({ what }) => what === "everything")) printRules(comparison, output);
  for (const { topic, same, differs, meant } of counts) {
    const parts = [`${same} the same`, differs === 1 ? "1 differs" : `${differs} differ`, `${meant} on purpose`];
    write(`${label(colors.bold, `${say(topic)}${terminal(": ")}`)}${shownParts(parts, language)}\n`);
    const own = differences.filter((one) => one.topic === topic);
    // What nobody has to look at stands behind what somebody has to.
    const sorted = [...own.filter(isFault), ...own.filter((one) => !isFault(one))];
    for (const one of sorted.slice(0, mostRows)) write(differenceText(one, output));
    tellMore(own.length, output);
  }
  if (!builds)
    write(
      `${say("The description does not build: its errors say what is missing. What stands above was compared without it.")}\n`,
    );
  if (notCompared.length === 0) return;
  write(`${label(colors.bold, `${say("not compared")}${terminal(": ")}`)}${notCompared.length}\n`);
  for (const { what, why, place } of notCompared.slice(0, mostRows))
    write(`  ${colors.yellow("?")} ${safe(say(what))}${placed(place)}${terminal(": ")}${safe(say(why))}\n`);
  tellMore(notCompared.length, output);
}

function isFault({ verdict }: Difference): boolean {
  return verdict === "differs";
}

/** Counts of nothing say nothing, but for the first. */
function shownParts(parts: readonly string[], { imported: say, terminal }: Language): string {
  const shown = parts.filter((part, index) => index === 0 || !part.startsWith("0 "));
  return shown.map(say).join(terminal(", "));
}

function tellMore(count: number, { write, language }: Output): void {
  if (count > mostRows) write(`  ${language.imported(`… and ${count - mostRows} more: --json has them all`)}\n`);
}

function printRules({ same, reworded, missing, added }: Comparison, output: Output): void {
  const { write, colors, language } = output;
  const { imported: say, terminal } = language;
  const parts = [
    `${same} the same`,
    `${reworded} in other words`,
    `${missing.length} missing`,
    `${added.length} added`,
  ];
  write(`${label(colors.bold, `${say("rules")}${terminal(": ")}`)}${shownParts(parts, language)}\n`);
  for (const one of missing.slice(0, mostRows)) write(missingText(one, output));
  for (const rule of added.slice(0, mostRows)) write(`  ${colors.green("+")} ${safe(rule)}\n`);
  const more = Math.max(0, missing.length - mostRows) + Math.max(0, added.length - mostRows);
  if (more > 0) write(`  ${say(`… and ${more} more: --json has them all`)}\n`);
}

function missingText(
  { place, was, becomes, reason, remedy }: MissingRule,
  { colors, language: { imported: say, terminal } }: Output,
): string {
  return [
    `  ${colors.red("-")} ${safe(was)}${placed(place)}`,
    ...(becomes === null ? [] : [`      ${say(`becomes ${safe(becomes)}`)}`]),
    ...(reason === "" ? [] : [`      ${safe(say(reason))}`]),
    `      ${label(colors.cyan, terminal("help: "))}${safe(say(remedy))}\n`,
  ].join("\n");
}

function differenceText(one: Difference, { colors, language: { imported: say, terminal } }: Output): string {
  const { what, place, was, becomes, at, line, reason, remedy } = one;
  const where = line === null ? safe(at) : `line ${line}, ${safe(at)}`;
  const values = [was, becomes].map((value) => safe(say(value ?? "nothing")));
  const purpose = isFault(one) ? "" : `${say("on purpose")}${terminal(": ")}`;
  const mark = isFault(one) ? colors.red("!") : colors.blue("~");
  return [
    `  ${mark} ${safe(say(what))}${placed(place)}`,
    `      ${say(`was ${values[0]}, becomes ${values[1]}  (${where} of the description)`)}`,
    ...(reason === "" ? [] : [`      ${purpose}${safe(say(reason))}`]),
    ...(remedy === "" ? [] : [`      ${label(colors.cyan, terminal("help: "))}${safe(say(remedy))}`]),
    "",
  ].join("\n");
}

function placed(place: Place): string {
  return place === null ? "" : `  (${safe(place.file)}:${place.line})`;
}
