import type { Position } from "../diagnostics/index.ts";
import type { Span } from "./tree.ts";

const lineFeed = 10;
const carriageReturn = 13;

/** Longer than anyone wants to see marked. */
const maxLength = 1000;

/**
 * Turns offsets into lines and columns. The lines of the text are found when the first offset is asked for.
 * LF, CRLF and a lone CR end a line, as they do for editors.
 */
export function positionFinder(text: string): (span: Span) => Position {
  let index: { readonly lines: readonly number[]; readonly pairs: readonly number[] } | null = null;
  return ({ start, end }) => {
    index ??= { lines: lineStarts(text), pairs: surrogatePairs(text) };
    const { lines, pairs } = index;
    const line = lastAtOrBefore(lines, start);
    const shownEnd = endOnLine(text, start, Math.min(end, start + maxLength));
    return {
      line: line + 1,
      column: characters(pairs, lines[line] ?? 0, start) + 1,
      length: Math.max(1, characters(pairs, start, shownEnd)),
    };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(i + 1) !== lineFeed)) starts.push(i + 1);
  }
  return starts;
}

/** Offsets of the second halves of characters that take two code units. */
function surrogatePairs(text: string): number[] {
  return Array.from(text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g), ({ index }) => index + 1);
}

/** Number of characters in a range of code units. */
function characters(pairs: readonly number[], from: number, to: number): number {
  return to - from - (countBefore(pairs, to) - countBefore(pairs, from));
}

/** Number of values below a limit in a sorted list. */
function countBefore(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lastAtOrBefore(sorted: readonly number[], value: number): number {
  return countBefore(sorted, value + 1) - 1;
}

function endOnLine(text: string, start: number, end: number): number {
  let offset = start;
  while (offset < end && text.charCodeAt(offset) !== lineFeed && text.charCodeAt(offset) !== carriageReturn) offset++;
  return offset;
}
