/** What findings say in Chinese, of every code and of what a description can be mistaken in. */
import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { type Code, catalogue } from "../../../src/diagnostics/index.ts";
import { findingCompositionsAndTitles, findingTexts } from "../../../src/language/zh/finding/index.ts";
import { chinese } from "../../../src/language/zh/index.ts";
import { invalidFixtures } from "../diagnostics/fixtures.ts";
import { englishIn } from "./english-left.ts";
import { faultsOf } from "./typography.ts";

describe.each(invalidFixtures())("$file", ({ file, text }) => {
  test("has no English left in message, remedy and what else is involved", async () => {
    const { diagnostics } = await analyse(text, { file });
    const texts = diagnostics.flatMap(({ message, hint, related }) => [
      message,
      hint,
      ...related.map((one) => one.message),
    ]);
    const said = texts.map((one) => [one, chinese.finding(one)] as const);
    // A name, or the value to write.
    const isData = (one: string): boolean => /^(?:[\w.:/-]+|IPv[46]|write ["[{].*)$/.test(one);
    expect(said.filter(([one, other]) => one === other && !isData(one))).toEqual([]);
    // The parser of YAML speaks English.
    const left = said.filter(([, one]) => englishIn(one).length > 0 && !one.startsWith("这不是 YAML："));
    expect(left).toEqual([]);
  });
});

describe.each(Object.keys(catalogue) as Code[])("%s", (code) => {
  const texts = Object.values(chinese.codes?.[code] ?? {});

  test("is explained in Chinese, in as many texts as in English", () => {
    expect(texts).toHaveLength(4);
    // A symptom may be what a program says, and nothing else.
    expect(texts.filter((text) => /\p{Script=Han}/u.test(text)).length).toBeGreaterThanOrEqual(3);
    expect(texts.slice(1).filter((text) => !/[。）]$/u.test(text))).toEqual([]);
    expect(texts[0]).not.toMatch(/。$/u);
  });

  test("has the same quotations, commands and numbers as in English", () => {
    const { title, why, symptom, fix } = catalogue[code];
    const quoted = (text: string): string[] => (text.match(/`[^`]*`|"[^"]*"/g) ?? []).sort();
    const [ours, theirs] = [texts.join(" "), [title, why, symptom, fix].join(" ")];
    expect(quoted(ours)).toEqual(quoted(theirs));
  });

  test("is set as Chinese is", () => {
    expect(texts.flatMap(faultsOf)).toEqual([]);
  });
});

/** Words that stand for themselves in findings, as a host may be called too. */
const words = [...findingTexts, ...findingCompositionsAndTitles]
  .flatMap(Object.keys)
  .filter((key) => /^[a-z]+$/.test(key));

test("a host is called by its name, whatever else that is a word for", async () => {
  const texts = new Set<string>();
  for (const { file, text } of invalidFixtures())
    for (const { message, hint, related } of (await analyse(text, { file })).diagnostics)
      for (const one of [message, hint, ...related.map((other) => other.message)])
        if (/\bweb1\b/.test(one)) texts.add(one);
  const named = (text: string, name: string): string => text.replaceAll(/\bweb1\b/g, name);
  const lost = [...texts].flatMap((text) =>
    words
      .map((word) => [chinese.finding(named(text, word)), named(chinese.finding(text), word)])
      .filter(([said, meant]) => said !== meant),
  );
  expect(texts.size).toBeGreaterThan(20);
  expect(words.length).toBeGreaterThan(20);
  expect(lost).toEqual([]);
});
