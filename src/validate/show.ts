import { withoutHidden } from "../hidden.ts";

/** How values and titles of the description stand in a message. */

const maxQuoted = 80;

/** JSON text that can be seen, cut where it would fill the screen. Of what would be cut, no more than that is read. */
export function quote(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(outline(value)) ?? String(value));
  return withoutHidden(text.length > maxQuoted ? `${text.slice(0, maxQuoted - 3)}…` : text);
}

/** The same with the blanks that people write: `{ "host": "web1" }`, `["ro", "soft"]`. */
export function written(value: unknown): string {
  const text = spaced(outline(value));
  return withoutHidden(text.length > maxQuoted ? `${text.slice(0, maxQuoted - 3)}…` : text);
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? String(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${spaced(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** A value whose JSON text is the same as far as that is shown: every value in it takes at least one character. */
function outline(value: unknown, budget = { left: maxQuoted }): unknown {
  budget.left--;
  if (typeof value === "string") return value.slice(0, maxQuoted);
  if (typeof value !== "object" || value === null) return value;
  const isList = Array.isArray(value);
  const shown: [string, unknown][] = [];
  for (const key in value) {
    if (budget.left <= 0) break;
    shown.push([key.slice(0, maxQuoted), outline((value as Record<string, unknown>)[key], budget)]);
  }
  return isList ? shown.map(([, item]) => item) : Object.fromEntries(shown);
}

/** A title within a sentence; abbreviations keep their capitals. */
export function lower(title = "value"): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** Without what only looks like ASCII, and without quotes of any kind around it: a text of an input method, or out of a document. */
export function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/[\u2018-\u201f"'`]/g, "")
    .replaceAll(/[\u2010-\u2015\u2212]/g, "-")
    .trim();
}
