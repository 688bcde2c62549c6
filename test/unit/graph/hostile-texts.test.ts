/** Whatever stands in a description: in a picture it is text and nothing else. */
import { describe, expect, test } from "vitest";
import { draw, type Picture } from "../../../src/graph/index.ts";
import { examples, exampleText, pictureOf } from "./pictures.ts";
import { readDot } from "./read-dot.ts";
import { readMermaid } from "./read-mermaid.ts";
import { readSvg, shownTexts } from "./read-svg.ts";

const hostile = [
  "<script>alert(1)</script>",
  '"><image href="http://x/"/>',
  "]]>&lt;&#60;<!--",
  "</text></svg><svg onload='x'>",
  "<?xml-stylesheet?><!ENTITY a 'b'>",
  '"] --> x; click x "javascript:alert(1)"',
  "%%{init: {}}%%\n```\n# Runbook",
  '"; } digraph { a [URL="http://x/"] \\',
  "&quot;&amp;\\N\\l",
  "`**bold**` <b>b</b> #35; #quot;",
  "\u0000\u0007\u001b[31m\u202e\u2028\ufffe\ud83d",
  "网页 ﷽ \u05d0\u05d1 🐧 a\u0301",
];

/** The picture with this in every text of it. */
function withText<T>(value: T, text: string): T {
  if (typeof value === "string") return `${text}${value}` as T;
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, withText(one, text)])) as T;
  if (Array.isArray(value)) return value.map((one) => withText(one, text)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, words.includes(key) ? one : withText(one, text)]),
  ) as T;
}

/** Members that are lvsgen's own words. */
const words = ["kind", "from", "to"];

/** What is never shown stands as its number. */
const visible = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cs}\u202e\u2028\ufffe]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

describe.each(hostile)("%j", (text) => {
  const everywhere = examples.map(async (file): Promise<Picture> => withText(await pictureOf(exampleText(file)), text));

  test("is text in SVG", async () => {
    for (const picture of await Promise.all(everywhere)) {
      const drawing = readSvg(draw(picture, "svg"));
      expect(shownTexts(drawing).join("\n")).toContain(visible(text));
      expect(drawing.root.children.find(({ name }) => name === "desc")?.text).toBe(visible(picture.summary));
    }
  });

  test("is text in Mermaid", async () => {
    for (const picture of await Promise.all(everywhere))
      expect(readMermaid(draw(picture, "mermaid")).join("\n")).toContain(visible(text));
  });

  test("is text in DOT", async () => {
    for (const picture of await Promise.all(everywhere))
      expect(readDot(draw(picture, "dot")).join("\n")).toContain(visible(text));
  });
});

test("an export's path is shown as it is, in every format", async () => {
  const path = '/srv/<b>&"网页"';
  const text = exampleText("examples/kgc.json").replaceAll('"/opt/kgc"', JSON.stringify(path));
  const picture = await pictureOf(text);
  for (const shown of [
    shownTexts(readSvg(draw(picture, "svg"))),
    readMermaid(draw(picture, "mermaid")),
    readDot(draw(picture, "dot")),
  ])
    expect(shown.join("\n")).toContain(`exports ${path}`);
});
