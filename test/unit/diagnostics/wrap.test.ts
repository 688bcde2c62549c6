/** Where lines of sentences end, in English and in Chinese. */
import { expect, test } from "vitest";
import { columns } from "../../../src/diagnostics/width.ts";
import { brokenLines, wrapColumns } from "../../../src/diagnostics/wrap.ts";

const chinese = "见旧部署包的 OPERATIONS.md，“更换虚拟 IP”一节（如果不允许中断）：执行 build。";
/** Wide enough for its longest word with the punctuation behind it. */
const limits = Array.from({ length: 40 }, (_, index) => 18 + index);

test.each(limits)("in %i columns no line begins with what closes, nor ends with what opens", (limit) => {
  const lines = brokenLines(chinese, { columns: limit, start: 0, indent: 0 });
  expect(lines.slice(1).filter((line) => /^[”，。：）]/.test(line))).toEqual([]);
  expect(lines.slice(0, -1).filter((line) => /[“（]$/.test(line))).toEqual([]);
  expect(lines.filter((line) => columns(line) > limit)).toEqual([]);
  expect(lines.join("").replaceAll(" ", "")).toBe(chinese.replaceAll(" ", ""));
});

test("further lines have less room, and the first what is left of it", () => {
  const text = "one two  three fourfourfourfour";
  expect(brokenLines(text, { columns: 12, start: 6, indent: 4 })).toEqual(["one", "two", "three", "fourfourfourfour"]);
  expect(brokenLines(text, { columns: null, start: 6, indent: 4 })).toEqual([text]);
  expect(wrapColumns(text, 14)).toEqual(["one two  three", "fourfourfourfour"]);
});

test("a word that has no room behind what stands before it begins a line", () => {
  expect(brokenLines("overlong", { columns: 10, start: 5, indent: 2 })).toEqual(["", "overlong"]);
  expect(brokenLines("overlong", { columns: 10, start: 2, indent: 2 })).toEqual(["overlong"]);
});
