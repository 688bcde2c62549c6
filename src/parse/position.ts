import type { Position } from "../diagnostics.ts";
import type { Span } from "./tree.ts";

const lineFeed = 10;
const carriageReturn = 13;

/**
 * Turns offsets into lines and columns. The lines of the text are found when the first offset is asked for.
 * LF, CRLF and a lone CR end a line, as they do for editors.
 */
export function positionFinder(text: string): (span: Span) => Position {
  let starts: readonly number[] | null = null;
  return ({ start, end }) => {
    starts ??= lineStarts(text);
    const line = lineOf(starts, start);
    const lineStart = starts[line] ?? 0;
    const lineEnd = endOfLine(text, start);
    return {
      line: line + 1,
      column: codePoints(text, lineStart, start) + 1,
      length: Math.max(1, codePoints(text, start, Math.min(end, lineEnd))),
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

/** Index of the last line that starts at or before the offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function endOfLine(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text.charCodeAt(end) !== lineFeed && text.charCodeAt(end) !== carriageReturn) end++;
  return end;
}

/** Number of characters in a range: a surrogate pair counts once. */
function codePoints(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    const isTrailing = code >= 0xdc00 && code <= 0xdfff && i > from && isLeadingSurrogate(text.charCodeAt(i - 1));
    if (!isTrailing) count++;
  }
  return count;
}

function isLeadingSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
