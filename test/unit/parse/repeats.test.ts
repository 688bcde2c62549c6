import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../../../src/parse/index.ts";
import { parseOnce } from "../../../src/parse/repeats.ts";
import { scan } from "../../../src/parse/scan.ts";
import { validate } from "../../../src/validate/index.ts";

/** Longer than what is too short to be looked at. */
const entries = Array.from({ length: 60 }, (_, index) => ({ address: `10.0.0.${index}`, weight: 3 }));
const list = JSON.stringify(entries);
const other = JSON.stringify([...entries, { address: "10.0.1.0", weight: 3 }]);

async function readValue(text: string): Promise<unknown> {
  const { document, diagnostics } = await parse(text, "cluster.json");
  expect(diagnostics).toEqual([]);
  return document?.value;
}

describe("lists that stand there several times", () => {
  test("are one object, others are not", async () => {
    const value = (await readValue(`{"a": ${list}, "b": ${other}, "c": {"d": ${list}}, "e": ${list}}`)) as {
      readonly a: unknown;
      readonly b: unknown;
      readonly c: { readonly d: unknown };
      readonly e: unknown;
    };
    expect(value).toEqual(JSON.parse(`{"a": ${list}, "b": ${other}, "c": {"d": ${list}}, "e": ${list}}`));
    expect(value.e).toBe(value.a);
    expect(value.b).not.toBe(value.a);
  });

  test.each([
    ["an escape", `{"a": ${list}, "b": ${list}, "c": "\\u007f0"}`],
    ["the character that marks them", `{"a": ${list}, "b": ${list}, "c": ["\x7f0"]}`],
    ["a list as the key __proto__", `{"__proto__": ${list}, "b": ${list}, "c": ${list}}`],
    ["lists within lists", `[[${list}, ${list}], [${list}, ${list}], ${list}]`],
    ["what looks like a list in a text", `{"a": ${list}, "b": "${list.replaceAll('"', "'")}", "c": ${list}}`],
  ])("do no harm beside %s", async (_name, text) => {
    expect(await readValue(text)).toEqual(JSON.parse(text));
  });

  test.each([
    ["a list where a key belongs", `{"a": ${list}, ${list}: 1}`],
    ["a list with a fault, twice", `{"a": ${list.replace("},", "}")}, "b": ${list.replace("},", "}")}}`],
    ["nothing after the last", `{"a": ${list}, "b": ${list}`],
    ["a bracket too many", `{"a": ${list}, "b": ${list}]}`],
  ])("hide no error: %s", async (_name, text) => {
    expect((await parse(text, "cluster.json")).diagnostics.map(({ code }) => code)).toEqual(["SYNTAX_ERROR"]);
  });

  test("hide no key that stands twice, and no place", async () => {
    const twice = list.replace('"weight":3', '"weight":3,"weight":3');
    const { diagnostics } = await parse(`{"a": ${twice},\n "b": ${twice}}`, "cluster.json");
    expect(diagnostics.map(({ code, line }) => `${code} ${line}`)).toEqual(["DUPLICATE_KEY 1", "DUPLICATE_KEY 2"]);
    const { document } = await parse(`{"a": ${list},\n "b": ${list}}`, "cluster.json");
    expect(document?.locate("/b/0/address", "value")).toMatchObject({ line: 2, column: 19 });
  });

  test("count for the depth of nesting", async () => {
    const deep = "[".repeat(60) + list + "]".repeat(60);
    const { diagnostics } = await parse(`[${deep}, ${"[".repeat(50)}${deep}${"]".repeat(50)}]`, "cluster.json");
    expect(diagnostics.map(({ code }) => code)).toEqual(["NESTED_TOO_DEEP"]);
  });

  test("with a fault have it at each place, and are mended at each", () => {
    const faulty = [{ address: "10.0.0.1", wieght: 3 }];
    const services = [1, 2].map((number) => ({ name: `s${number}`, vip: `10.0.0.${number}`, port: 80 }));
    const description = (of: () => unknown) => ({
      version: 1,
      name: "c",
      defaults: { platform: "el7", interface: "eth0" },
      hosts: { lvs1: { address: "10.0.0.9/24" } },
      directors: ["lvs1"],
      services: services.map((service) => ({ ...service, realservers: of() })),
    });
    const shared = validate(description(() => faulty));
    const apart = validate(description(() => structuredClone(faulty)));
    expect(shared).toEqual(apart);
    expect(shared.config?.services[1]?.realservers).toEqual([{ address: "10.0.0.1", weight: 3 }]);
  });

  test("in any text: the value and the keys are those of JSON.parse", () => {
    const part = fc.constantFrom(list, other, `[${list},${list}]`, `{"x":${list},"y":[${other}]}`, "[]", '"]["', "3");
    const text = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        part,
        fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(", ")}]`),
        fc
          .array(tie("value"), { maxLength: 4 })
          .map((items) => `{${items.map((item, index) => `"k${index}": ${item}`).join(",\n")}}`),
      ),
    })).value;
    fc.assert(
      fc.property(text, (written) => {
        const { repeated, keys } = scan(written, 100);
        const shared = new Set<unknown>();
        expect(parseOnce(written, repeated, shared)).toEqual(JSON.parse(written));
        expect(keys).toBe(written.match(/":/g)?.length ?? 0);
        for (const { start, end } of repeated) expect(() => JSON.parse(written.slice(start, end))).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
