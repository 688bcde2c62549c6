/** The schema in Chinese: what people read is, and all that a description is judged by is the same. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { schemaIn } from "../../../src/commands/schema.ts";
import { english } from "../../../src/language/index.ts";
import { chinese } from "../../../src/language/zh/index.ts";
import { run, workplace } from "../cli/command-line.ts";
import { englishIn } from "./english-left.ts";

const here = workplace();
const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../../schema/cluster.schema.json"), "utf8"));

/** Every text below a keyword that people read, and the rest of the schema without them, and without what stands in it twice. */
function parted(node: unknown, texts: string[], areNames = false): unknown {
  if (Array.isArray(node)) return node.map((one) => parted(one, texts));
  if (typeof node !== "object" || node === null) return node;
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === "x-intellij-enum-metadata") continue;
    if (!areNames && ["title", "description", "label", "enumDescriptions"].includes(key)) texts.push(...[value].flat());
    else rest[key] = parted(value, texts, !areNames && ["properties", "patternProperties", "$defs"].includes(key));
  }
  return rest;
}

test("it has no English left but names, and demands the same", () => {
  const [said, written]: [string[], string[]] = [[], []];
  const rest = parted(JSON.parse(schemaIn(chinese)), said);
  expect(rest).toEqual(parted(schema, written));
  expect(said).toHaveLength(written.length);
  expect(said.length).toBeGreaterThan(400);
  expect(said.flatMap(englishIn)).toEqual([]);
  const same = said.filter((text, index) => text === written[index]);
  expect([...new Set(same)].sort()).toEqual(expected);
});

/** What is called so in Chinese too. */
const expected: readonly string[] = [
  "/etc/network/interfaces",
  "CentOS 7 / RHEL 7",
  "Debian 11",
  "Debian 12",
  "Debian 13",
  "TCP",
  "TCP FIN",
  "UDP",
  "Ubuntu 22.04 LTS",
  "Ubuntu 24.04 LTS",
  "openEuler 20.03 LTS",
  "openEuler 22.03 LTS",
  "openEuler 24.03 LTS",
];

/** Each schema of a choice whose words are explained. */
function choicesIn(node: unknown): Choice[] {
  if (typeof node !== "object" || node === null) return [];
  const own = "enumDescriptions" in node ? [node as Choice] : [];
  return [...own, ...Object.values(node).flatMap(choicesIn)];
}
interface Choice {
  readonly enum: readonly string[];
  readonly enumDescriptions: readonly string[];
  readonly "x-intellij-enum-metadata"?: Readonly<Record<string, { readonly description: string }>>;
}

test("in English it is the file, but for what JetBrains' editors read", () => {
  const written = JSON.parse(schemaIn(english), (key, value) =>
    key === "x-intellij-enum-metadata" ? undefined : value,
  );
  expect(written).toEqual(schema);
});

test.each([english, chinese])("what a word means is there under the keyword of JetBrains too: %#", (language) => {
  const choices = choicesIn(JSON.parse(schemaIn(language)));
  expect(choices).toHaveLength(choicesIn(schema).length);
  for (const { enum: words, enumDescriptions: texts, "x-intellij-enum-metadata": metadata } of choices)
    expect(Object.entries(metadata ?? {})).toEqual(words.map((word, at) => [word, { description: texts[at] }]));
});

test("what it demands is said in keywords of draft 7, which older editors know as well, but for `$defs`", () => {
  const used = new Set<string>();
  const collect = (node: unknown, areNames = false): void => {
    if (Array.isArray(node)) for (const one of node) collect(one);
    else if (typeof node === "object" && node !== null)
      for (const [key, value] of Object.entries(node)) {
        if (!areNames) used.add(key);
        const ofNames = ["properties", "patternProperties", "$defs"].includes(key);
        if (areNames || !notSchemas.has(key)) collect(value, !areNames && ofNames);
      }
  };
  collect(schema);
  expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  expect([...used].filter((key) => !draft7.has(key)).sort()).toEqual(["$defs", "defaultSnippets", "enumDescriptions"]);
});

const notSchemas: ReadonlySet<string> = new Set(["enum", "const", "default", "examples", "defaultSnippets"]);

/** All of the meta-schema http://json-schema.org/draft-07/schema. */
const draft7: ReadonlySet<string> = new Set(
  "$id $schema $ref $comment title description default readOnly writeOnly examples multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern additionalItems items maxItems minItems uniqueItems contains maxProperties minProperties required additionalProperties definitions properties patternProperties dependencies propertyNames const enum type format contentMediaType contentEncoding if then else allOf anyOf oneOf not".split(
    " ",
  ),
);

test("`lvsgen schema` and `init` write it in the reader's language, and know it in the other", () => {
  expect(here.lvsgen("schema", "--language", "zh").out).toBe(schemaIn(chinese));
  expect(here.lvsgen("schema").out).toBe(schemaIn(english));
  const answers =
    "--name a --platform debian12 --interface eth0 --director 10.0.0.1/24 --vip 10.0.0.9 --port 80 --realserver 10.0.0.11/24".split(
      " ",
    );
  expect(here.lvsgen("init", ...answers, "--language", "zh").code).toBe(0);
  expect(here.read("cluster.schema.json")).toBe(schemaIn(chinese));
  const { code, err } = run(["init", ...answers, "-o", "b.json"], { cwd: here.path });
  expect([code, err.includes("left alone")]).toEqual([0, false]);
  expect(here.read("b.json")).toContain('"$schema": "./cluster.schema.json"');
});
