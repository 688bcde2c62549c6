import { safe } from "../diagnostics/excerpt.ts";
import type { Comparison, Difference, MissingRule, NotCompared } from "../import/index.ts";
import { mostRows } from "./imported.ts";
import type { Output } from "./terminal.ts";

type Place = NotCompared["place"];

/** What the description builds against what was imported: rules first, then each other matter with what differs in it. */
export function printComparison(comparison: Comparison, output: Output): void {
  const { write, colors } = output;
  const { counts, differences, notCompared, builds } = comparison;
  if (!notCompared.some(({ what }) => what === "everything")) printRules(comparison, output);
  for (const { topic, same, differs, meant } of counts) {
    const parts = [`${same} the same`, `${differs} ${differs === 1 ? "differs" : "differ"}`, `${meant} on purpose`];
    write(`${colors.bold(`${topic}:`)} ${shownParts(parts)}\n`);
    const own = differences.filter((one) => one.topic === topic);
    // What nobody has to look at stands behind what somebody has to.
    const sorted = [...own.filter(isFault), ...own.filter((one) => !isFault(one))];
    for (const one of sorted.slice(0, mostRows)) write(differenceText(one, colors));
    tellMore(own.length, output);
  }
  if (!builds)
    write(
      "The description does not build: its errors say what is missing. What stands above was compared without it.\n",
    );
  if (notCompared.length === 0) return;
  write(`${colors.bold("not compared:")} ${notCompared.length}\n`);
  for (const { what, why, place } of notCompared.slice(0, mostRows))
    write(`  ${colors.yellow("?")} ${safe(what)}${placed(place)}: ${safe(why)}\n`);
  tellMore(notCompared.length, output);
}

function isFault({ verdict }: Difference): boolean {
  return verdict === "differs";
}

/** Counts of nothing say nothing, but for the first. */
function shownParts(parts: readonly string[]): string {
  return parts.filter((part, index) => index === 0 || !part.startsWith("0 ")).join(", ");
}

function tellMore(count: number, { write }: Output): void {
  if (count > mostRows) write(`  … and ${count - mostRows} more: --json has them all\n`);
}

function printRules({ same, reworded, missing, added }: Comparison, { write, colors }: Output): void {
  const parts = [
    `${same} the same`,
    `${reworded} in other words`,
    `${missing.length} missing`,
    `${added.length} added`,
  ];
  write(`${colors.bold("rules:")} ${shownParts(parts)}\n`);
  for (const one of missing.slice(0, mostRows)) write(missingText(one, colors));
  for (const rule of added.slice(0, mostRows)) write(`  ${colors.green("+")} ${safe(rule)}\n`);
  const more = Math.max(0, missing.length - mostRows) + Math.max(0, added.length - mostRows);
  if (more > 0) write(`  … and ${more} more: --json has them all\n`);
}

function missingText({ place, was, becomes, reason, remedy }: MissingRule, colors: Output["colors"]): string {
  return [
    `  ${colors.red("-")} ${safe(was)}${placed(place)}`,
    ...(becomes === null ? [] : [`      becomes ${safe(becomes)}`]),
    ...(reason === "" ? [] : [`      ${safe(reason)}`]),
    `      ${colors.cyan("help:")} ${safe(remedy)}\n`,
  ].join("\n");
}

function differenceText(one: Difference, colors: Output["colors"]): string {
  const { what, place, was, becomes, at, line, reason, remedy } = one;
  const where = `${line === null ? "" : `line ${line}, `}${safe(at)}`;
  const mark = isFault(one) ? colors.red("!") : colors.blue("~");
  return [
    `  ${mark} ${safe(what)}${placed(place)}`,
    `      was ${valueText(was)}, becomes ${valueText(becomes)}  (${where} of the description)`,
    ...(reason === "" ? [] : [`      ${isFault(one) ? "" : "on purpose: "}${safe(reason)}`]),
    ...(remedy === "" ? [] : [`      ${colors.cyan("help:")} ${safe(remedy)}`]),
    "",
  ].join("\n");
}

function valueText(value: string | null): string {
  return value === null ? "nothing" : safe(value);
}

function placed(place: Place): string {
  return place === null ? "" : `  (${safe(place.file)}:${place.line})`;
}
