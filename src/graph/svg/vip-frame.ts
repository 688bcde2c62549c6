/** The frame with the virtual addresses and what is served at each. */
import type { Picture, ServiceRow, VipBlock } from "../picture.ts";
import { textWidth, wrap } from "./metrics.ts";
import { plainSize, type Sheet } from "./sheet.ts";

const padding = 12;
const lineHeight = 16;
const titleSize = 14;
const columnGap = 16;
const indent = 14;
/** The widest that a column may be, in pixels. */
const widestColumn = 190;

export interface Frame {
  readonly top: number;
  readonly bottom: number;
}

/** Draws the frame below `y`. */
export function drawVips(
  { holder, vips, moreVips }: Picture,
  sheet: Sheet,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): Frame {
  const room = width - 2 * padding;
  const columns = columnsOf(vips);
  const lines: { readonly height: number; readonly draw: (baseline: number) => void }[] = [];
  const add = (height: number, draw: (baseline: number) => void): void => {
    lines.push({ height, draw });
  };
  for (const line of wrap(holder, room, plainSize))
    add(lineHeight, (at) => sheet.text(line, x + padding, at, { dim: true }));
  for (const { title, services } of vips) {
    add(lineHeight + 8, (at) => sheet.text(title, x + padding, at, { size: titleSize, bold: true, width: room }));
    for (const row of services) {
      add(lineHeight, (at) => drawRow(row, columns, sheet, x + padding + indent, at));
      for (const line of wrap(row.notes.join("; "), room - 3 * indent, plainSize).filter((text) => text !== ""))
        add(lineHeight, (at) => sheet.text(line, x + padding + 3 * indent, at, { dim: true }));
    }
  }
  if (moreVips !== null) add(lineHeight + 4, (at) => sheet.text(moreVips, x + padding, at, { width: room }));
  // Two arrows come in and two go out at its side.
  const height = Math.max(
    lines.reduce((sum, line) => sum + line.height, 2 * padding),
    96,
  );
  sheet.rect("vips", x, y, width, height);
  let at = y + padding - 4;
  for (const line of lines) {
    at += line.height;
    line.draw(at);
  }
  return { top: y, bottom: y + height };
}

const cellsOf = ({ port, name, scheduler, methods, servers }: ServiceRow) => [port, name, scheduler, methods, servers];

function columnsOf(vips: readonly VipBlock[]): readonly number[] {
  const rows = vips.flatMap(({ services }) => services).map(cellsOf);
  return [0, 1, 2, 3, 4].map((column) =>
    Math.min(widestColumn, Math.max(0, ...rows.map((cells) => textWidth(cells[column] ?? "", plainSize)))),
  );
}

function drawRow(row: ServiceRow, columns: readonly number[], sheet: Sheet, x: number, baseline: number): void {
  let at = x;
  for (const [column, cell] of cellsOf(row).entries()) {
    const width = columns[column] ?? 0;
    sheet.text(cell, at, baseline, { width });
    at += width + columnGap;
  }
}
