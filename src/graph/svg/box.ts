import type { Box } from "../picture.ts";
import { textWidth } from "./metrics.ts";
import { plainSize, type Sheet } from "./sheet.ts";

const padding = 10;
const titleSize = 14;
const lineHeight = 16;

/** The width in which nothing of a box has to be cut. */
export function naturalWidth({ title, roles, lines }: Box): number {
  const widths = [roles, ...lines].map((line) => textWidth(line, plainSize));
  return Math.max(textWidth(title, titleSize), ...widths) + 2 * padding;
}

export function heightOf({ roles, lines }: Box): number {
  return 2 * padding + titleSize + lineHeight * (lines.length + (roles === "" ? 0 : 1));
}

export function drawBox(
  { title, roles, lines, kind, mark }: Box,
  sheet: Sheet,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  sheet.rect(kind, x, y, width, height, mark !== undefined);
  const room = width - 2 * padding;
  sheet.text(title, x + padding, y + padding + 11, { size: titleSize, bold: true, width: room });
  const texts = [...(roles === "" ? [] : [roles]), ...lines];
  for (const [index, line] of texts.entries()) {
    const at = y + padding + titleSize + lineHeight * (index + 1) - 4;
    sheet.text(line, x + padding, at, { width: room, dim: roles !== "" && index === 0 });
  }
}
