import type { Position } from "./diagnostic.ts";
import { columns, printable } from "./width.ts";

/** How many columns of a line are shown where no terminal says how many it has; a minified description is one line of megabytes. */
export const usualWidth = 120;

/** Less than that shows nothing. */
const leastWidth = 16;

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

/**
 * The part of a line around a position that fits into so many columns, with `…` where it was cut, and where its carets go.
 * Characters that cannot be seen are written out.
 */
export function excerptOf(line: string, { column, length }: Position, width = usualWidth): Excerpt {
  const limit = Math.max(width, leastWidth);
  const start = offsetOf(line, 0, column - 1);
  const end = offsetOf(line, start, Math.min(length, limit));
  const before = cellsOf(line.slice(Math.max(0, start - reach * limit), start));
  const marked = cellsOf(line.slice(start, end));
  const after = cellsOf(line.slice(end, end + reach * limit));
  const isNear = columnsOf(before) <= limit / 3 || columnsOf(before) + columnsOf(marked) < limit;
  const isCut = start > reach * limit || !isNear;
  const shownBefore = isCut ? lastCells(before, Math.floor(limit / 3) - 1) : before;
  const lead = columnsOf(shownBefore) + (isCut ? 1 : 0);
  // What is cut at the end needs a column to say so.
  const isWhole = offsetOf(line, start, length) === end && columnsOf(marked) <= limit - lead;
  const fitsWhole =
    isWhole && end + reach * limit >= line.length && lead + columnsOf(marked) + columnsOf(after) <= limit;
  const shownMarked = fitsWhole ? marked : firstCells(marked, limit - lead - 1);
  const shownAfter = fitsWhole ? after : firstCells(after, isWhole ? limit - lead - columnsOf(marked) - 1 : 0);
  const text = [...shownBefore, ...shownMarked, ...shownAfter].map((cell) => cell.text).join("");
  return {
    text: `${isCut ? "…" : ""}${text}${fitsWhole ? "" : "…"}`,
    indent: lead,
    width: Math.max(1, columnsOf(shownMarked)),
  };
}

/** Characters of a line for each column that is shown: some take none. */
const reach = 2;

/** A character as a terminal shows it. */
interface Cell {
  readonly text: string;
  readonly columns: number;
}

function cellsOf(part: string): Cell[] {
  // A slice may begin with the second half of a character.
  const whole = part.replace(/^[\udc00-\udfff]/, "");
  return Array.from(whole, (character) => {
    const text = safe(character);
    return { text, columns: columns(text) };
  });
}

function columnsOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.columns, 0);
}

function firstCells(cells: readonly Cell[], limit: number): readonly Cell[] {
  let used = 0;
  const end = cells.findIndex((cell) => {
    used += cell.columns;
    return used > limit;
  });
  return end === -1 ? cells : cells.slice(0, end);
}

/** The last of them; an accent stays with the letter that it is set over. */
function lastCells(cells: readonly Cell[], limit: number): readonly Cell[] {
  let used = 0;
  let start = cells.length;
  while (start > 0 && used + (cells[start - 1]?.columns ?? 0) <= limit) used += cells[--start]?.columns ?? 0;
  while (cells[start]?.columns === 0) start++;
  return cells.slice(start);
}

/** Offset after so many characters from an offset. */
function offsetOf(line: string, from: number, characters: number): number {
  if (!hasPairs(line)) return Math.min(line.length, from + characters);
  let offset = from;
  let left = characters;
  // In lines of megabytes, most is plain: a stretch without surrogates has as many code units as characters.
  while (left > 0 && offset < line.length) {
    // One more, for the pair that begins with the last of them.
    const stretch = line.slice(offset, offset + left + 1);
    const surrogate = stretch.search(/[\ud800-\udbff][\udc00-\udfff]/);
    if (surrogate === -1) return offset + Math.min(left, stretch.length);
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

/**
 * Text that a terminal shows as it is: what would move the cursor, hide text or turn it round (controls, bidirectional and
 * zero-width characters) is written out, as `<U+202E>`. (Not as `\u202e`, which is what a description may well have in its text.)
 * Scripts do the same: templates/runtime/engine/text.sh.
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
