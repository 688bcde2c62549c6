import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { type LocatedDiagnostic, printDiagnostics, toJson } from "../../../src/diagnostics/index.ts";

function finding(overrides: Partial<LocatedDiagnostic>): LocatedDiagnostic {
  return {
    code: "UNKNOWN_HOST",
    severity: "error",
    message: "no host",
    hint: "add it",
    pointer: "/a",
    file: "cluster.json",
    line: 1,
    column: 1,
    length: 1,
    related: [],
    ...overrides,
  };
}

function printed(text: string, overrides: Partial<LocatedDiagnostic>): string[] {
  return printDiagnostics([finding(overrides)], { text, color: false }).split("\n");
}

test("place, excerpt, carets, related places and remedy", async () => {
  const text = `{
  "version": 1, "name": "kgc", "defaults": { "platform": "el7", "interface": "ens33" },
  "hosts": { "lvs1": { "address": "192.168.80.10/24" }, "web1": { "address": "192.168.80.12/24" },
             "web2": { "address": "192.168.80.13/24" } },
  "directors": ["lvs1"],
  "services": [{ "name": "web", "vip": "192.168.80.12", "port": 80,
                 "realservers": [{ "host": "web1" }, { "host": "web2" }] }]
}
`;
  const { diagnostics } = await analyse(text, { file: "conf/kgc.json" });
  expect(`\n${printDiagnostics(diagnostics, { text, color: false })}`).toBe(`
conf/kgc.json:6:40: error[VIP_IS_HOST_ADDRESS]: 192.168.80.12 is the address of web1
6 |   "services": [{ "name": "web", "vip": "192.168.80.12", "port": 80,
  |                                        ^^^^^^^^^^^^^^^
  :: conf/kgc.json:3:78: the address of web1
3 |   "hosts": { "lvs1": { "address": "192.168.80.10/24" }, "web1": { "address": "192.168.80.12/24" },
  |                                                                              ------------------
  = help: use a free address as VIP
`);
});

test("the JSON form has the keys of the format page and no others", async () => {
  const { diagnostics } = await analyse('{"version": 1, "versoin": 2}');
  expect(diagnostics.map(toJson).find(({ code }) => code === "UNKNOWN_KEY")).toEqual({
    code: "UNKNOWN_KEY",
    severity: "error",
    message: expect.any(String),
    hint: expect.any(String),
    pointer: "/versoin",
    file: "cluster.json",
    line: 1,
    column: 16,
    related: [],
  });
});

describe("the excerpt", () => {
  test("aligns carets behind wide, combining and astral characters", () => {
    const text = '{ "漢字e\u0301😀": "x" }';
    const [, line, carets] = printed(text, { column: text.indexOf('"x"'), length: 3 });
    expect(line).toBe('1 | { "漢字e\u0301😀": "x" }');
    // Two columns for each of 漢, 字 and 😀, none for the accent.
    expect(carets).toBe(`  | ${" ".repeat('{ "'.length + 2 + 2 + 1 + 2 + '": '.length)}^^^`);
  });

  test("shows control and bidirectional characters as escapes", () => {
    const text = '{"a": "\u001b[2J\u202ex"}';
    const lines = printed(text, { column: 7, length: 8, message: "\u001b[31m", hint: "\u009b", file: "a\nb" });
    expect(lines.join("\n")).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(lines[1]).toContain('"<U+001B>[2J<U+202E>x"');
    expect(lines[2]).toBe(`  | ${" ".repeat(6)}${"^".repeat('"<U+001B>[2J<U+202E>x"'.length)}`);
  });

  test("turns tabs into spaces and keeps the carets below", () => {
    expect(printed('\t\t"a"', { column: 3, length: 3 }).slice(1, 3)).toEqual(['1 |     "a"', "  |     ^^^"]);
  });

  test.each([
    ["the start", 0],
    ["the middle", 12_000_000],
    ["the end", 23_999_990],
  ])("cuts a line of 24 MB around %s", (_name, at) => {
    const text = `${"x".repeat(at)}HERE${"y".repeat(24_000_000 - at)}`;
    const [, line = "", carets = ""] = printed(text, { column: at + 1, length: 4 });
    expect(line.length).toBeLessThan(140);
    expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("HERE");
  });

  test("cuts a value that is longer than a line", () => {
    const [, line = "", carets = ""] = printed(`{"a": "${"x".repeat(5000)}"}`, { column: 7, length: 1000 });
    expect(line.length).toBeLessThan(140);
    expect(carets.length).toBeLessThan(140);
  });

  test.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("finds the line in a text with %s", (_name, end) => {
    const text = ["\uFEFFone", "two", "three", ""].join(end);
    expect(printed(text, { line: 3, column: 1, length: 5 })[1]).toBe("3 | three");
    expect(printed(text, { line: 1, column: 1, length: 3 })[1]).toBe("1 | one");
  });
});

test("colours only when asked", () => {
  const options = { text: "x" };
  expect(printDiagnostics([finding({})], { ...options, color: true })).toContain("\u001b[");
  expect(printDiagnostics([finding({})], { ...options, color: false })).not.toContain("\u001b");
});
