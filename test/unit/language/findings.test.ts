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

/** What stands within quotes, or between braces or brackets with a quoted key or text in them. */
const code = /"(?:[^"\\]|\\.)*"|"\uff1a ?[{["0-9]|[{[] ?"[^\p{Script=Han}]*[}\]]/gu;

test("code in a remedy stays what can be pasted", async () => {
  const broken: string[] = [];
  let count = 0;
  for (const { file, text } of invalidFixtures())
    for (const { hint } of (await analyse(text, { file })).diagnostics) {
      const said = chinese.finding(hint);
      for (const [one] of said.matchAll(code)) {
        count++;
        if (/[\uff00-\uffef\u3001\u3002]/.test(one) && !hint.includes(one)) broken.push(said);
      }
      const pasted = (from: string): string[] => from.match(/[{[] ?".*[}\]]/g)?.filter(isJson) ?? [];
      if (pasted(hint).join() !== pasted(said).join()) broken.push(said);
    }
  expect(count).toBeGreaterThan(100);
  expect(broken).toEqual([]);
});

test.each([
  ['write { "host": "web1" }', '写 { "host": "web1" }'],
  ['write { "address": "10.20.0.21/24" }', '写 { "address": "10.20.0.21/24" }'],
  ['write { "type": "http" }', '写 { "type": "http" }'],
  ['write "check": { "type": "http" } of the service', '写服务的 "check": { "type": "http" }'],
  ['write "web-3": letters, digits, ., _ and -, up to 63 of them', '写 "web-3"：字母、数字、.、_ 和 -，最多 63 个'],
  ["write 80, without quotes", "写 80，不加引号"],
  ["write 3: the number alone, times in seconds", "写 3：只写数字，时间以秒为单位"],
  ['add "version", for example "version": 1', '增加 "version"，例如 "version": 1'],
  ['write [{ "vip": "192.0.2.1" }], with [ ] around it', '写 [{ "vip": "192.0.2.1" }]，两边加 [ ]'],
  ['write { "lvs1": { "address": … } }, each host by its name', '写 { "lvs1": { "address": … } }，每台主机以名称为键'],
  ["the description takes an object { … }, not a list", "描述文件的值应为对象 { … }，不是列表"],
  ['U+201C (a typographic quotation mark, \u201c) stands where " belongs', 'U+201C（弯引号\u201c）出现在应写 " 的位置'],
  ["U+FF1A (a full-width colon, \uff1a) stands where : belongs", "U+FF1A（全角冒号\uff1a）出现在应写 : 的位置"],
  ["the gateway of web1, a real server in NAT, is no director", "web1 是 NAT 方式的真实服务器，其网关不是调度器"],
])("%s", (english, text) => {
  expect(chinese.finding(english)).toBe(text);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

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
