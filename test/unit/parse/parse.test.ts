import { describe, expect, test } from "vitest";
import { type Document, type Parsed, parse } from "../../../src/parse/index.ts";

async function read(text: string, file = "cluster.json"): Promise<Document> {
  const { document, diagnostics } = await parse(text, file);
  expect(diagnostics).toEqual([]);
  if (document === null) throw new Error("no document");
  return document;
}

function codes({ diagnostics }: Parsed): string[] {
  return diagnostics.map(({ code, line, column }) => `${code} ${line}:${column}`);
}

describe("JSON", () => {
  test.each([
    ["plain", '{"a": [1, "x", true, null]}'],
    ["with comments and trailing commas", '// c\n{ /* c */ "a": [1, "x", true, null,], }\n'],
    ["with a byte order mark", '\uFEFF{"a": [1, "x", true, null]}'],
    ["with CRLF", '{\r\n"a": [1, "x",\r\n true, null]\r\n}\r\n'],
  ])("%s", async (_name, text) => {
    expect((await read(text)).value).toEqual({ a: [1, "x", true, null] });
  });

  test.each([
    ["in plain JSON", '{"__proto__": {"x": 1}, "constructor": 2}'],
    ["with a comment", '{"__proto__": {"x": 1}, /* */ "constructor": 2}'],
  ])("keeps keys that JavaScript knows too, %s", async (_name, text) => {
    const { value } = await read(text);
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
    expect((value as { x?: unknown }).x).toBeUndefined();
  });

  test.each([
    ["empty", "", "EMPTY_FILE 1:1"],
    ["white space", " \n\t\n", "EMPTY_FILE 1:1"],
    ["a comment alone", "// nothing\n/* at all */", "EMPTY_FILE 1:1"],
    ["a byte order mark alone", "\uFEFF", "EMPTY_FILE 1:1"],
    ["a missing comma", '{"a": 1\n "b": 2}', "SYNTAX_ERROR 2:2"],
    ["an open list", '{"a": [1,\n2', "SYNTAX_ERROR 2:1"],
    ["an open string", '{"a": "x\n}', "SYNTAX_ERROR 1:7"],
    ["an open comment", '{"a": 1} /* x', "SYNTAX_ERROR 1:10"],
    ["a bare word", '{"a": yes}', "SYNTAX_ERROR 1:7"],
    ["a second value", '{"a": 1}\n{}', "SYNTAX_ERROR 2:1"],
    ["a bracket alone", "]", "SYNTAX_ERROR 1:1"],
    ["a control character", '{"a": "x\u0001"}', "SYNTAX_ERROR 1:7"],
  ])("%s", async (_name, text, expected) => {
    const parsed = await parse(text, "cluster.json");
    expect(parsed.document).toBeNull();
    expect(codes(parsed)).toEqual([expected]);
  });

  test.each([
    ['{"a": 1, # x\n"b": 2}', "1:10 no comment begins with # here: let it begin with //"],
    ["version: 1\nname: kgc\n", "1:1 this looks like YAML, and is read as JSON: let the name of the file end in .yaml"],
    ["---\n# x\nname: kgc\n", "3:1 this looks like YAML, and is read as JSON: let the name of the file end in .yaml"],
    ['{"port": 080}', "1:10 this number begins with 0: write 80"],
    ['{"mode": 0644}', '1:10 this number begins with 0: write 644, or "0644" in quotes where it is a mode'],
    ['{"port": 0x50}', "1:10 this is not a JSON number: write it in decimal: 80"],
    ['{"port": -0x50}', "1:10 this is not a JSON number: write it in decimal: -80"],
    ['{"port": 0o17}', "1:10 this is not a JSON number: write it in decimal: 15"],
    // Not these.
    ['{"port": 8 0}', "1:12 a comma is missing before this: put a comma after the value before"],
    [
      '"version": 1\n',
      "1:10 the description has ended before this: take out what follows, or a closing bracket too many",
    ],
  ])("%j has a slip that other languages allow", async (text, expected) => {
    const { diagnostics } = await parse(text, "cluster.json");
    expect(diagnostics.map(({ line, column, message, hint }) => `${line}:${column} ${message}: ${hint}`)).toEqual([
      expected,
    ]);
  });

  test.each([
    ["objects", '{"a":'.repeat(1_000_000)],
    ["lists", "[".repeat(1_000_000)],
    ["closed lists", "[".repeat(200) + "]".repeat(200)],
  ])("survives nested %s", async (_name, text) => {
    const parsed = await parse(text, "cluster.json");
    expect(parsed.document).toBeNull();
    expect(parsed.diagnostics.map(({ code }) => code)).toEqual(["NESTED_TOO_DEEP"]);
  });

  test("counts no brackets in strings and comments", async () => {
    const brackets = "[".repeat(500);
    expect((await read(`{"a": "${brackets}\\"${brackets}" /* ${brackets} */ } // ${brackets}`)).value).toEqual({
      a: `${brackets}"${brackets}`,
    });
  });

  test("finds every key that stands twice, whatever its escapes", async () => {
    const parsed = await parse('{"a": 1, "b": [{"c": 1, "\\u0063": 2}],\n "a": 3, "a": 4}', "cluster.json");
    expect(codes(parsed)).toEqual(["DUPLICATE_KEY 1:25", "DUPLICATE_KEY 2:2", "DUPLICATE_KEY 2:10"]);
    expect(parsed.diagnostics.map(({ pointer }) => pointer)).toEqual(["/b/0/c", "/a", "/a"]);
    expect(parsed.diagnostics[2]?.related).toMatchObject([{ line: 1, column: 2 }]);
    expect(parsed.document?.value).toEqual({ a: 4, b: [{ c: 2 }] });
  });
});

