/**
 * Names of hosts, services and pools that are words of lvsgen's own sentences: documents, pictures and differences in Chinese say the same
 * as with any other names, and have each where it stands.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseJsonc } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import { difference, textOfBundle } from "../../../src/diff/index.ts";
import { markdownOf } from "../../../src/diff/markdown.ts";
import type { Bundle } from "../../../src/index.ts";
import { documentPhrases } from "../../../src/language/zh/document/index.ts";
import { chinese } from "../../../src/language/zh/index.ts";
import { pictureCompositions } from "../../../src/language/zh/picture/composed.ts";
import { pictureTexts } from "../../../src/language/zh/picture/texts.ts";
import { type Description, pair, web } from "../diff/sides.ts";
import { built } from "../runbook/changed.ts";
import { textOf } from "../scripts/bundle.ts";

const root = join(import.meta.dirname, "../../..");
const read = (file: string): Description =>
  parseJsonc(readFileSync(join(root, file), "utf8"), [], { allowTrailingComma: true });

/** Words that a phrase is, begins or ends with, or has beside what varies in it. */
const words = [
  ...new Set(
    [...documentPhrases, pictureTexts, pictureCompositions]
      .flatMap((phrases) => Object.keys(phrases))
      .flatMap((key) => [
        key,
        ...key.split(/\{[1-9]\}/).flatMap((literal) => [/^\S+/.exec(literal)?.[0], /\S+$/.exec(literal)?.[0]]),
        ...(/^(?:\S+ )?\S+ \S+$/.test(key) ? key.split(" ") : []),
      ])
      .flatMap((word) => (word === undefined ? [] : [word.replaceAll(/^[^a-z]+|[^a-z]+$/gi, "").toLowerCase()]))
      .filter((word) => /^[a-z]{2,}(?:-[a-z]+)*$/.test(word)),
  ),
];

/** For each word a name as long, sorted beside it, and no word itself. */
const neutrals = new Map<string, string>();
for (const word of words) {
  const taken = [...words, ...neutrals.values()];
  const free = [..."qzjxvkw"].map((end) => word.slice(0, -1) + end).find((name) => !taken.includes(name));
  if (free === undefined) throw new Error(`no other name for ${word}`);
  neutrals.set(word, free);
}
const neutral = (word: string): string => neutrals.get(word) ?? word;

/** A description in which hosts, services and pools have other names. */
function named(description: Description, into: ReadonlyMap<string, string>): Description {
  const walk = (one: unknown): unknown => {
    if (typeof one === "string") return into.get(one) ?? one;
    if (Array.isArray(one)) return one.map(walk);
    if (one === null || typeof one !== "object") return one;
    return Object.fromEntries(Object.entries(one).map(([key, value]) => [into.get(key) ?? key, walk(value)]));
  };
  return { ...(walk(description) as object), language: "zh" };
}

function namesOf(...descriptions: readonly Description[]): readonly string[] {
  const all = descriptions.flatMap((one) => [
    one.name,
    ...Object.keys(one.hosts),
    ...one.services.map(({ name }: { name: string }) => name),
    ...Object.keys(one.pools ?? {}),
  ]);
  return [...new Set(all)];
}

/** Without sums, and the labels of addresses, which have one of the cluster's name. */
const plain = (text: string): string =>
  text.replaceAll(/\b[0-9a-f]{12,64}\b/g, "…").replaceAll(/\b(eth0|ens33|eth1|lo):[a-zA-Z0-9]+/g, "$1:…");

function textsOf(bundle: Bundle): string {
  return ["OPERATIONS.md", "RUNBOOK.md", "topology.svg"].map((path) => plain(textOf(bundle, path))).join("\n");
}

async function told(old: Description, next: Description): Promise<string> {
  const before = await built(old);
  const after = await built(next, before);
  const found = difference(textOfBundle(before), textOfBundle(after));
  if (found.kind === "unreadable") throw new Error(`${found.file} ${found.message}`);
  return `${textsOf(after)}\n${plain(markdownOf(found, ["old", "new"], chinese))}`;
}

const edited = (one: Description, edit: (one: Description) => void): Description => {
  edit(one);
  return one;
};

type Pair = readonly [string, Description, Description];
const everything = edited(read("test/fixtures/valid/everything.json"), (one) => {
  // One is called as a value of the format.
  one.services.find(({ name }: { name: string }) => name === "sip").name = "phones";
});
const changes: readonly Pair[] = [
  ["web", web(), web()],
  ["everything", everything, everything],
  ...["failover", "nat", "tun", "pools", "kgc-debian12"].map((name): Pair => {
    const one = read(`examples/${name}.json`);
    return [name, one, one];
  }),
  ["a director less", pair(), web()],
  ["a director more", web(), pair()],
  [
    "real servers more, and other methods",
    web(),
    edited(pair(), (one) => {
      one.services[0].realservers.push({ host: "web3", weight: 2 });
      one.services[0].mode = "tun";
    }),
  ],
  [
    "a forwarding method of one",
    web(),
    edited(web(), (one) => Object.assign(one.services[0].realservers[1], { mode: "tun" })),
  ],
  [
    "NAT",
    web(),
    edited(web(), (one) => {
      one.services[0].mode = "nat";
      for (const name of ["web1", "web2"]) one.hosts[name].gateway = "10.0.0.1";
    }),
  ],
  [
    "a host less, another weight, another service",
    pair(),
    edited(pair(), (one) => {
      one.services[0].realservers = [{ host: "web1", weight: 3 }];
      one.services.push({ name: "mail", vip: "10.0.0.101", port: 25, realservers: [{ host: "web3" }] });
      delete one.hosts.web2;
    }),
  ],
];

/** Each word comes to several of the changes, and to another kind of name in each: all of them in all would take minutes. */
const every = Number(process.env["NAMES_EVERY"] ?? 5);

describe.each(changes.map((change, index) => [...change, index] as const))("%s", (_, old, next, index) => {
  const names = namesOf(old, next);
  const all = Array.from({ length: Math.ceil(words.length / names.length) }, (__, round) => round);
  const rounds = all.filter((round) => round % every === index % every);
  test.each(rounds)("has its names in Chinese texts, round %i", async (round) => {
    const taken = names.map((__, at) => words[(round * names.length + at) % words.length] ?? "");
    const given = new Map(names.map((name, at) => [name, taken[at] ?? ""]));
    const other = new Map(names.map((name, at) => [name, neutral(taken[at] ?? "")]));
    const back = new RegExp(`(?<![a-z])(?:${taken.map(neutral).join("|")})(?![a-z])`, "g");
    const ours = new Map(taken.map((word) => [neutral(word), word]));
    const expected = await told(named(old, other), named(next, other));
    // Of a label that a picture has no room for (`lo:…_in`) only the end is left, which nobody can tell from other words.
    const lines = (text: string) => text.replaceAll(/(lo|eth0):…(?:_|#95;)[a-z0-9]+/g, "$1:…").split("\n");
    expect(lines(await told(named(old, given), named(next, given)))).toEqual(
      lines(expected.replaceAll(back, (name) => ours.get(name) ?? name)),
    );
  });
});
