/** What findings say in Chinese, of every code and of what a description can be mistaken in. */
import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { type Code, catalogue } from "../../../src/diagnostics/index.ts";
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
