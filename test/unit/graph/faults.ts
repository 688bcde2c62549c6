import type { Box, Drawing } from "./read-svg.ts";

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function isWithin(inner: Box, outer: Box): boolean {
  return (
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  );
}

/** What a reader would find ugly: text over text or over a line, anything that is cut, boxes that lie over each other. */
export function faultsOf({ width, height, texts, rects, lines, marks }: Drawing): string[] {
  const paper: Box = { what: "the paper", order: -1, left: 0, top: 0, right: width, bottom: height };
  const frames = [...rects, ...marks];
  const isCovered = (line: Box, text: Box): boolean =>
    marks.some((mark) => isWithin(text, mark) && mark.order > line.order && mark.order < text.order);
  return [
    ...[...texts, ...frames, ...lines].filter((box) => !isWithin(box, paper)).map(({ what }) => `${what} is cut`),
    ...pairs(texts)
      .filter(([a, b]) => overlap(a, b))
      .map(([a, b]) => `"${a.what}" lies over "${b.what}"`),
    ...texts.flatMap((text) =>
      lines
        .filter((line) => overlap(text, line) && !isCovered(line, text))
        .map(({ what }) => `${what} goes through "${text.what}"`),
    ),
    ...texts.flatMap((text) =>
      frames
        .filter((frame) => overlap(text, frame) && !isWithin(text, frame))
        .map(({ what }) => `"${text.what}" goes over the border of ${what}`),
    ),
    ...texts.flatMap((text) =>
      frames
        .filter((frame) => isWithin(text, frame) && frame.order > text.order)
        .map(({ what }) => `"${text.what}" is below ${what}`),
    ),
    ...pairs(frames)
      .filter(([a, b]) => overlap(a, b) && !isWithin(a, b) && !isWithin(b, a))
      .map(([a, b]) => `${a.what} lies over ${b.what}`),
  ];
}

function pairs(boxes: readonly Box[]): [Box, Box][] {
  return boxes.flatMap((a, index) => boxes.slice(index + 1).map((b): [Box, Box] => [a, b]));
}
