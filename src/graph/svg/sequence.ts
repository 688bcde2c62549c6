/** The way of a packet there and back: who sends it from left to right, arrow by arrow downwards. */
import type { Actor, Hop, PacketWay } from "../picture.ts";
import { textWidth, wrap } from "./metrics.ts";
import { plainSize, type Sheet } from "./sheet.ts";

/** Where each stands, and between which edges its box may lie. */
const places = {
  client: { x: 90, left: 16, right: 164 },
  director: { x: 460, left: 180, right: 578 },
  server: { x: 830, left: 594, right: 904 },
} as const satisfies Record<Actor, unknown>;

const lineHeight = 15;
const titleSize = 14;
const padding = 8;

/**
 * Draws it below `y`.
 *
 * @returns where it ends
 */
export function drawWay({ title, actors, hops }: PacketWay, sheet: Sheet, y: number): number {
  sheet.text(title, places.client.left, y + titleSize, { size: titleSize, bold: true, width: 888 });
  const top = y + titleSize + 12;
  const height = 2 * padding + lineHeight * Math.max(...Object.values(actors).map((lines) => lines?.length ?? 0));
  for (const [actor, lines] of Object.entries(actors)) {
    if (lines !== null) drawActor(actor as Actor, lines, sheet, top, height);
  }
  let at = top + height;
  for (const hop of hops) {
    const bottom = drawHop(hop, sheet, at + 10);
    // Who is not part of a hop has no line there: nothing passes it.
    for (const actor of ["client", "director", "server"] as const) {
      if (actors[actor] === null || isPassedBy(actor, hop)) continue;
      const { x } = places[actor];
      sheet.line("life", [
        [x, at],
        [x, bottom],
      ]);
    }
    at = bottom;
  }
  return at;
}

/** Whether the arrow goes over the place of the actor without touching it. */
function isPassedBy(actor: Actor, { from, to }: Hop): boolean {
  return actor === "director" && from !== actor && to !== actor;
}

function drawActor(actor: Actor, lines: readonly string[], sheet: Sheet, y: number, height: number): void {
  const { x, left, right } = places[actor];
  const wanted = Math.max(...lines.map((line) => textWidth(line, plainSize))) + 2 * padding;
  const width = Math.min(wanted, right - left);
  // In the middle where it has room to both sides.
  const start = Math.max(left, Math.min(x - Math.floor(width / 2), right - width));
  sheet.rect("actor", start, y, width, height);
  for (const [index, line] of lines.entries()) {
    const at = y + padding + lineHeight * (index + 1) - 4;
    sheet.text(line, start + padding, at, { width: width - 2 * padding, bold: index === 0 });
  }
}

function drawHop({ from, to, isReply, packet, note }: Hop, sheet: Sheet, y: number): number {
  const [start, end] = [places[from].x, places[to].x];
  const middle = (start + end) / 2;
  const room = Math.abs(end - start) - 20;
  let at = y;
  const write = (text: string, dim: boolean): void => {
    for (const line of wrap(text, room, plainSize).filter((one) => one !== "")) {
      at += lineHeight;
      sheet.text(line, middle, at, { anchor: "middle", dim });
    }
  };
  for (const line of packet) write(line, false);
  at += 10;
  sheet.arrow(isReply ? "reply" : "request", [
    [start, at],
    [end, at],
  ]);
  at += 4;
  write(note, true);
  return at + 8;
}
