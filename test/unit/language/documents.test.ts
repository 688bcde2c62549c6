/** Documents and pictures of a bundle in Chinese: no English left in them, and every name, number and command as it is. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseJsonc } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import type { Bundle } from "../../../src/index.ts";
import { type Description, pair, web } from "../diff/sides.ts";
import { built, changed } from "../runbook/changed.ts";
import { textOf } from "../scripts/bundle.ts";
import { englishIn } from "./english-left.ts";
import { faultsOfLines } from "./typography.ts";

const root = join(import.meta.dirname, "../../..");
const read = (file: string): Description =>
  parseJsonc(readFileSync(join(root, file), "utf8"), [], { allowTrailingComma: true });
const inChinese = (description: Description): Description => ({ ...description, language: "zh" });

const written = ["OPERATIONS.md", "RUNBOOK.md", "topology.svg"] as const;

const descriptions = new Map<string, Description>([
  ["everything", read("test/fixtures/valid/everything.json")],
  ...readdirSync(join(root, "examples")).map((name): [string, Description] => [name, read(`examples/${name}`)]),
]);

/** Lines with English in them that is none of a command, a name, or what a script prints. */
function leftIn(bundle: Bundle): string[] {
  return written.flatMap((path) =>
    textOf(bundle, path)
      .split("\n")
      .map((line) => wordsOf(path, line))
      .filter((line) => englishIn(line).length > 0),
  );
}

/** Of a line, what is to be Chinese. */
function wordsOf(path: string, line: string): string {
  if (path === "topology.svg")
    return line.startsWith("<text") ? line.replaceAll(/<title>.*<\/title>|<[^>]*>/g, "") : "";
  const [, ends = ""] = /^ {4,}.* # (?!\d {2})(.*)$/.exec(line) ?? [];
  if (/^ {4}/.test(line)) return ends.replace(/0 {2}.*/, "");
  if (/^ {2}(?:class|classDef|subgraph|end)\b/.test(line)) return /"(.*)"/.exec(line)?.[1] ?? "";
  // Of a table of changes: what, and why; the values between are those of files and commands.
  const cells = line.split(" | ");
  return line.startsWith("| `") && cells.length > 4
    ? [cells[0]?.replaceAll("`", ""), ...cells.slice(3)].join(" ")
    : line;
}

/** Lines that are not set as the glossary says; commands are set as they are typed. */
function faultsIn(bundle: Bundle): string[] {
  const documents = written.slice(0, 2).map((path) => textOf(bundle, path).replace(/^```mermaid$.*?^```$/ms, ""));
  const lines = documents.flatMap((text) => text.split("\n").filter((line) => !/^ {4}/.test(line)));
  const picture = textOf(bundle, "topology.svg").matchAll(/<text[^>]*>(?:<title>.*?<\/title>)?(.*?)<\/text>/g);
  return faultsOfLines([...lines, ...[...picture].map(([, text = ""]) => text)]);
}

