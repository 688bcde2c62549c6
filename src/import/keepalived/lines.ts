/** The lines of keepalived.conf as its parser sees them (lib/parser.c): without comments, and with everything put in place. */
import type { Place } from "../place.ts";

/** A line on its way through the parser. */
export interface SourceLine {
  readonly text: string;
  readonly place: Place;
}

/** `decomment()`: cuts at `#` or `!` outside of double quotes; a backslash keeps what follows it. */
export function withoutComment(line: string): { readonly text: string; readonly hasOpenQuote: boolean } {
  const text = line.replace(/^[ \t]+/, "");
  let kept = "";
  let isQuoted = false;
  let at = 0;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') isQuoted = !isQuoted;
    else if (character === "\\" && at + 1 < text.length) {
      const next = text.charAt(at + 1);
      kept += !isQuoted && (next === "#" || next === "!") ? next : character + next;
      at++;
      continue;
    } else if (!isQuoted && (character === "#" || character === "!")) break;
    kept += character;
  }
  let end = kept.length;
  while (end > 0 && " \t\r".includes(kept.charAt(end - 1))) end--;
  return { text: kept.slice(0, end), hasOpenQuote: isQuoted };
}

/** What a line that includes others names; null for every other line. */
export function includePattern(text: string): string | null {
  const match = /^include[rmwba]?[ \t]+(?:"([^"]+)"|([^" \t][^"]*))$/.exec(text);
  return match?.[1] ?? match?.[2] ?? null;
}

export interface Definition {
  /** The lines of its value; one for a plain value. */
  readonly lines: SourceLine[];
  readonly place: Place;
  isUsed: boolean;
}

const definitionForm = /^\$([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*(.*)$/;

/** `$NAME=VALUE`, whose value goes on in the next line where it ends in a backslash. */
export function definitionOf(
  text: string,
): { readonly name: string; readonly value: string; readonly goesOn: boolean } | null {
  const match = definitionForm.exec(text);
  if (match === null) return null;
  const value = match[2] ?? "";
  const goesOn = value.endsWith("\\");
  return { name: match[1] ?? "", value: goesOn ? value.slice(0, -1).trimEnd() : value, goesOn };
}

/** The first parameter of a line that stands for something: `${NAME}`, or `$NAME` before white space. */
export function firstParameter(
  text: string,
  isKnown: (name: string) => boolean,
): { readonly name: string; readonly start: number; readonly end: number; readonly argument: string } | null {
  for (const match of text.matchAll(/\$(?:\{([A-Za-z_]\w*)([ \t][^{}]*)?\}|([A-Za-z_]\w*)(?=[\s{}"]|$))/g)) {
    const name = match[1] ?? match[3] ?? "";
    if (isKnown(name))
      return { name, start: match.index, end: match.index + match[0].length, argument: (match[2] ?? "").trim() };
  }
  return null;
}
