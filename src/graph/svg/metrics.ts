/** How much room a text takes, whatever font of fixed width a viewer has: never less than it needs. */
import { columns, firstColumns, printable } from "../../diagnostics/width.ts";
import { partsOf } from "../../diagnostics/wrap.ts";

/** Widths of one column in parts of the font size: DejaVu, Liberation and Menlo have 0.602, Consolas 0.55. */
const column = 0.62;

export function textWidth(text: string, size: number): number {
  return Math.ceil(columns(text) * size * column);
}

/** The text, or as much of its beginning as has room, and an ellipsis. */
export function shortened(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const room = Math.floor(width / (size * column)) - 1;
  return `${firstColumns(text, Math.max(room, 0)).trimEnd()}…`;
}

/** The text in lines that shortened; a word that is longer than a line is cut. */
export function wrap(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    for (const [index, part] of partsOf(word).entries()) {
      const line = lines.at(-1);
      const longer = line === undefined ? part : `${line}${index === 0 ? " " : ""}${part}`;
      if (line !== undefined && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
      else lines.push(part);
    }
  }
  return lines.map((line) => shortened(line, width, size));
}

/** Letters that stand in their columns in every font: Latin, Greek, Cyrillic, the ellipsis, and what is wide in East Asia. */
const steady = /^[\x20-\x7e\u00a1-\u052f\u2026\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff5e]*$/;

/** Whether a viewer has to be told how long the text may become: scripts whose letters join, pictures, what a font lacks. */
export function isUnsteady(text: string): boolean {
  return !printable.test(text) && !steady.test(text);
}
