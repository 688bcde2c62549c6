/** A tier: its boxes in rows, over each row the networks that its boxes are in. */
import type { Say } from "../../language/index.ts";
import type { Box, Segment } from "../picture.ts";
import { drawBox, heightOf, naturalWidth } from "./box.ts";
import { wrap } from "./metrics.ts";
import { plainSize, type Sheet } from "./sheet.ts";

/** Where the bars of the segments are, so that those of one segment can be joined. */
export interface Bars {
  /** The x of the rail that joins a segment's bars; null: it has none. */
  readonly railOf: (segment: number) => number | null;
  /** By segment, the heights of its bars. */
  readonly heights: Map<number, number[]>;
}

/** Where rows are drawn, and in which language. */
interface Room {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly bars: Bars;
  readonly say: Say;
}

export interface Placed {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The least width of a box: over the first one a network's name has room. */
const leastWidth = 232;
const gap = 14;
/** Between the ends of two stubs. */
const stubGap = 14;
const labelHeight = 15;
/** A box that is in more segments shows those that others are in too. */
const mostSegments = 4;

/**
 * Draws the boxes below `y`, as many in a row as have room.
 *
 * @returns where each box is; the last row ends at the bottom of its tallest
 */
export function drawRows(
  boxes: readonly Box[],
  segments: readonly Segment[],
  sheet: Sheet,
  { x, y, width, bars, say }: Room,
): { readonly placed: readonly Placed[]; readonly bottom: number; readonly rows: number } {
  const shown = boxes.map((box) => withFewSegments(box, boxes, say));
  const widest = Math.max(leastWidth, ...shown.map(naturalWidth));
  const perRow = Math.max(1, Math.floor((width + gap) / (Math.min(widest, width) + gap)));
  const boxWidth = Math.min(widest, width);
  const placed: Placed[] = [];
  let top = y;
  let rows = 0;
  for (let from = 0; from < shown.length; from += perRow, rows++) {
    const row = shown.slice(from, from + perRow);
    if (from > 0) top += gap;
    const numbers = [...new Set(row.flatMap((box) => box.segments))].sort((a, b) => a - b);
    const height = Math.max(...row.map(heightOf));
    const columns = row.map((box, column) => ({ box, x: x + column * (boxWidth + gap), width: boxWidth, height }));
    const boxTop = drawBars(numbers, segments, columns, sheet, { x, y: top, width, bars, say });
    for (const column of columns) {
      drawBox(column.box, sheet, column.x, boxTop, boxWidth, height);
      placed.push({ ...column, y: boxTop });
    }
    top = boxTop + height;
  }
  return { placed, bottom: top, rows };
}

/** Stubs go down at the right end of each box, in the order of the bars, so that names have room at the left. */
function drawBars(
  numbers: readonly number[],
  segments: readonly Segment[],
  columns: readonly { readonly box: Box; readonly x: number; readonly width: number }[],
  sheet: Sheet,
  { x, y, width, bars, say }: Room,
): number {
  const stubX = (column: { readonly x: number; readonly width: number }, index: number): number =>
    column.x + column.width - 12 - stubGap * index;
  const stubs: { readonly x: number; readonly from: number }[] = [];
  let top = y;
  for (const [index, number] of numbers.entries()) {
    const joined = columns.filter(({ box }) => box.segments.includes(number));
    const ends = joined.map((column) => stubX(column, index));
    const rail = bars.railOf(number);
    const start = rail === null ? Math.min(...joined.map((column) => column.x)) : x;
    // What comes down from the bars above must not run through the name.
    const room = Math.min(x + width, ...stubs.filter((stub) => stub.x > start).map((stub) => stub.x - 8)) - start;
    const labels = wrap(say((segments[number]?.networks ?? []).join(", ")), room, plainSize).slice(0, 3);
    for (const [line, label] of labels.entries())
      sheet.text(label, start, top + labelHeight * (line + 1) - 3, { bold: true });
    const bar = top + labelHeight * labels.length + 3;
    sheet.line("network", [
      [rail ?? start, bar],
      [Math.max(...ends), bar],
    ]);
    for (const end of ends) stubs.push({ x: end, from: bar });
    bars.heights.set(number, [...(bars.heights.get(number) ?? []), bar]);
    top = bar + 5;
  }
  const bottom = numbers.length > 0 ? top + 9 : top;
  for (const stub of stubs) {
    sheet.line("link", [
      [stub.x, stub.from],
      [stub.x, bottom],
    ]);
    sheet.dot(stub.x, stub.from);
  }
  return bottom;
}

function withFewSegments(box: Box, boxes: readonly Box[], say: Say): Box {
  if (box.segments.length <= mostSegments) return box;
  const sharing = (segment: number): number => boxes.filter(({ segments }) => segments.includes(segment)).length;
  const byUse = [...box.segments].sort((a, b) => sharing(b) - sharing(a) || a - b);
  const kept = byUse.slice(0, mostSegments - 1);
  const left = box.segments.length - kept.length;
  return { ...box, segments: kept, lines: [...box.lines, say(`in ${left} more networks`)] };
}
