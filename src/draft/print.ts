import { replaceUnseen } from "../diagnostics/excerpt.ts";
import type { Draft, DraftList, DraftObject, Item, Member } from "./draft.ts";

export type Language = "jsonc" | "yaml";

/** A string as both languages have it, with everything that cannot be seen written out. */
function quoted(value: string | number | boolean): string {
  return replaceUnseen(JSON.stringify(value), (character) =>
    Array.from(
      { length: character.length },
      (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

/** A comment is one line whatever it says. */
function commentText(text: string): string {
  return replaceUnseen(text, (character) => (character === "\t" ? " " : "\uFFFD")).slice(0, 400);
}

export function printDraft(top: DraftObject, head: readonly string[], language: Language): string {
  const mark = language === "jsonc" ? "//" : "#";
  const heading = head.map((line) => (line === "" ? mark : `${mark} ${commentText(line)}`)).join("\n");
  const body = language === "jsonc" ? jsonValue(top, "") : yamlMembers(top, "").join("\n");
  return `${heading}\n${body}\n`;
}

const longestLine = 110;

function hasComments(draft: Draft): boolean {
  if (draft.kind === "scalar") return false;
  if (draft.after.length > 0) return true;
  const parts: readonly Item[] = draft.kind === "object" ? draft.members : draft.items;
  return parts.some(({ comments, off, value }) => comments.length > 0 || off || hasComments(value));
}

/** On one line: what both languages take for a value. */
function flow(draft: Draft): string {
  switch (draft.kind) {
    case "scalar":
      return quoted(draft.value);
    case "list":
      return `[${draft.items.map(({ value }) => flow(value)).join(", ")}]`;
    case "object":
      return draft.members.length === 0
        ? "{}"
        : `{ ${draft.members.map(({ key, value }) => `${quoted(key)}: ${flow(value)}`).join(", ")} }`;
  }
}

function isFlow(draft: Draft, indent: string): boolean {
  if (draft.kind === "scalar") return true;
  if (hasComments(draft)) return false;
  return draft.inline && indent.length + flow(draft).length <= longestLine;
}

function jsonValue(draft: Draft, indent: string): string {
  if (isFlow(draft, indent) || draft.kind === "scalar") return flow(draft);
  const [open, close] = draft.kind === "object" ? ["{", "}"] : ["[", "]"];
  const parts: readonly (Item | Member)[] = draft.kind === "object" ? draft.members : draft.items;
  const deeper = `${indent}  `;
  // What is only a comment may become more than that: the comma before it is there already.
  const last = parts.length - 1;
  const lines = parts.flatMap((part, index) => {
    const key = "key" in part ? `${quoted(part.key)}: ` : "";
    const text = `${key}${jsonValue(part.value, deeper)}${index === last ? "" : ","}`;
    return [
      ...(part.gap === true ? [""] : []),
      ...part.comments.map((comment) => `${deeper}// ${commentText(comment)}`),
      part.off ? commentedOut(`${deeper}${text}`, deeper, "//") : `${deeper}${text}`,
    ];
  });
  const after = draft.after.map((comment) => `${deeper}// ${commentText(comment)}`);
  return [open, ...lines, ...after, `${indent}${close}`].join("\n");
}

/** Each line behind a mark of its own; what is a comment already stays one. */
function commentedOut(text: string, indent: string, mark: string): string {
  return text
    .split("\n")
    .map((line) => `${indent}${mark} ${line.slice(indent.length)}`)
    .join("\n");
}

function yamlMembers({ members, after }: DraftObject, indent: string): string[] {
  return [
    ...members.flatMap((member) => [
      ...(member.gap === true ? [""] : []),
      ...member.comments.map((comment) => `${indent}# ${commentText(comment)}`),
      maybeOff(member, `${indent}${quoted(member.key)}:${yamlValue(member.value, indent)}`, indent),
    ]),
    ...after.map((comment) => `${indent}# ${commentText(comment)}`),
  ];
}

function yamlItems({ items, after }: DraftList, indent: string): string[] {
  return [
    ...items.flatMap((item) => [
      ...item.comments.map((comment) => `${indent}# ${commentText(comment)}`),
      maybeOff(item, `${indent}-${yamlValue(item.value, `${indent}`)}`, indent),
    ]),
    ...after.map((comment) => `${indent}# ${commentText(comment)}`),
  ];
}

function maybeOff({ off }: Item, text: string, indent: string): string {
  return off ? commentedOut(text, indent, "#") : text;
}

/** What follows the colon or the dash: on the same line, or deeper on the next ones. */
function yamlValue(draft: Draft, indent: string): string {
  if (isFlow(draft, indent) || draft.kind === "scalar") return ` ${flow(draft)}`;
  const deeper = `${indent}  `;
  const lines = draft.kind === "object" ? yamlMembers(draft, deeper) : yamlItems(draft, deeper);
  const parts: readonly Item[] = draft.kind === "object" ? draft.members : draft.items;
  // Nothing but comments would be null.
  if (!parts.some(({ off }) => !off)) return ` ${draft.kind === "object" ? "{}" : "[]"}\n${lines.join("\n")}`;
  return `\n${lines.join("\n")}`;
}
