/** A difference for a merge request, as GitLab, Gitea and GitHub show it. What comes from a description is text in it, never markup. */
import { safe } from "../diagnostics/excerpt.ts";
import type { Language, Say } from "../language/index.ts";
import { groupsOf } from "./groups.ts";
import { countsOf } from "./json.ts";
import type { Difference } from "./result.ts";
import type { Told, ToldGroup } from "./since/record.ts";
import { isOfNames, stepText, subjectTitle } from "./titles.ts";
import { type Verdict, verdicts, verdictTitles } from "./verdict.ts";

/** @param sides what was compared, as it was named */
export function markdownOf(
  { changes, steps, notes, clusters }: Difference,
  [old, next]: readonly [string, string],
  language: Language,
): string {
  const { document, terminal } = language;
  const title = `## ${code(clusters[1])}: ${code(old)} → ${code(next)}\n\n`;
  if (changes.length === 0) return `${title}${terminal("Nothing differs.")}\n`;
  const counts = countsOf(changes);
  const summary = verdicts
    .filter((verdict) => counts[verdict] > 0)
    .reverse()
    .map((verdict) => `- **${document(verdictTitles[verdict])}**${terminal(": ")}${counts[verdict]}\n`)
    .join("");
  const order = steps.map((step, index) => `${index + 1}. ${stepMarkdown(step, language)}\n`).join("");
  const told = notes.map((note) => `\n> ${prose(document(note))}\n`).join("");
  return [
    title,
    summary,
    changeTables(groupsOf(changes), "###", document),
    steps.length === 0 ? "" : `\n### ${terminal("Run in this order")}\n\n${order}`,
    told,
  ].join("");
}

/**
 * A table for each of what changes are about.
 *
 * @param level what begins a heading
 * @param say says it in another language than English
 */
export function changeTables(groups: readonly ToldGroup[], level: string, say: Say = (text) => text): string {
  const heading = `| ${headings.map(say).join(" | ")} |\n|${" --- |".repeat(headings.length)}\n`;
  return groups
    .map(({ subject, alike }) => {
      const lines = alike.map((alikes) => rows(alikes, say)).join("");
      return `\n${level} ${code(say(subjectTitle(subject)))}\n\n${heading}${lines}`;
    })
    .join("");
}

const headings = ["what", "was", "becomes", "connections", "why"];

/** The reason stands with the first of those that have it. */
function rows({ shown, more, verdict, why }: ToldGroup["alike"][number], say: Say): string {
  const last = more === 0 ? "" : `| ${say(`… and ${more} more like these`)} | | | ${verdictText(verdict, say)} | |\n`;
  return shown.map((told, index) => row(told, verdict, index === 0 ? say(why) : "″", say)).join("") + last;
}

function row(told: Told, verdict: Verdict, why: string, say: Say): string {
  const { rule, what, was, becomes } = told;
  // Names stay what they are in every language.
  const value = (text: string | null): string => (text === null ? "" : code(isOfNames(rule) ? text : say(text)));
  return `| ${[code(say(what)), value(was), value(becomes), verdictText(verdict, say), prose(why)].join(" | ")} |\n`;
}

function verdictText(verdict: Verdict, say: Say): string {
  const title = say(verdictTitles[verdict]);
  return verdict === "none" ? title : `**${title}**`;
}

function stepMarkdown(step: Difference["steps"][number], { document, list, terminal: say }: Language): string {
  const { command, names, former } = stepText(step);
  const what = command === null ? say("by hand") : code(command);
  const which = former ? say(" (the script of the former bundle)") : "";
  return `${what} ${say(`on ${code(list(names))}`)}${which}${say(": ")}${prose(document(step.why))}`;
}

/** lvsgen's own sentences. */
function prose(text: string): string {
  return safe(text).replaceAll(/[\\`*_[\]<>#|~$&]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * What may come from a description: in a code span nothing is markup, nor a reference to a person, an issue or a page, which GitLab looks
 * for after it has read the Markdown. The fence is longer than any run of backticks inside; in a table `|` ends a cell even there.
 */
function code(text: string): string {
  const shown = safe(text.length > longest ? `${text.slice(0, longest)}…` : text);
  if (shown.trim() === "") return "";
  const runs = [...shown.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown.replaceAll("|", "\\|")}${pad}${fence}`;
}

const longest = 300;