/** A script without its runtime, and without what its head says of that. */
function declared(script: string): string {
  return script.replace(/\n# Part 3 of 3.*$/s, "").replaceAll(/^lvsgen_(?:sum|size|runtime)=.*$/gm, "");
}

describe.each([...descriptions])("%s", (_, description) => {
  test("has no English left in its documents and its picture", async () => {
    expect(leftIn(await built(inChinese(description)))).toEqual([]);
  });

  test("has documents and a picture that are set by the rules", async () => {
    expect(faultsIn(await built(inChinese(description)))).toEqual([]);
  });

  test("has the same files as in English, byte for byte, and scripts that differ by their runtime alone", async () => {
    const [english, chinese] = [await built(description), await built(inChinese(description))];
    const others = ({ files }: Bundle): string[] =>
      files
        .filter(({ path }) => ![...written, "manifest.json", "SHA256SUMS"].includes(path))
        .map(({ path, sha256, executable, chunks }) => `${path} ${executable ? declared(chunks.join("")) : sha256}`);
    expect(others(chinese)).toEqual(others(english));
  });

  test("has every command of the English documents, in their order", async () => {
    const [english, chinese] = [await built(description), await built(inChinese(description))];
    const commands = (bundle: Bundle, path: string): string[] =>
      textOf(bundle, path)
        .split("\n")
        .filter(
          (line) => /^ {4,}\S/.test(line) && !/^ *# /.test(line) && !/^ {4}(?:\w+\d*[[("]|[0-9a-f]{64})/.test(line),
        )
        .map((line) => line.replace(/ +# .*/, ""));
    for (const path of ["OPERATIONS.md", "RUNBOOK.md"])
      expect(commands(chinese, path)).toEqual(commands(english, path));
  });
});

const edited = (one: Description, edit: (one: Description) => void): Description => {
  edit(one);
  return one;
};
const changes: readonly (readonly [string, Description, Description])[] = [
  ["a real server more", pair(), edited(pair(), (one) => one.services[0].realservers.push({ host: "web3" }))],
  [
    "a real server less",
    pair(),
    edited(pair(), (one) => {
      one.services[0].realservers.pop();
      delete one.hosts.web2;
    }),
  ],
  ["another virtual address", pair(), edited(pair(), (one) => Object.assign(one.services[0], { vip: "10.0.0.101" }))],
  ["another scheduler", web(), edited(web(), (one) => Object.assign(one.services[0], { scheduler: "sh" }))],
  ["another forwarding method", web(), edited(web(), (one) => Object.assign(one.services[0], { mode: "tun" }))],
  [
    "another forwarding method of one real server, which is drained for it",
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
  ["failover", web(), pair()],
  ["another name of the cluster", pair(), edited(pair(), (one) => Object.assign(one, { name: "shop" }))],
  ["another router id", pair(), edited(pair(), (one) => Object.assign(one.ha, { routerId: 81 }))],
  [
    "another address of a host",
    pair(),
    edited(pair(), (one) => Object.assign(one.hosts.web1, { address: "10.0.0.21/24" })),
  ],
  ["another system", pair(), edited(pair(), (one) => Object.assign(one.hosts.web1, { platform: "el9" }))],
  [
    "a service more, one less",
    web(),
    edited(web(), (one) => {
      one.services = [{ ...one.services[0], name: "mail", port: 25, persistence: { timeout: 300 } }];
    }),
  ],
  [
    "weights and ports of a pool of many hosts, which nobody tests",
    read("examples/pools.json"),
    edited(read("examples/pools.json"), (one) => {
      one.pools.web[0].weight = 3;
      one.services[1].port = 8443;
    }),
  ],
  [
    "the forwarding method of a service with a sorry server",
    read("examples/failover.json"),
    edited(read("examples/failover.json"), (one) => Object.assign(one.services[0], { mode: "tun" })),
  ],
];

describe("a change", () => {
  test.each(changes)("%s: its runbook has no English left, there and back", async (_, old, next) => {
    expect(leftIn(await changed(inChinese(old), inChinese(next)))).toEqual([]);
    expect(leftIn(await changed(inChinese(next), inChinese(old)))).toEqual([]);
  });

  test.each(changes)("%s: its runbook is set by the rules, there and back", async (_, old, next) => {
    expect(faultsIn(await changed(inChinese(old), inChinese(next)))).toEqual([]);
    expect(faultsIn(await changed(inChinese(next), inChinese(old)))).toEqual([]);
  });

  test("is told in Chinese where the former bundle was in English, and its manifest is in English in any case", async () => {
    const [, old, next] = changes[0] ?? [];
    const bundle = await changed(old, inChinese(next));
    expect(leftIn(bundle)).toEqual([]);
    expect(textOf(bundle, "manifest.json")).not.toMatch(/\p{Script=Han}/u);
    expect(textOf(bundle, "RUNBOOK.md")).toContain("现有连接保持不变；它得到自己那一份新建连接");
  });
});

test("names are never translated, whatever they mean", async () => {
  const description = edited(web(), (one) => {
    one.name = "cluster";
    one.hosts = { director: one.hosts.lvs1, client: one.hosts.web1, clients: one.hosts.web2 };
    one.directors = ["director"];
    one.services[0].name = "priority";
    for (const [index, name] of ["none", "gateway", "service"].entries())
      one.hosts[name] = { address: `10.0.0.${21 + index}/24` };
    one.services[0].realservers = [{ host: "client" }, { host: "clients" }];
    const weighed = [{ host: "service", weight: 3 }, { host: "none" }, { host: "gateway" }];
    one.services.push({ name: "on", vip: "10.0.0.101", port: 80, scheduler: "wrr", realservers: weighed });
  });
  const bundle = await built(inChinese(description));
  const [operations, runbook, picture] = written.map((path) => textOf(bundle, path));
  expect(operations).toContain("| `director.sh` | director |");
  expect(operations).toContain("| `realserver.sh` | client、clients、none、gateway、service |");
  expect(operations).toContain("| service（10.0.0.23）、none（10.0.0.21）、");
  expect(runbook).toMatch(/^# LVS 集群 cluster 操作手册/);
  expect(runbook).toContain("| priority | tcp 10.0.0.100:80 | wrr、DR | client、clients 权重 1 |");
  expect(runbook).toContain("| on | tcp 10.0.0.101:80 | wrr、DR | service 权重 3；none、gateway 权重 1 |");
  expect(runbook).toContain('server0["client, clients<br/>');
  expect(picture).toContain(">client, clients</text>");
});

test("English is what stands where the description says nothing, and where it says so", async () => {
  const [silent, said] = [await built(web()), await built({ ...web(), language: "en" })];
  for (const path of written) {
    expect(textOf(said, path)).toBe(textOf(silent, path));
    expect(textOf(said, path)).not.toMatch(/\p{Script=Han}/u);
  }
});
