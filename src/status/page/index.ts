/** The overview as one HTML page that asks for nothing else: no network, no file beside it, and readable without its script. */
import { createHash } from "node:crypto";
import { withoutHidden } from "../../hidden.ts";
import type { Row } from "../judge.ts";
import { natural } from "../natural.ts";
import type { Overview } from "../overview.ts";
import type { Difference, Flaw } from "../run.ts";
import { gravityOf, states, stateWords } from "../state.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

/** By what a page of this program is known again. */
export const pageMark = '<!doctype html>\n<meta name="generator" content="lvsgen status">\n';

export interface PageContent {
  readonly overview: Overview;
  readonly flaws: readonly Flaw[];
  /** When this was asked, in UTC. */
  readonly time: string;
  /** The bundle that was asked about, as its folder is called; null: none. */
  readonly bundle: string | null;
  readonly version: string;
  /** Of the page: `en`, `zh-CN`. */
  readonly language: string;
  readonly say: (text: string) => string;
}

/** Differences of a row; the JSON form has all that were kept. */
const mostShown = 50;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Whatever a report says becomes text, and no markup, in elements and in quoted attributes; what cannot be seen is written out. */
function escaped(text: string): string {
  return withoutHidden(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}

function sumOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}

const colours = ["good", "warn", "bad"] as const;

/** The page. Its policy lets nothing run or be fetched but this style and this script, whose sums it has. */
export function page({ overview, flaws, time, bundle, version, language, say }: PageContent): string {
  const { rows, counts } = overview;
  const clusters = [...new Set(rows.map(({ cluster }) => cluster))];
  const title = `${clusters.length === 1 ? `${clusters[0]}: ` : ""}${say("state of the hosts")}`;
  const policy = `default-src 'none'; style-src ${sumOf(style)}; script-src ${sumOf(script)}; base-uri 'none'; form-action 'none'`;
  const several = clusters.length > 1;
  const about = [
    `${say("read on")} ${time}`,
    ...(bundle === null ? [] : [`${say("compared with the bundle")} ${bundle}`]),
    `lvsgen ${version}`,
  ].map(escaped);
  const headings = [
    ...(several ? ["Cluster"] : []),
    "Host",
    "Role",
    "State",
    "Bundle",
    "Last report",
    "What differs",
  ].map((text) => `<th scope="col">${escaped(say(text))}</th>`);
  const shownCounts = states
    .filter((state) => counts[state] > 0)
    .map(
      (state) =>
        `<li><b>${counts[state]}</b><span class="${colours[gravityOf(state)]}">${escaped(say(stateWords[state]))}</span></li>`,
    );
  const choices = states
    .filter((state) => counts[state] > 0)
    .map((state) => `<option value="${state}">${escaped(say(stateWords[state]))}</option>`);
  return `${pageMark}<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="about">${about.join(" · ")}</p>
<ul class="counts">${shownCounts.join("")}</ul>
<form class="controls" hidden>
<label>${escaped(say("Filter"))} <input type="search" autocomplete="off"></label>
<label>${escaped(say("State"))} <select><option value="">${escaped(say("all"))}</option>${choices.join("")}</select></label>
<output aria-live="polite"></output>
</form>
<div class="scroll" tabindex="0" role="region" aria-label="${escaped(title)}"><table id="hosts">
<thead><tr>${headings.join("")}</tr></thead>
<tbody>
${rows.map((row) => rowOf(row, several, say)).join("\n")}
</tbody>
</table></div>
${flawsOf(flaws, say)}<script>${script}</script>
</body>
</html>
`;
}

function rowOf(row: Row, several: boolean, say: (text: string) => string): string {
  const { cluster, host, role, state, bundle, sum, seen, command } = row;
  const bundleText = { this: say("this one"), another: say("another"), unknown: "" }[bundle];
  const short = sum === null ? "" : `<code>${escaped(sum.slice(0, 12))}</code>`;
  const cells = [
    ...(several ? [cell("place", "", escaped(cluster))] : []),
    cell("place", natural(host), escaped(host)),
    cell("place", "", escaped(role)),
    cell(
      "",
      String(states.length - states.indexOf(state)),
      `<span class="state ${colours[gravityOf(state)]}">${escaped(say(stateWords[state]))}</span>`,
    ),
    cell(
      "place",
      "",
      [bundleText === "" ? "" : escaped(bundleText), bundle === "this" ? "" : short].filter(Boolean).join(" "),
    ),
    cell(
      "seen",
      seen ?? "",
      seen === null
        ? ""
        : `${escaped(seen.replace("T", " ").replace("+00:00", " UTC"))} <span class="dim">${escaped(command ?? "")}</span>`,
    ),
    cell("differs", "", whyOf(row, say)),
  ];
  return `<tr data-state="${state}">${cells.join("")}</tr>`;
}

function cell(kind: string, key: string, content: string): string {
  return `<td${kind === "" ? "" : ` class="${kind}"`}${key === "" ? "" : ` data-key="${escaped(key)}"`}>${content}</td>`;
}

function whyOf({ reasons, differences, moreDifferences, report }: Row, say: (text: string) => string): string {
  const why = reasons.map((reason) => `<p class="why">${escaped(say(reason))}</p>`).join("");
  if (differences.length === 0) return why;
  const shown = differences.slice(0, mostShown).map((one) => `<li>${differenceOf(one)}</li>`);
  const more = differences.length - shown.length + moreDifferences;
  if (more > 0) shown.push(`<li>${escaped(say(`and ${more} more`))}</li>`);
  const place = report === null ? "" : `<span class="dim">${escaped(report)}</span>`;
  const summary = escaped(say(`${differences.length + moreDifferences} found`));
  return `${why}<details><summary>${summary}</summary>${place}<ul class="found">${shown.join("")}</ul></details>`;
}

function differenceOf({ result, kind, name, detail }: Difference): string {
  return `${escaped(result)} <code>${escaped(`${kind} ${name}`)}</code>${detail === "" ? "" : ` ${escaped(detail)}`}`;
}

function flawsOf(flaws: readonly Flaw[], say: (text: string) => string): string {
  if (flaws.length === 0) return "";
  const lines = flaws.map(({ path, why }) => `<li><code>${escaped(path)}</code> ${escaped(say(why))}</li>`);
  return `<h2>${escaped(say("Files that were passed over"))}</h2>\n<ul class="found">${lines.join("")}</ul>\n`;
}
