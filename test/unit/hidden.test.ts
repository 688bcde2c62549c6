import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hiddenCharacters, nameOfHidden, withoutHidden } from "../../src/hidden.ts";

const schema = JSON.parse(readFileSync("schema/cluster.schema.json", "utf8"));

test.each([
  ["$defs/path", schema.$defs.path, (character: string) => `/a${character}b`, "/"],
  ["$defs/mount/source", schema.$defs.mount.properties.source, (character: string) => `nas:/a${character}b`, " "],
])("%s refuses every hidden character and no other", (_name, { pattern }, around, forbiddenToo) => {
  const takes = new RegExp(pattern, "u");
  const wrong: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (character === forbiddenToo || code === 0x2f) continue;
    const isHidden = hiddenCharacters(character).length > 0;
    if (takes.test(around(character)) === isHidden) wrong.push(`U+${code.toString(16)}`);
  }
  expect(wrong).toEqual([]);
});

test.each([
  ["/mnt/a\rb", [["U+000D (a carriage return)", 6]]],
  [
    "🦊\u202e中\u0085",
    [
      ["U+202E (a right-to-left override)", 1],
      ["U+0085 (a control character)", 3],
    ],
  ],
  [
    "\ud800\u2066\uffff",
    [
      ["U+D800 (half of a surrogate pair)", 0],
      ["U+2066 (an invisible formatting character)", 1],
      ["U+FFFF (no character of Unicode)", 2],
    ],
  ],
  ["Straße 中文 🦊 é e\u0301", []],
])("%j hides what has these names and places", (text, expected) => {
  expect(hiddenCharacters(text).map(({ character, before }) => [nameOfHidden(character), before])).toEqual(expected);
});

test("a hidden character is shown as JSON has it", () => {
  expect(withoutHidden("a\u202eb\u{e0041}c\u0085")).toBe("a\\u202eb\\udb40\\udc41c\\u0085");
});
