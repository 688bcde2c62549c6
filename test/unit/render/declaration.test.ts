import { describe, expect, test } from "vitest";
import type { Script } from "../../../src/plan/script.ts";
import type { Want } from "../../../src/plan/want.ts";
import { sectionViews } from "../../../src/render/declaration.ts";

type Part = Pick<Want, "words" | "body">;

/** Sections of a script whose hosts each have one section with these lines; how its hosts go together. */
function groups(...hosts: readonly (readonly Part[])[]): readonly (readonly string[])[] {
  const script = {
    role: "director",
    realServers: [],
    hosts: hosts.map((parts, index) => ({
      host: { name: `h${index}` },
      sections: [{ title: "t", wants: parts.map((part) => ({ verb: "want", ...part })) }],
    })),
  } as unknown as Script;
  const [section] = sectionViews(script, (content) => ("text" in content ? content.text : ""));
  return section?.arms.map((arm) => arm.hosts) ?? [];
}

const line = (words: readonly string[], body: Part["body"] = null): Part => ({ words, body });

describe("hosts with the same lines of a section", () => {
  test("stand together, in the order of the first of each", () => {
    const same = [line(["file", "/a"], { text: "x\n" })];
    expect(groups(same, [line(["file", "/b"])], structuredClone(same))).toEqual([["h0", "h2"], ["h1"]]);
  });

  test("and long texts, be they one list of chunks or several", () => {
    const chunks = ["a\n", "b\n"];
    const of = (...all: readonly string[]) => [line(["file", "/a"], { chunks: all })];
    expect(groups([line(["file", "/a"], { chunks })], of("a\n", "b\n"), of("a\n"), of("a\n", "c\n"))).toEqual([
      ["h0", "h1"],
      ["h2"],
      ["h3"],
    ]);
  });

  test.each<[string, readonly Part[], readonly Part[]]>([
    ["words that end elsewhere", [line(["a", "bc"])], [line(["ab", "c"])]],
    ["a word that is empty", [line(["a", ""])], [line(["a"])]],
    ["a line that looks like words", [line(["a", "", "", "", "want", "b"])], [line(["a"]), line(["b"])]],
    ["no text, and an empty one", [line(["a"])], [line(["a"], { text: "" })]],
    ["a text, and a word", [line(["a"], { text: "b" })], [line(["a", "b"])]],
    ["a text, and chunks", [line(["a"], { text: "0" })], [line(["a"], { chunks: ["0"] })]],
    ["another order", [line(["a"]), line(["b"])], [line(["b"]), line(["a"])]],
  ])("are told apart by %s", (_name, one, other) => {
    expect(groups(one, other)).toEqual([["h0"], ["h1"]]);
  });
});
