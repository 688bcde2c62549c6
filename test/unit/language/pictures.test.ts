/** Pictures in Chinese are drawn as those in English: nothing overlaps, and Mermaid reads them. */
import DOMPurify from "dompurify";
import mermaid from "mermaid";
import { expect, test } from "vitest";
import { draw } from "../../../src/graph/index.ts";
import { wrap } from "../../../src/graph/svg/metrics.ts";
import { chinese } from "../../../src/language/zh/index.ts";
import { faultsOf } from "../graph/faults.ts";
import { examples, exampleText, pictureOf } from "../graph/pictures.ts";
import { readSvg } from "../graph/read-svg.ts";

// Mermaid's parser cleans labels as it reads them; without a browser there is nothing that could.
DOMPurify.addHook = () => {};
DOMPurify.sanitize = ((text: string) => text) as typeof DOMPurify.sanitize;

test.each(examples)("%s: nothing overlaps or leaves its box", async (file) => {
  const drawn = draw(await pictureOf(exampleText(file)), "svg", chinese);
  expect(drawn).toMatch(/\p{Script=Han}/u);
  expect(faultsOf(readSvg(drawn))).toEqual([]);
});

test.each(examples)("%s: Mermaid reads it, and its source can be read", async (file) => {
  const text = draw(await pictureOf(exampleText(file)), "mermaid", chinese);
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: "flowchart-v2" });
  expect(text).toContain('subgraph tier2["真实服务器"]');
});

test("a line of Chinese ends behind any character, and never before punctuation that closes", () => {
  const lines = wrap("调度器看不到应答，直接到客户端（不经过它）。", 12 * 0.62 * 8, 12);
  expect(lines.join("")).toBe("调度器看不到应答，直接到客户端（不经过它）。");
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.filter((line) => /^[，。）]|（$/u.test(line))).toEqual([]);
});

test("what has no spaces in English is broken as before", () => {
  expect(wrap("one two three", 12 * 0.62 * 8, 12)).toEqual(["one two", "three"]);
});
