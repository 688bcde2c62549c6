import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { safe } from "../../../src/diagnostics/excerpt.ts";

const library = fileURLToPath(new URL("../../../templates/runtime", import.meta.url));
const bash = process.env["BASH42"] ?? "bash";

/** What the runtime makes of texts (bytes without NUL): as a person sees them, and as JSON strings. */
function ask(texts: readonly Buffer[]): { readonly shown: string; readonly quoted: string }[] {
  const { status, stdout, stderr } = spawnSync(
    bash,
    [
      "-c",
      `set -Eeuo pipefail; export LC_ALL=C; source "$1/engine/text.sh"
while IFS= read -r -d '' text; do
  visible "$text"; json_string "$text"
  printf '%s\\0%s\\0' "$shown" "$quoted"
done`,
      "test",
      library,
    ],
    { input: Buffer.concat(texts.flatMap((text) => [text, Buffer.of(0)])), maxBuffer: 2 ** 28 },
  );
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: "" });
  const fields = stdout.toString("utf8").split("\0");
  return texts.map((_, index) => ({ shown: fields[2 * index] ?? "", quoted: fields[2 * index + 1] ?? "" }));
}

const noControl = /^[^\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]*$/u;

/** Code points of the planes that have characters, without NUL and the surrogates, which UTF-8 does not encode. */
function* codePoints(): Generator<number> {
  for (let code = 1; code < 0x3134f; code++) if (code < 0xd800 || code > 0xdfff) yield code;
  for (let code = 0xe0000; code < 0xe0200; code++) yield code;
  yield 0x10ffff;
}

test("each character of Unicode is shown, or written out, by scripts as by lvsgen itself", () => {
  const every = [...codePoints()];
  const rows = Array.from({ length: Math.ceil(every.length / 512) }, (_, row) =>
    every.slice(512 * row, 512 * row + 512),
  );
  // Tabs are a matter of their own: lvsgen's excerpts show them as blanks.
  const texts = rows.map((row) => String.fromCodePoint(...row.filter((code) => code !== 9)));
  const answers = ask(texts.map((text) => Buffer.from(text)));
  for (const [index, text] of texts.entries()) {
    expect(answers[index]?.shown).toBe(safe(text));
    expect(JSON.parse(answers[index]?.quoted ?? "")).toBe(text);
    expect(answers[index]?.quoted).toMatch(noControl);
  }
}, 300_000);

test.each([
  ["ESC", "\x1b[31m", "<U+001B>[31m"],
  ["a line end within a name", "a\nb\r", "a<U+000A>b<U+000D>"],
  ["C1 in UTF-8", "\xc2\x9b31m", "<U+009B>31m"],
  ["C1 as a byte", "\x9b31m", "<0x9B>31m"],
  ["right to left", "a\xe2\x80\xaegpj.sh", "a<U+202E>gpj.sh"],
  ["no shortest form", "\xc0\x9b\xe0\x82\x9b", "<0xC0><0x9B><0xE0><0x82><0x9B>"],
  ["a surrogate", "\xed\xa0\x80", "<0xED><0xA0><0x80>"],
  ["beyond Unicode", "\xf4\x90\x80\x80", "<0xF4><0x90><0x80><0x80>"],
  ["cut short", "\xe4\xb8", "<0xE4><0xB8>"],
  ["Chinese", "\xe4\xb8\xad\xe6\x96\x87.txt", "\xe4\xb8\xad\xe6\x96\x87.txt"],
])("%s", (_, text, expected) => {
  const [answer] = ask([Buffer.from(text, "latin1")]);
  expect(answer?.shown).toBe(Buffer.from(expected, "latin1").toString("utf8"));
});

test("colours are in formats, never in a text, where they would be written out", () => {
  const calls = readdirSync(library, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sh"))
    .flatMap((file) => readFileSync(join(library, file), "utf8").match(/\b(?:say|tell|complain|log) ".*$/gm) ?? []);
  expect(calls.length).toBeGreaterThan(50);
  const withoutText =
    /^(?:say|tell|complain|log) "(?:[^"\\]|\\.)*\$\{?(?:bold|red|green|yellow|dim|plain|color|mark)\b(?:[^"\\]|\\.)*"(?! ")/;
  expect(calls.filter((call) => withoutText.test(call))).toEqual([]);
});

test("any bytes are safe text and a JSON string", () => {
  const bytes = fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 255 }).map((byte) => Buffer.of(byte)),
      fc.constantFrom("中文", "\u202e", "\u009b", "\u{e0041}", '"', "\\", "é").map((text) => Buffer.from(text)),
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(fc.array(bytes, { minLength: 20, maxLength: 40 }), (lists) => {
      for (const { shown, quoted } of ask(lists.map((list) => Buffer.concat(list)))) {
        expect(shown).toMatch(noControl);
        expect(typeof JSON.parse(quoted)).toBe("string");
        expect(quoted).toMatch(noControl);
      }
    }),
    { numRuns: 10 },
  );
}, 300_000);