describe("positions", () => {
  const text = '{\r\n  "hosts": { "wëb/1~": "漢字", "😀": [ 10, {"x": null} ] }\r\n}';

  test.each([
    ["", "value", 1, 1],
    ["/hosts", "key", 2, 3],
    ["/hosts", "value", 2, 12],
    ["/hosts/wëb~11~0", "key", 2, 14],
    ["/hosts/wëb~11~0", "value", 2, 24],
    ["/hosts/😀", "key", 2, 30],
    ["/hosts/😀/0", "value", 2, 37],
    ["/hosts/😀/0", "key", 2, 37],
    ["/hosts/😀/1/x", "value", 2, 47],
    // Of what is not there, the nearest thing around it is shown.
    ["/hosts/😀/1/y/z", "value", 2, 41],
    ["/hosts/nobody", "value", 2, 3],
    ["/nothing", "value", 1, 1],
  ] as const)("%s %s", async (pointer, part, line, column) => {
    expect((await read(text)).locate(pointer, part)).toMatchObject({ line, column });
  });

  test.each([
    ["LF", '{\n"a": 1}'],
    ["CRLF", '{\r\n"a": 1}'],
    ["CR", '{\r"a": 1}'],
  ])("counts lines that end with %s", async (_name, lines) => {
    expect((await read(lines)).locate("/a", "value")).toEqual({ line: 2, column: 6, length: 1 });
  });

  test("a byte order mark takes no column", async () => {
    expect((await read('\uFEFF{"a": 1}')).locate("/a", "key")).toMatchObject({ line: 1, column: 2 });
  });
});

