/** The manual pages in Chinese: right by the tools that read them, with all that the English ones have, and no English left. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { columns } from "../../../src/diagnostics/width.ts";
import { manTexts } from "../../../tools/man/texts-zh.mjs";
import { englishIn } from "../language/english-left.ts";
import { schemaTexts } from "../language/literals.ts";
import { faultsOf } from "../language/typography.ts";
import { file, pages, shown } from "./manual.ts";

const chinese = (page: string): string => file(`zh_CN/${page}`);

/** Options, keys, codes and words: what stands in bold before what is said of it, and commands below their headings. */
function terms(path: string): string[] {
  const source = readFileSync(path, "utf8");
  return [
    ...source.matchAll(/^\.TP\n(.*?)(?: \(|\\\[uFF08\]|$)/gm),
    ...source.matchAll(/^\.SS (lvsgen.*|[a-z]+)$/gm),
  ].map(([, term = ""]) => term);
}

describe.each(pages)("%s", (page) => {
  test("is right by mandoc's lint", () => {
    const { status, stdout, stderr } = spawnSync("mandoc", ["-T", "lint", chinese(page)], { encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("gives groff nothing to warn of", () => {
    const { status, stderr } = spawnSync("groff", ["-Tutf8", "-man", "-ww", "-z", chinese(page)], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("fits 80 columns, and its lines are filled", () => {
    const lines = shown(chinese(page)).split("\n");
    expect(lines.filter((line) => columns(line) > 80)).toEqual([]);
    // Between Han characters a line may end: of those that go on, many come near the margin.
    expect(lines.filter((line) => columns(line) >= 77).length).toBeGreaterThan(10);
  });

  test("has each term of the English one, in its order", () => {
    expect(terms(file(page)).length).toBeGreaterThan(40);
    expect(terms(chinese(page))).toEqual(terms(file(page)));
  });

  test("begins as man(7) has it, with the name that apropos looks for", () => {
    const [, heading, name] = /\n(名称)\n +(\S+) - \S.*\p{Script=Han}/u.exec(shown(chinese(page))) ?? [];
    expect([heading, name]).toEqual(["名称", page.replace(/\.[0-9]$/, "")]);
  });

  test("has no English left, and is set as Chinese is", () => {
    // Commands and values are in bold; examples stand as they are.
    const source = readFileSync(chinese(page), "utf8");
    const prose = source
      .replaceAll(/^\.EX\n[\s\S]*?^\.EE$/gm, "")
      .replaceAll(/^\.(?:TH|nr|nh|ad|nf|fi|TP|IP|PP|RS|RE|SS|SH).*$/gm, "")
      .replaceAll(/\\:(?:\\c\n)?/g, "")
      .replaceAll(/\\fB[\s\S]*?\\fR/g, "§")
      .replaceAll(/\\f[IR]/g, "")
      .replaceAll(/\\\[u([0-9A-F]{4,6})\]/g, (_all, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
      .replaceAll("\\(dq", '"')
      .replaceAll("\\-", "-");
    const lines = prose.split("\n").filter((line) => /\p{Script=Han}/u.test(line));
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.flatMap(englishIn)).toEqual([]);
    expect(lines.filter((line) => faultsOf(line).length > 0)).toEqual([]);
    const others = prose.split("\n").filter((line) => line !== "" && !/\p{Script=Han}/u.test(line));
    expect(others.flatMap(englishIn)).toEqual([]);
  });
});

test("what the pages say themselves is said by them in English", () => {
  const sources = readdirSync("tools/man")
    .filter((name) => name.endsWith(".mjs") && name !== "texts-zh.mjs")
    .map((name) => readFileSync(join("tools/man", name), "utf8"));
  const titles = schemaTexts().map((text) => text[0]?.toLowerCase() + text.slice(1));
  const written = [...sources, ...titles, ...schemaTexts()].join("\n");
  const composed = "LVS cluster description for lvsgen";
  expect(Object.keys(manTexts).filter((key) => key !== composed && !written.includes(key))).toEqual([]);
});
