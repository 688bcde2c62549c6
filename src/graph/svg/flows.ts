/** What goes between the tiers, at their right side: requests down, replies up, each on a line of its own. */
import type { Picture } from "../picture.ts";
import type { Sheet } from "./sheet.ts";
import type { Frame } from "./vip-frame.ts";

export interface Edges {
  /** The right side of the tiers. */
  readonly x: number;
  /** That of the frame of the VIPs. */
  readonly frame: number;
  readonly clients: Frame;
  readonly vips: Frame;
  /** Null: the directors serve themselves. */
  readonly servers: Frame | null;
  readonly nfs: Frame | null;
}

/** Room that the lines take beside the tiers. */
export const flowsWidth = 84;

interface Flow {
  readonly number: number;
  readonly kind: "request" | "reply" | "share";
  readonly text: string;
}

/** Draws the lines; no two cross, since who arrives higher leaves further out. */
export function drawFlows(picture: Picture, sheet: Sheet, edges: Edges): readonly Flow[] {
  const { x, clients, vips, servers, nfs } = edges;
  const [inner, middle, outer] = [x + 18, x + 44, x + 70];
  const flows: Flow[] = [{ number: 1, kind: "request", text: "requests: to the VIP, and on to a real server" }];
  // The frame of the VIPs stands within its tier.
  const side = (y: number): number => (y > vips.top && y < vips.bottom ? edges.frame : x);
  const arrow = (kind: Flow["kind"], rail: number, from: number, to: number): void =>
    sheet.arrow(kind, [
      [side(from), from],
      [rail, from],
      [rail, to],
      [side(to), to],
    ]);
  arrow("request", inner, clients.bottom - 14, vips.top + 14);
  sheet.mark(1, inner, halfway(clients.bottom - 14, vips.top + 14));
  if (servers !== null) {
    arrow("request", inner, vips.bottom - 14, servers.top + 14);
    sheet.mark(1, inner, halfway(vips.bottom - 14, servers.top + 14));
  }
  const passing = picture.replies.get("director");
  if (passing !== undefined) {
    const number = flows.length + 1;
    flows.push({ number, kind: "reply", text: `replies, ${passing}: by the director` });
    if (servers !== null && passing.includes("NAT")) {
      arrow("reply", middle, servers.top + 32, vips.bottom - 32);
      sheet.mark(number, middle, halfway(servers.top + 32, vips.bottom - 32));
    }
    arrow("reply", middle, vips.top + 32, clients.bottom - 32);
    sheet.mark(number, middle, halfway(vips.top + 32, clients.bottom - 32));
  }
  const direct = picture.replies.get("direct");
  if (direct !== undefined && servers !== null) {
    const number = flows.length + 1;
    flows.push({ number, kind: "reply", text: `replies, ${direct}: straight to the clients, not by the director` });
    arrow("reply", outer, servers.top + 50, clients.bottom - 50);
    sheet.mark(number, outer, halfway(vips.top, vips.bottom));
  }
  if (nfs !== null && servers !== null && picture.mounting.length > 0) {
    const number = flows.length + 1;
    flows.push({ number, kind: "share", text: "NFS: shares that real servers mount" });
    arrow("share", inner, nfs.top + 14, servers.bottom - 14);
    sheet.mark(number, inner, halfway(nfs.top + 14, servers.bottom - 14));
  }
  return flows;
}

function halfway(a: number, b: number): number {
  return Math.round((a + b) / 2);
}

/** What each numbered line is, with a piece of it. */
export function drawLegend(flows: readonly Flow[], sheet: Sheet, x: number, y: number): number {
  let at = y;
  for (const { number, kind, text } of flows) {
    sheet.mark(number, x + 9, at + 9);
    sheet.arrow(kind, [
      [x + 26, at + 9],
      [x + 86, at + 9],
    ]);
    sheet.text(text, x + 98, at + 13);
    at += 22;
  }
  return at;
}
