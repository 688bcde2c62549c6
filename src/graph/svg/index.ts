/** A picture as SVG: tiers from the clients down, what goes between them, and the way of a packet by each method. */
import type { Language } from "../../language/index.ts";
import type { Box, Picture } from "../picture.ts";
import { drawFlows, drawLegend, flowsWidth } from "./flows.ts";
import { drawWay } from "./sequence.ts";
import { escapeXml, newSheet, type Sheet } from "./sheet.ts";
import { styleSheet } from "./style.ts";
import { type Bars, drawRows } from "./tier.ts";
import { drawVips, type Frame } from "./vip-frame.ts";

const width = 920;
const margin = 16;
const padding = 12;
const tierGap = 40;
const railGap = 12;
const mostRails = 6;

export function svg(picture: Picture, { picture: say }: Language): string {
  const sheet = newSheet();
  const bands: string[] = [];
  const { left, bars } = rails(picture);
  const right = width - margin - flowsWidth;
  const inner = { x: left + padding, width: right - left - 2 * padding };

  const tier = (title: string, y: number, draw: (y: number) => number): Frame => {
    sheet.text(say(title), inner.x, y + 20, { size: 13, dim: true });
    const bottom = draw(y + 32) + padding;
    bands.push(`<rect class="tier" x="${left}" y="${y}" width="${right - left}" height="${bottom - y}" rx="6"/>`);
    return { top: y, bottom };
  };
  const rows = (title: string, boxes: readonly Box[], y: number): Frame =>
    tier(title, y, (top) => drawRows(boxes, picture.segments, sheet, { ...inner, y: top, bars, say }).bottom);

  sheet.text(picture.cluster, margin, 34, { size: 20, bold: true });
  sheet.text(picture.summary, margin, 56, { size: 13, dim: true, width: width - 2 * margin });

  const clients = rows("Clients", picture.clients, 72);
  let vips: Frame = clients;
  const directors = tier("Directors", clients.bottom + tierGap, (top) => {
    const {
      placed,
      bottom,
      rows: count,
    } = drawRows(picture.directors, picture.segments, sheet, {
      ...inner,
      y: top,
      bars,
      say,
    });
    vips = drawVips(picture, sheet, { ...inner, y: bottom + 26 });
    if (count === 1) {
      for (const [index, box] of placed.entries()) {
        const x = box.x + Math.floor(box.width / 2);
        sheet.line(index === 0 || !picture.moves ? "link" : "standby", [
          [x, box.y + box.height],
          [x, vips.top],
        ]);
      }
    }
    return vips.bottom;
  });
  const servers = picture.servers.length > 0 ? rows("Real servers", picture.servers, directors.bottom + tierGap) : null;
  const nfs = picture.nfs.length > 0 ? rows("NFS", picture.nfs, (servers ?? directors).bottom + tierGap) : null;

  const last = nfs ?? servers ?? directors;
  const end = picture.gone.length > 0 ? rows("Gone with this change", picture.gone, last.bottom + tierGap) : last;

  joinBars(bars, sheet);
  const flows = drawFlows(picture, sheet, { x: right, frame: right - padding + 1, clients, vips, servers, nfs });
  let y = drawLegend(
    flows.map((flow) => ({ ...flow, text: say(flow.text) })),
    sheet,
    margin,
    end.bottom + 24,
  );
  for (const way of picture.ways) y = drawWay(way, sheet, y + 28);
  return document(say(`LVS cluster ${picture.cluster}`), picture, [...bands, ...sheet.elements()], y + margin);
}

/** Each segment that several tiers are in, or enough boxes of one for several rows, gets a place at the left for what joins its bars, as long as there is room. */
function rails({ segments, clients, directors, servers, nfs }: Picture): {
  readonly left: number;
  readonly bars: Bars;
} {
  const tiers = [clients, directors, servers, nfs];
  const isJoined = (segment: number): boolean => {
    const counts = tiers.map((boxes) => boxes.filter((box) => box.segments.includes(segment)).length);
    return counts.filter((count) => count > 0).length > 1 || counts.some((count) => count > 3);
  };
  const joined = segments
    .map((_, number) => number)
    .filter(isJoined)
    .slice(0, mostRails);
  const railOf = (segment: number): number | null => {
    const index = joined.indexOf(segment);
    return index === -1 ? null : margin + 4 + railGap * index;
  };
  const left = joined.length === 0 ? margin : margin + railGap * joined.length + 6;
  return { left, bars: { railOf, heights: new Map() } };
}

function joinBars({ railOf, heights }: Bars, sheet: Sheet): void {
  for (const [segment, at] of heights) {
    const x = railOf(segment);
    if (x === null || at.length < 2) continue;
    sheet.line("network", [
      [x, Math.min(...at)],
      [x, Math.max(...at)],
    ]);
    for (const y of at) sheet.dot(x, y);
  }
}

/** Its own size makes a page show it as large as its text is meant; the style makes it smaller where a window has less room. */
function document(title: string, { summary }: Picture, elements: readonly string[], height: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" class="lvsgen" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeXml(title)}</title>
<desc>${escapeXml(summary)}</desc>
${styleSheet()}
<rect class="paper" width="${width}" height="${height}"/>
${elements.join("\n")}
</svg>
`;
}
