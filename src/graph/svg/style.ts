import type { LineKind, RectKind } from "./sheet.ts";

interface Shades {
  readonly paper: string;
  readonly band: string;
  readonly box: string;
  readonly ink: string;
  readonly dim: string;
  readonly frame: string;
  readonly request: string;
  readonly reply: string;
}

const light: Shades = {
  paper: "#ffffff",
  band: "#f2f4f6",
  box: "#ffffff",
  ink: "#15191e",
  dim: "#4d5661",
  frame: "#5c6670",
  request: "#0b4f9e",
  reply: "#9a3b00",
};

const dark: Shades = {
  paper: "#0f1318",
  band: "#1a2027",
  box: "#0f1318",
  ink: "#e8ecf0",
  dim: "#aab4bf",
  frame: "#93a0ad",
  request: "#7db6ff",
  reply: "#ffb37a",
};

/** Dashes and widths tell lines apart where there are no colours. */
const lines = {
  network: "stroke-width:4",
  request: "stroke-width:2.5",
  reply: "stroke-width:2.5;stroke-dasharray:7 4",
  share: "stroke-width:2;stroke-dasharray:2 4",
  link: "stroke-width:2",
  standby: "stroke-width:2;stroke-dasharray:2 4",
  life: "stroke-width:1",
} as const satisfies Record<LineKind, string>;

const rects = {
  tier: "stroke:none",
  host: "stroke-width:1.5",
  spare: "stroke-width:1.5;stroke-dasharray:7 4",
  foreign: "stroke-width:1.5;stroke-dasharray:2 3",
  vips: "stroke-width:3",
  actor: "stroke-width:1.5",
} as const satisfies Record<RectKind, string>;

/**
 * Fonts that every system has, no reference to anything outside, and colours for both kinds of screen. Every rule is below the
 * class of the picture, or holds only where the picture is the whole document, so that it can stand in a page.
 */
export function styleSheet(): string {
  return `<style>
svg:root{max-width:100%;height:auto}
${rule("text", `font-family:"DejaVu Sans Mono","Liberation Mono",Menlo,Consolas,monospace;white-space:pre`)}
${rule(".bold", "font-weight:bold")}
${rule("path", "fill:none")}
${Object.entries(lines)
  .map(([kind, look]) => rule(`.${kind}`, look))
  .join("\n")}
${Object.entries(rects)
  .map(([kind, look]) => rule(`.${kind}`, look))
  .join("\n")}
${rule(".marked", "stroke-width:4")}
${rule(".mark", "stroke-width:1.5")}
${colours(light)}
@media (prefers-color-scheme:dark){
${colours(dark)}
}
</style>`;
}

function colours({ paper, band, box, ink, dim, frame, request, reply }: Shades): string {
  return [
    `svg:root{background:${paper}}`,
    rule(".paper", `fill:${paper}`),
    rule("text", `fill:${ink}`),
    rule("text.dim", `fill:${dim}`),
    rule(".tier", `fill:${band}`),
    `.lvsgen .host,.lvsgen .spare,.lvsgen .foreign,.lvsgen .vips,.lvsgen .actor{fill:${box};stroke:${frame}}`,
    rule(".vips", `stroke:${ink}`),
    rule(".marked", `stroke:${ink}`),
    `.lvsgen .network,.lvsgen .link,.lvsgen .standby,.lvsgen .life{stroke:${frame}}`,
    rule(".dot", `fill:${frame}`),
    rule(".request", `stroke:${request}`),
    `.lvsgen .reply,.lvsgen .share{stroke:${reply}}`,
    rule(".head", `fill:${ink}`),
    rule(".mark", `fill:${box};stroke:${ink}`),
  ].join("\n");
}

function rule(selector: string, look: string): string {
  return `.lvsgen ${selector}{${look}}`;
}
