import { withoutHidden } from "../../hidden.ts";
import { isUnsteady, shortened, textWidth } from "./metrics.ts";

export type Point = readonly [x: number, y: number];

/** How a line is drawn; `style.ts` has what each looks like. */
export type LineKind = "network" | "request" | "reply" | "share" | "link" | "standby" | "life";
export type RectKind = "tier" | "host" | "spare" | "foreign" | "vips" | "actor";

export interface TextOptions {
  readonly size?: number;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly anchor?: "start" | "middle" | "end";
  /** The widest that it may be; longer texts are cut. */
  readonly width?: number;
}

/** A drawing under construction: elements in the order in which they cover each other, with whole numbers as coordinates. */
export interface Sheet {
  readonly rect: (kind: RectKind, x: number, y: number, width: number, height: number, isMarked?: boolean) => void;
  readonly text: (text: string, x: number, y: number, options?: TextOptions) => void;
  /** Horizontal and vertical pieces from point to point. */
  readonly line: (kind: LineKind, points: readonly Point[]) => void;
  /** A line with a head at its end. */
  readonly arrow: (kind: "request" | "reply" | "share", points: readonly Point[]) => void;
  readonly dot: (x: number, y: number) => void;
  /** A number in a circle. */
  readonly mark: (number: number, x: number, y: number) => void;
  readonly elements: () => readonly string[];
}

/** The size of texts that say nothing else. */
export const plainSize = 12;

export function newSheet(): Sheet {
  const elements: string[] = [];
  const line: Sheet["line"] = (kind, points) => {
    elements.push(`<path class="${kind}" d="${pathOf(points)}"/>`);
  };
  const text: Sheet["text"] = (full, x, y, { size = plainSize, bold, dim, anchor = "start", width } = {}) => {
    const shown = width === undefined ? full : shortened(full, width, size);
    const classes = [...(bold ? ["bold"] : []), ...(dim ? ["dim"] : [])].join(" ");
    const attributes = [
      `x="${x}" y="${y}" font-size="${size}"`,
      ...(anchor === "start" ? [] : [`text-anchor="${anchor}"`]),
      ...(classes === "" ? [] : [`class="${classes}"`]),
      ...(isUnsteady(shown) ? [`textLength="${textWidth(shown, size)}" lengthAdjust="spacingAndGlyphs"`] : []),
    ].join(" ");
    const title = shown === full ? "" : `<title>${escapeXml(full)}</title>`;
    elements.push(`<text ${attributes}>${title}${escapeXml(shown)}</text>`);
  };
  return {
    rect: (kind, x, y, width, height, isMarked = false) => {
      elements.push(
        `<rect class="${kind}${isMarked ? " marked" : ""}" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>`,
      );
    },
    text,
    line,
    arrow: (kind, points) => {
      line(kind, points);
      elements.push(`<path class="head" d="${headOf(points)}"/>`);
    },
    dot: (x, y) => {
      elements.push(`<circle class="dot" cx="${x}" cy="${y}" r="3"/>`);
    },
    mark: (number, x, y) => {
      elements.push(`<circle class="mark" cx="${x}" cy="${y}" r="9"/>`);
      text(String(number), x, y + 4, { anchor: "middle", bold: true });
    },
    elements: () => elements,
  };
}

function pathOf(points: readonly Point[]): string {
  let [lastX, lastY] = points[0] ?? [0, 0];
  let path = `M${lastX} ${lastY}`;
  for (const [x, y] of points.slice(1)) {
    path += y === lastY ? `H${x}` : x === lastX ? `V${y}` : `L${x} ${y}`;
    [lastX, lastY] = [x, y];
  }
  return path;
}

/** A triangle whose tip is the last point. */
function headOf(points: readonly Point[]): string {
  const [x, y] = points.at(-1) ?? [0, 0];
  const [fromX, fromY] = points.at(-2) ?? [0, 0];
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  const [backX, backY] = [x - 9 * dx, y - 9 * dy];
  return `M${x} ${y}L${backX - 5 * dy} ${backY - 5 * dx}L${backX + 5 * dy} ${backY + 5 * dx}Z`;
}

/** As text or the value of an attribute in XML, where control characters and halves of pairs may not be at all. */
export function escapeXml(text: string): string {
  if (/^[\w .,:;/()-]*$/.test(text)) return text;
  return withoutHidden(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
