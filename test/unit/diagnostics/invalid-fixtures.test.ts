import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { catalogue, type LocatedDiagnostic } from "../../../src/diagnostics/index.ts";
import { invalidFixtures } from "./fixtures.ts";

const fixtures = invalidFixtures();

/** The findings without the warnings that the fixture says it has besides. */
function apart(found: readonly LocatedDiagnostic[], besides: readonly string[]): readonly LocatedDiagnostic[] {
  return found.filter(({ code }) => !besides.includes(code));
}

test.each(Object.keys(catalogue))("%s has a fixture", (code) => {
  expect(fixtures.map((fixture) => fixture.code)).toContain(code);
});

describe.each(fixtures)("$file", ({ file, code, text, besides }) => {
  test("yields exactly its code", async () => {
    const { cluster, diagnostics } = await analyse(text, { file });
    const found = apart(diagnostics, besides);
    expect(diagnostics.map((one) => one.code)).toEqual(expect.arrayContaining([...besides]));
    expect(found.map((one) => `${one.code} ${one.message}`)).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
    expect(found[0]?.severity).toBe(catalogue[code].severity);
    if (catalogue[code].severity === "error") expect(cluster).toBeNull();
  });

  test("every position lies in the text", async () => {
    const { diagnostics } = await analyse(text, { file });
    const lines = text.split("\n");
    for (const { line, column, length } of diagnostics.flatMap((found) => [found, ...found.related])) {
      const characters = [...(lines[line - 1] ?? "")].length;
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(lines.length);
      expect(column).toBeGreaterThanOrEqual(1);
      // An empty file has one place; any other finding points to a character that is there.
      expect(column + length - 1).toBeLessThanOrEqual(Math.max(characters, 1));
    }
  });

  test("says a message and a remedy", async () => {
    const { diagnostics } = await analyse(text, { file });
    for (const { message, hint } of diagnostics) {
      expect(message).toMatch(/^\S.*[^.\s]$/s);
      expect(hint).not.toBe("");
    }
  });
});

const marked = fixtures.flatMap(({ expected, ...fixture }) => (expected === null ? [] : [{ ...fixture, expected }]));

test.each(marked)("$file points to what would have to change", async ({ file, text, besides, expected }) => {
  const { diagnostics } = await analyse(text, { file });
  const [found] = apart(diagnostics, besides);
  expect(found && { line: found.line, column: found.column }).toEqual(expected);
});

test.each(marked.filter(({ file }) => file.endsWith(".json")))(
  "$file says the same without comments",
  async (fixture) => {
    const { file, text } = fixture;
    const bare = text.replace(/^\/\/.*$|\/\*here\*\//gm, (comment) => " ".repeat(comment.length));
    const [withComments, without] = await Promise.all([analyse(text, { file }), analyse(bare, { file })]);
    expect(without.diagnostics).toEqual(withComments.diagnostics);
  },
);
