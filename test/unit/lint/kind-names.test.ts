// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { declaredKinds, kindNames } from "../../lint/kind-names.ts";

const runtime = join(import.meta.dirname, "../../../templates/runtime");

function filesOf(layer: string): ReadonlyMap<string, string> {
  const names = readdirSync(join(runtime, layer)).filter((name) => name.endsWith(".sh"));
  return new Map(names.map((name) => [`${layer}/${name}`, readFileSync(join(runtime, layer, name), "utf8")]));
}

test("no file of the engine names a kind", () => {
  const kinds = [...filesOf("kinds").values()].flatMap(declaredKinds);
  expect(kinds.length).toBeGreaterThan(25);
  expect(new Set(kinds).size).toBe(kinds.length);
  const found = [...filesOf("engine")].flatMap(([file, text]) =>
    kindNames(text, kinds).map(({ line, kind }) => `${file}:${line}: ${kind}`),
  );
  expect(found).toEqual([]);
});

test("the file of a kind declares it, before anything else", () => {
  for (const [file, text] of filesOf("kinds")) {
    const [first = ""] = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const kinds = declaredKinds(text);
    // `service-edits.sh` belongs to `service.sh`, and need not have one of its own.
    if (kinds.length > 0 || !file.includes("-")) expect(first, file).toMatch(/^kind /);
    if (!file.includes("-")) expect(kinds, file).toContain(file.slice("kinds/".length, -".sh".length));
  }
});

const readme = readFileSync(join(runtime, "README.md"), "utf8");
const asking = [...filesOf("engine").values(), ...filesOf("programs").values()].join("\n");
const matches = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name)),
];

test("a trait is one that a kind has, that the engine asks for and that README.md explains", () => {
  const declared = [...filesOf("kinds").values(), ...filesOf("engine").values()].flatMap((text) =>
    matches(text, /^kind [a-z]+ (.*)/gm).flatMap((words) =>
      matches(words.replace(/'[^']*'/g, "x"), /([a-z]+)(?:=\S+)?/g),
    ),
  );
  const asked = [
    ...matches(asking, /(?<![\w-])has (?:"[^"]*"|\$\w+) ([a-z]+)/g),
    ...matches(asking, /traits\[(?:"\$1 )?([a-z]+)/g),
    // Traits and functions: `pick path _guard`.
    ...matches(asking, /^ *pick ([\w ]+)$/gm)
      .flatMap((words) => words.split(" "))
      .filter((word) => !word.startsWith("_")),
  ];
  const table = readme.slice(readme.indexOf("### Traits"), readme.indexOf("### Functions that a kind may have"));
  const explained = matches(table, /^\| `([a-z]+)/gm);
  expect([...new Set(declared)].sort()).toEqual(explained.sort());
  expect([...new Set(asked)].sort()).toEqual(explained);
});

test("a function that the engine calls by the name of a kind is one that README.md explains", () => {
  const called = matches(asking, /"\$(?:1|\{kind\}|\{\w+\[[^}]*\]\})_([a-z]+)"/g);
  const explained = matches(readme, /`KIND_([a-z]+)/g);
  expect(called.sort()).toEqual(explained.sort());
});

const kinds = ["file", "mount", "mode"];

test.each([
  "[[ $1 == file ]]",
  "[[ $kind != mount || $x ]]",
  "case $1 in\n  file | mount) ;;\nesac",
  "case $1:$2 in\n  file:absent) ;;\nesac",
  'journal file "$path" absent',
  'is_same mount "$name"',
  'mount_probe "$name"',
  'x=${described["mount $path"]:-}',
  `[[ $x == *' file '* ]]`,
  "for kind in x; do y=$kind; done; journaled file -",
])("it names a kind: %s", (text) => {
  expect(kindNames(text, kinds)).not.toEqual([]);
});

test.each([
  "local file mode=x",
  'for file in *; do read_text "$file"; done',
  'read -r mode owner <<<"$stat"',
  "# the mode of a file",
  'die 1 "cannot write the file $file"',
  'set_rights "$at" "$mode"',
  "mode=0644 file=x",
  "x=${mode#0} y=${#file}",
  "find_mount --mode /etc/file mount-point",
  'was_mounted "$1"',
  "[[ $stat == *' file' ]]",
  'named "${failed:-it is no regular file any more}"',
])("it names none: %s", (text) => {
  expect(kindNames(text, kinds)).toEqual([]);
});
