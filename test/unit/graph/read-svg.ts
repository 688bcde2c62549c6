/**
 * SVG as lvsgen draws it, read strictly: a small part of XML, and only the elements and attributes that a picture has. Anything else throws.
 * From the elements come the boxes that a viewer would fill.
 */
import { columns } from "../../../src/diagnostics/width.ts";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** The text directly in it. */
  readonly text: string;
}

export interface Box {
  readonly what: string;
  /** What has a higher one is drawn over it. */
  readonly order: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Drawing {
  readonly root: Element;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly Box[];
  readonly rects: readonly Box[];
  /** Pieces of lines and arrow heads. */
  readonly lines: readonly Box[];
  /** Circles with a number, which cover the lines below them. */
  readonly marks: readonly Box[];
}

const allowed: Readonly<Record<string, readonly string[]>> = {
  svg: ["xmlns", "class", "viewBox", "width", "height", "role"],
  title: [],
  desc: [],
  style: [],
  rect: ["class", "x", "y", "width", "height", "rx"],
  path: ["class", "d"],
  circle: ["class", "cx", "cy", "r"],
  text: ["x", "y", "font-size", "text-anchor", "class", "textLength", "lengthAdjust"],
};

export function readSvg(text: string): Drawing {
  const root = parse(text);
  const [x, y, width = 0, height = 0] = (root.attributes["viewBox"] ?? "").split(" ").map(Number);
  if (root.name !== "svg" || x !== 0 || y !== 0 || !(width > 0 && height > 0)) throw new Error("no picture");
  const boxes = (name: string, boxesOf: (element: Element) => readonly Omit<Box, "order">[]): Box[] =>
    root.children.flatMap((element, order) =>
      element.name === name ? boxesOf(element).map((box) => ({ ...box, order })) : [],
    );
  return {
    root,
    width,
    height,
    texts: boxes("text", textBox),
    rects: boxes("rect", rectBox),
    lines: boxes("path", lineBoxes),
    marks: boxes("circle", markBox),
  };
}

/** Every text that is shown. */
export function shownTexts({ root }: Drawing): string[] {
  return root.children.filter(({ name }) => name === "text").map(({ text }) => text);
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function decoded(text: string): string {
  if (/(?![\t\n])[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(text)) throw new Error(`no character of XML in ${text}`);
  if (/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) throw new Error(`markup in ${text}`);
  return text.replaceAll(/&([a-z#0-9]+);/g, (_, name: string) => entities[name] ?? "");
}

function parse(text: string): Element {
  const stack: { name: string; attributes: Record<string, string>; children: Element[]; text: string }[] = [];
  const token = /<(\/)?([a-z]+)((?: [a-zA-Z-]+="[^"<]*")*)(\/)?>|([^<]+)/gy;
  let root: Element | null = null;
  let end = 0;
  for (const match of text.matchAll(token)) {
    if (match.index !== end) break;
    end += match[0].length;
    const [, closes, name = "", attributes = "", isEmpty, content] = match;
    if (content !== undefined) {
      const inside = stack.at(-1);
      if (inside === undefined && content !== "\n") throw new Error("text outside");
      if (inside !== undefined) inside.text += decoded(content);
      continue;
    }
    if (closes === undefined) stack.push({ name, attributes: attributesOf(name, attributes), children: [], text: "" });
    if (closes === undefined && isEmpty === undefined) continue;
    const done = stack.pop();
    if (done === undefined || done.name !== name) throw new Error(`</${name}> ends nothing`);
    const outer = stack.at(-1);
    if (outer !== undefined) outer.children.push(done);
    else if (root === null) root = done;
    else throw new Error("two roots");
  }
  if (end !== text.length || root === null || stack.length > 0)
    throw new Error(`no XML at ${text.slice(end, end + 80)}`);
  return root;
}

function attributesOf(name: string, text: string): Record<string, string> {
  const known = allowed[name];
  if (known === undefined) throw new Error(`an element ${name}`);
  const attributes: Record<string, string> = {};
  for (const [, key = "", value = ""] of text.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g)) {
    if (!known.includes(key) || key in attributes) throw new Error(`${name} with ${key}`);
    attributes[key] = decoded(value);
  }
  return attributes;
}

function number(value: string | undefined): number {
  if (value === undefined || !/^-?[0-9]+$/.test(value)) throw new Error(`no whole number: ${value}`);
  return Number(value);
}

/** As the widest of the fonts has it: DejaVu Sans Mono, 0.602 of the size a column, and as high as its ascenders and descenders reach. */
function textBox({ attributes, text }: Element): Omit<Box, "order">[] {
  const size = number(attributes["font-size"]);
  const [x, y] = [number(attributes["x"]), number(attributes["y"])];
  const width =
    attributes["textLength"] === undefined ? columns(text) * size * 0.602 : number(attributes["textLength"]);
  const before = { start: 0, middle: width / 2, end: width }[attributes["text-anchor"] ?? "start"] ?? Number.NaN;
  return [{ what: text, left: x - before, right: x - before + width, top: y - 0.93 * size, bottom: y + 0.24 * size }];
}

function rectBox({ attributes }: Element): Omit<Box, "order">[] {
  if (attributes["class"] === "paper") return [];
  const [left, top] = [number(attributes["x"]), number(attributes["y"])];
  const [right, bottom] = [left + number(attributes["width"]), top + number(attributes["height"])];
  return [{ what: `a ${attributes["class"]}`, left, top, right, bottom }];
}

function markBox({ attributes }: Element): Omit<Box, "order">[] {
  if (attributes["class"] !== "mark") return [];
  const [x, y, r] = [number(attributes["cx"]), number(attributes["cy"]), number(attributes["r"])];
  return [{ what: "a mark", left: x - r, top: y - r, right: x + r, bottom: y + r }];
}

function lineBoxes({ attributes }: Element): Omit<Box, "order">[] {
  const what = `a line ${attributes["class"]}`;
  const points: (readonly [number, number])[] = [];
  for (const [, command, first = "", second] of (attributes["d"] ?? "").matchAll(
    /([MLHVZ])(-?[0-9]+)?(?: (-?[0-9]+))?/g,
  )) {
    const [x, y] = points.at(-1) ?? [0, 0];
    if (command === "Z") points.push(points[0] ?? [0, 0]);
    else if (command === "H") points.push([number(first), y]);
    else if (command === "V") points.push([x, number(first)]);
    else points.push([number(first), number(second)]);
  }
  return points.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = points[index] ?? [0, 0];
    return {
      what,
      left: Math.min(x, fromX) - 1,
      right: Math.max(x, fromX) + 1,
      top: Math.min(y, fromY) - 1,
      bottom: Math.max(y, fromY) + 1,
    };
  });
}
