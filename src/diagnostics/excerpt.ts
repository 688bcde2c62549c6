import type { Position } from "./diagnostic.ts";
import { columns, firstColumns, printable } from "./width.ts";

/** How many columns of a line are shown; a minified description is one line of megabytes. */
const maxWidth = 120;

/** What is left of a line before the place of interest when it has to be cut. */
const lead = 40;

export interface Excerpt {
  /** The line, safe for a terminal. */
  readonly text: string;
  /** Columns before the caret. */
  readonly indent: number;
  /** Number of carets. */
  readonly width: number;
}

/** Gives lines of a text by their number without splitting all of it. Lines end as the positions have it. */
export function lineReader(text: string): (line: number) => string {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const lineEnd = /\r\n|\n|\r/g;
  const starts = [0];
  const ends: number[] = [];
  let last = { line: 0, text: "" };
  return (line) => {
    if (line === last.line) return last.text;
    while (ends.length < line && starts.length > ends.length) {
      lineEnd.lastIndex = starts.at(-1) ?? 0;
      const end = lineEnd.exec(content);
      ends.push(end?.index ?? content.length);
      if (end !== null) starts.push(lineEnd.lastIndex);
    }
    last = { line, text: content.slice(starts[line - 1] ?? content.length, ends[line - 1] ?? content.length) };
    return last.text;
  };
}

/** The part of a line around a position, and where its carets go. Characters that cannot be seen are written out. */
export function excerptOf(line: string, { column, length }: Position): Excerpt {
  const { before, marked, after } = split(line, column - 1, length);
  const shownBefore = before.cut ? `…${safe(before.text)}` : safe(before.text);
  const shownMarked = safe(marked.text);
  const rest = Math.max(0, maxWidth - columns(shownBefore) - columns(shownMarked));
  const shownAfter = firstColumns(safe(after.text), rest);
  const isCut = after.cut || shownAfter.length < safe(after.text).length || marked.cut;
  return {
    text: `${shownBefore}${shownMarked}${shownAfter}${isCut ? "…" : ""}`,
    indent: columns(shownBefore),
    width: Math.max(1, columns(shownMarked)),
  };
}

interface Part {
  readonly text: string;
  readonly cut: boolean;
}

/** Cuts a line in three by characters, looking no further than what can be shown. */
function split(line: string, skip: number, length: number): { before: Part; marked: Part; after: Part } {
  const start = offsetOf(line, 0, skip);
  const shownLength = Math.min(length, maxWidth - lead);
  const end = offsetOf(line, start, shownLength);
  const before = skip + length > maxWidth ? lastCharacters(line.slice(0, start), lead) : line.slice(0, start);
  const after = line.slice(end, end + 2 * maxWidth);
  return {
    before: { text: before, cut: before.length < start },
    marked: { text: line.slice(start, end), cut: shownLength < length },
    after: { text: after, cut: end + after.length < line.length },
  };
}

/** Offset after so many characters from an offset. */
function offsetOf(line: string, from: number, characters: number): number {
  if (!hasPairs(line)) return Math.min(line.length, from + characters);
  let offset = from;
  let left = characters;
  // In lines of megabytes, most is plain: a stretch without surrogates has as many code units as characters.
  while (left > 0 && offset < line.length) {
    const stretch = line.slice(offset, offset + left);
    const surrogate = stretch.search(/[\ud800-\udbff][\udc00-\udfff]/);
    if (surrogate === -1) return offset + stretch.length;
    offset += surrogate + 2;
    left -= surrogate + 1;
  }
  return offset;
}

/** The line that was looked at last: a thousand findings may be about one line of megabytes. */
let last = { line: "", hasPairs: false };

function hasPairs(line: string): boolean {
  if (last.line !== line) last = { line, hasPairs: /[\ud800-\udbff][\udc00-\udfff]/.test(line) };
  return last.hasPairs;
}

function lastCharacters(text: string, count: number): string {
  return Array.from(text.slice(-2 * count))
    .slice(-count)
    .join("");
}

/**
 * Text that a terminal shows as it is: what would move the cursor, hide text or turn it round (controls, bidirectional and
 * zero-width characters) is written out, as `<U+202E>`. (Not as `\u202e`, which is what a description may well have in its text.)
 * Scripts do the same: templates/lib/text.sh.
 */
export function safe(text: string): string {
  if (printable.test(text)) return text;
  return replaceUnseen(text, (character) => {
    if (character === "\t") return "  ";
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `<U+${code.padStart(4, "0")}>`;
  });
}

/** Replaces each character that cannot be seen, or that a terminal would act upon; line ends and tabs are among them. */
export function replaceUnseen(text: string, replacement: (character: string) => string): string {
  return text.replace(
    /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu,
    replacement,
  );
}
