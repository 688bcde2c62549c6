import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../../../src/parse/index.ts";
import { child } from "../../../src/pointer.ts";

/** A JSON value as it is written: objects keep every member, also with a key that is there already. */
type Written =
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null }
  | { readonly kind: "array"; readonly items: readonly Written[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [string, Written])[] };

const key = fc.oneof(
  fc.constantFrom("a", "b", "~", "/", "", "__proto__", "é", "😀", '"', "\\"),
  fc.string({ maxLength: 3 }),
);

const written: fc.Arbitrary<Written> = fc.letrec<{ value: Written }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({
      kind: fc.constant("scalar" as const),
      value: fc.oneof(
        fc.string({ unit: "binary" }),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      ),
    }),
    fc.record({ kind: fc.constant("array" as const), items: fc.array(tie("value"), { maxLength: 4 }) }),
    fc.record({
      kind: fc.constant("object" as const),
      members: fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }),
    }),
  ),
})).value;

/** What may stand between any two tokens. */
const gaps = fc.array(fc.constantFrom("", " ", "\n", "\r\n", "\t", "/* 漢 ] : { */", "// }\n"), {
  minLength: 1,
  maxLength: 7,
});

/** Writes the value with the gaps in turn; notes pointers of repeated keys, and where each value starts. */
function write(
  root: Written,
  between: readonly string[],
): { text: string; repeated: string[]; starts: Map<string, number> } {
  let text = "";
  let tokens = 0;
  const repeated: string[] = [];
  const starts = new Map<string, number>();
  const put = (token: string): void => {
    text += token + (between[tokens++ % between.length] ?? "");
  };
  const list = (open: string, close: string, count: number, item: (index: number) => void): void => {
    put(open);
    for (let index = 0; index < count; index++) {
      if (index > 0) put(",");
      item(index);
    }
    put(close);
  };
  const value = (one: Written, pointer: string): void => {
    starts.set(pointer, text.length);
    switch (one.kind) {
      case "scalar":
        put(JSON.stringify(one.value));
        break;
      case "array":
        list("[", "]", one.items.length, (index) => value(one.items[index] as Written, child(pointer, index)));
        break;
      case "object": {
        const seen = new Set<string>();
        list("{", "}", one.members.length, (index) => {
          const [name, member] = one.members[index] as readonly [string, Written];
          if (seen.has(name)) repeated.push(child(pointer, name));
          seen.add(name);
          put(JSON.stringify(name));
          put(":");
          value(member, child(pointer, name));
        });
        break;
      }
    }
  };
  put("");
  value(root, "");
  return { text, repeated, starts };
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: lines.length, column: [...(lines.at(-1) ?? "")].length + 1 };
}

describe("any JSON", () => {
  test("has the value that JSON.parse gives", async () => {
    await fc.assert(
      fc.asyncProperty(written, gaps, async (value, between) => {
        const bare = write(value, [""]).text;
        const { document } = await parse(write(value, between).text, "cluster.json");
        expect(document?.value).toEqual(JSON.parse(bare));
      }),
    );
  });

  test("has every key that stands twice reported, and no other", async () => {
    await fc.assert(
      fc.asyncProperty(written, gaps, async (value, between) => {
        const { text, repeated } = write(value, between);
        const { diagnostics } = await parse(text, "cluster.json");
        expect(diagnostics.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(
          repeated.map((pointer) => `DUPLICATE_KEY ${pointer}`),
        );
      }),
    );
  });

  test("has each value where it is written", async () => {
    await fc.assert(
      fc.asyncProperty(written, gaps, async (value, between) => {
        const { text, repeated, starts } = write(value, between);
        fc.pre(repeated.length === 0);
        const { document } = await parse(text, "cluster.json");
        for (const [pointer, offset] of starts) {
          expect([pointer, document?.locate(pointer, "value")]).toMatchObject([pointer, lineAndColumn(text, offset)]);
        }
      }),
    );
  });
});

describe("any text", () => {
  test.each(["cluster.json", "cluster.yaml"])("is a document or has findings within it, as %s", async (file) => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      '"',
      "\\",
      "/",
      "*",
      "\n",
      "\r",
      " ",
      "- ",
      "a",
      "1",
      "&a",
      "*a",
      "<<",
      "!",
      "|",
      "#",
      "'",
      "\u2028",
      "\uD800",
      "😀",
      "\0",
      "%YAML 1.1\n---\n",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const text = pieces.join("");
        const { document, diagnostics } = await parse(text, file);
        const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
        if (document === null) expect(diagnostics).not.toEqual([]);
        for (const { line, column, length } of diagnostics) {
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column + length - 1).toBeLessThanOrEqual(Math.max(1, [...(lines[line - 1] ?? "")].length + 1));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