describe("YAML", () => {
  test("says the same as JSON, with anchors and merge keys", async () => {
    const text = [
      "base: &base { platform: el7, port: 0x50 }",
      "web:",
      "  <<: *base",
      "  port: 8080",
      "  again: *base",
      'mode: "0644"',
      "yes: on",
    ].join("\n");
    expect((await read(text, "cluster.yaml")).value).toEqual({
      base: { platform: "el7", port: 80 },
      web: { platform: "el7", port: 8080, again: { platform: "el7", port: 80 } },
      mode: "0644",
      yes: "on",
    });
  });

  test.each([
    ["/web", "key", 2, 1],
    ["/web/list/1", "value", 4, 9],
    ["/web/none", "value", 5, 3],
    ["/web/alias", "value", 6, 10],
    ["/web/alias/x", "value", 1, 14],
    ["/web/alias/x", "key", 1, 11],
  ] as const)("position of %s %s", async (pointer, part, line, column) => {
    const text = "base: &b {x: 1}\nweb:\n  list:\n    [1, 2]\n  none:\n  alias: *b\n";
    expect((await read(text, "cluster.yml")).locate(pointer, part)).toMatchObject({ line, column });
  });

  test.each([
    ["a second document", "a: 1\n---\nb: 2\n", "UNSUPPORTED_YAML"],
    ["an infinite number", "a: -.inf", "UNSUPPORTED_YAML"],
    ["no number", "a: .nan", "UNSUPPORTED_YAML"],
    ["a tag", "a: !!binary aGVsbG8=", "UNSUPPORTED_YAML"],
    ["a numeric key", "80: http", "UNSUPPORTED_YAML"],
    ["a key that is a list", "? [a]\n: 1", "UNSUPPORTED_YAML"],
    ["an empty key", ": 1", "UNSUPPORTED_YAML"],
    ["an unknown anchor", "a: *nobody", "UNSUPPORTED_YAML"],
    ["an alias of itself", "a: &a {b: *a}", "UNSUPPORTED_YAML"],
    ["a merge of a list of texts", "a: {<<: [x]}", "UNSUPPORTED_YAML"],
    ["another version", "%YAML 1.1\n---\na: yes", "UNSUPPORTED_YAML"],
    ["an open quote", "a: 'x", "SYNTAX_ERROR"],
    ["tabs for indentation", "a:\n\tb: 1", "SYNTAX_ERROR"],
    ["deep lists", "[".repeat(5000), "NESTED_TOO_DEEP"],
    [
      "deep mappings",
      Array.from({ length: 150 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
      "NESTED_TOO_DEEP",
    ],
    ["nothing", "", "EMPTY_FILE"],
    ["a comment alone", "# nothing", "EMPTY_FILE"],
  ])("%s", async (_name, text, code) => {
    const parsed = await parse(text, "cluster.yaml");
    expect(parsed.document).toBeNull();
    expect(parsed.diagnostics.map((found) => found.code)).toEqual([code]);
  });

  test("aliases of one anchor are one value, and have places of their own", async () => {
    const text = "a: &a\n  - {x: 1}\nb: *a\nc: {d: *a, e: &e {<<: {y: 2}, z: *a}, f: *e}\n";
    const { value, locate } = await read(text, "cluster.yaml");
    const one = [{ x: 1 }];
    expect(value).toEqual({ a: one, b: one, c: { d: one, e: { z: one, y: 2 }, f: { z: one, y: 2 } } });
    const { a, b, c } = value as { a: unknown; b: unknown; c: { d: unknown; e: unknown; f: unknown } };
    expect([b, c.d]).toEqual([a, a]);
    expect(b).toBe(a);
    expect(c.d).toBe(a);
    expect(c.f).toBe(c.e);
    expect(locate("/b", "value")).toMatchObject({ line: 3, column: 4 });
    expect(locate("/b", "key")).toMatchObject({ line: 3, column: 1 });
  });

  test("a key that stands twice behind an anchor is found at each alias", async () => {
    const parsed = await parse("a: &a {x: 1, x: 2}\nb: *a\nc: *a\n", "cluster.yaml");
    expect(parsed.diagnostics.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(
      ["/a/x", "/b/x", "/c/x"].map((pointer) => `DUPLICATE_KEY ${pointer}`),
    );
  });

  test("an alias deeper than its anchor may be too deep", async () => {
    const flow = (depth: number, inner: string): string => "[".repeat(depth) + inner + "]".repeat(depth);
    const parsed = await parse(`a: &a ${flow(60, "1")}\nb: *a\nc: ${flow(60, "*a")}\n`, "cluster.yaml");
    expect(parsed.diagnostics.map(({ code }) => code)).toEqual(["NESTED_TOO_DEEP"]);
    expect((await parse(`a: &a ${flow(40, "1")}\nb: *a\nc: ${flow(40, "*a")}\n`, "cluster.yaml")).diagnostics).toEqual(
      [],
    );
  });

  test("a million rules by an alias of their list are read", async () => {
    const entries = Array.from(
      { length: 1000 },
      (_, index) => `  - {address: 10.0.${index >> 8}.${index & 255}, weight: 3}`,
    );
    const users = Array.from({ length: 1000 }, (_, index) => `s${index}: *w`);
    const { value } = await read(["w: &w", ...entries, ...users].join("\n"), "cluster.yaml");
    expect(Object.values(value as object).filter((list) => list === (value as { w: unknown }).w)).toHaveLength(1001);
  });

  test("aliases that grow without end are refused", async () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 9; level++) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(", ")}]`,
      );
    }
    const parsed = await parse(lines.join("\n"), "cluster.yaml");
    expect(parsed.diagnostics.map(({ code }) => code)).toEqual(["UNSUPPORTED_YAML"]);
  });

  test("a key that stands twice", async () => {
    const parsed = await parse("a: 1\nb: {c: 1, c: 2}\na: 2\n", "cluster.yaml");
    expect(codes(parsed)).toEqual(["DUPLICATE_KEY 2:11", "DUPLICATE_KEY 3:1"]);
    expect(parsed.document?.value).toEqual({ a: 2, b: { c: 2 } });
  });
});

describe("what only looks like punctuation is named", () => {
  const json = (text: string): [string, string] => ["cluster.json", text];
  const yaml = (text: string): [string, string] => ["cluster.yaml", text];
  test.each<[string, [string, string], string, RegExp, string]>([
    [
      "a full-width comma",
      json('{"a": 80，\n"b": 1}'),
      "1:9",
      /^U\+FF0C \(a full-width comma, ，\) stands where , belongs$/,
      "write ,",
    ],
    ["a full-width colon", json('{"a"：80}'), "1:5", /U\+FF1A \(a full-width colon/, "write :"],
    ["a full-width brace", json('｛"a": 80}'), "1:1", /U\+FF5B \(a full-width brace/, "write {"],
    ["a full-width bracket", json('{"a": ［80]}'), "1:7", /U\+FF3B \(a full-width bracket/, "write ["],
    ["a full-width digit", json('{"a": ８０}'), "1:7", /U\+FF18 \(a full-width digit/, "write 8"],
    ["an ideographic comma", json('{"a": [1、2]}'), "1:9", /U\+3001 \(an ideographic comma/, "write ,"],
    [
      "an ideographic space",
      json('{"a":\u300080}'),
      "1:6",
      /U\+3000 \(an ideographic space\) stands where a blank/,
      "write a blank",
    ],
    ["a no-break space", json('{"a":\u00a080}'), "1:6", /U\+00A0 \(a no-break space\)/, "write a blank"],
    [
      "typographic quotes around a key",
      json("{“a”: 80}"),
      "1:2",
      /U\+201C \(a typographic quotation mark, “\)/,
      'write "',
    ],
    ["typographic quotes around a value", json('{"a": “dr”}'), "1:7", /U\+201C/, 'write "'],
    ["one that was to close a text", json('{"a": "dr”,\n"b": 1}'), "1:10", /U\+201D/, 'write "'],
    ["a full-width colon in YAML", yaml("a: 1\nb：80\nc: 2\n"), "2:2", /U\+FF1A/, "write :"],
    ["a full-width comma in YAML", yaml("a: [{ b: 1 }，{ b: 2 }]\n"), "1:13", /U\+FF0C/, "write ,"],
  ])("%s", async (_name, [file, text], place, message, hint) => {
    const parsed = await parse(text, file);
    expect(codes(parsed)[0]).toEqual(`SYNTAX_ERROR ${place}`);
    expect(parsed.diagnostics[0]?.message).toMatch(message);
    expect(parsed.diagnostics[0]?.hint).toContain(hint);
  });

  test.each<[string, [string, string], string[]]>([
    [
      "JSON",
      json('｛“a”： “b”，\n "c"：[８０、 81］\n }'),
      ["1:1", "1:2", "1:4", "1:5", "1:7", "1:9", "1:10", "2:5", "2:7", "2:9", "2:13"],
    ],
    [
      "texts that have such quotes in them",
      json('{"a": "he said “b”", “c”: "d “e”，\n"f": 1}'),
      ["1:22", "1:24", "1:32", "1:33"],
    ],
    ["a key that ends in one", json('{"a”: “b", "c”: 1}'), ["1:4", "1:7", "1:14"]],
    ["comments left out", json('{ /* ， */ "a"：1 // ，\n}'), ["1:14"]],
    ["and the first error that has another cause", json('{"a"：1\n"b"： 2，}'), ["1:5", "2:1"]],
    [
      "YAML, texts left out",
      yaml("x： { y： 1， z： 'a：b' } # c：\nb：\n  - c\n"),
      ["1:2", "1:7", "1:10", "1:13", "2:2"],
    ],
    ["YAML, the first key of a line too", yaml("a: 1\nb：\n  c： { d： 2 }\n  e: 1\n"), ["2:2", "3:4", "3:9"]],
    ["YAML of valid texts", yaml("a： 1\nb：\n  c: [1，2，3]\nd: 二，三\ne: ｛ f： 2 ｝\ng: “h”\n"), ["1:2", "2:2"]],
    ["YAML that is one text without its colons", yaml("version： 1\n# 名：\nhosts：\n  lvs1： x：y\n"), ["1:8", "3:6"]],
    [
      "YAML that is one text, with objects in it",
      yaml("version： 1\nhosts：\n  a： { b： 1，c: 2 }\n"),
      ["1:8", "2:6", "3:4", "3:9", "3:12"],
    ],
    ["YAML, and what has another cause", yaml("a： 1\nb： 2\nc: [1\nd: 2\n"), ["1:2", "2:2", "4:1"]],
  ])("all of them in one run: %s", async (_name, [file, text], places) => {
    const parsed = await parse(text, file);
    expect(codes(parsed)).toEqual(places.map((place) => `SYNTAX_ERROR ${place}`));
  });

  test.each([
    ["in a text", json('{"a": "一，“二”", "b" 1}'), "a colon is expected here"],
    ["in a comment", json('{ // 一，二\n"b" 1}'), "a colon is expected here"],
    ["in a comment of YAML", yaml("# 一：二\na: 1\n\tb: 1\n"), "Tabs"],
  ])("and not where it is none of the mistake: %s", async (_name, [file, text], message) => {
    const parsed = await parse(text, file);
    expect(parsed.diagnostics).toHaveLength(1);
    expect(parsed.diagnostics[0]?.message).toContain(message);
  });
});
