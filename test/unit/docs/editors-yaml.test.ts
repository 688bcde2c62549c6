/**
 * The server that VS Code's extension, coc.nvim and Neovim start for YAML, with the settings of docs/editors.md and with the comment that `init`
 * writes: what it shows in a description as it is typed, in the schema of either language, and whom it asks.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseJsonc } from "jsonc-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { Workstation } from "../../docs/workstation.ts";
import { checkout, commandsIn, succeeds, textOf } from "./deeds.ts";
import { LanguageServer } from "./language-server.ts";

const script = join(checkout, "node_modules/yaml-language-server/bin/yaml-language-server");
const settings = parseJsonc(textOf("docs/editors.md", "// .vscode"));
const schemaStore = { enable: settings["yaml.schemaStore.enable"] };
const [comment = ""] = commandsIn(textOf("docs/editors.md", "# yaml-language-server"));

const associations = [
  { how: "by the settings", yaml: { schemas: settings["yaml.schemas"], schemaStore }, named: "" },
  { how: "by the comment", yaml: { schemaStore }, named: comment },
];
const languages = [
  {
    language: "en",
    straight: "replies straight to the client; same segment",
    cluster: "cluster, direct routing",
    service: "service, real servers listed",
  },
  {
    language: "zh",
    straight: "应答直接发给客户端；同一网段",
    cluster: "集群，直接路由",
    service: "服务，逐一列出真实服务器",
  },
];

const here = new Workstation(checkout, null);
const init =
  "init --name a --platform debian12 --interface eth0 --director lvs1=10.0.0.1/24 --vip 10.0.0.9 --port 80 --realserver 10.0.0.11/24";
const written = (language: string): string => readFileSync(join(here.directory, language, "cluster.yaml"), "utf8");

beforeAll(async () => {
  for (const { language } of languages)
    await succeeds(
      here,
      `mkdir ${language}; (cd ${language} && lvsgen ${init} -o cluster.yaml --language ${language})`,
    );
});
afterAll(() => here.remove());

describe.each(languages.flatMap((language) => associations.map((association) => ({ ...language, ...association }))))(
  "$how, $language",
  ({ language, straight, cluster, service, yaml, named }) => {
    let server: LanguageServer;
    beforeAll(async () => {
      server = new LanguageServer(script, join(here.directory, language));
      await server.start({ yaml });
    });
    afterAll(() => server.stop());

    /** What `init` has written, its first line as it is or empty; and a piece put in the place of another. */
    const described = (piece?: string, instead = ""): string => {
      const whole = written(language).replace(/^.*\n/, `${named}\n`);
      if (piece === undefined) return whole;
      expect(whole.split(piece)).toHaveLength(2);
      return whole.replace(piece, instead);
    };

    test("what `init` describes is right, and nobody is asked", async () => {
      expect(written(language).split("\n", 1)).toEqual([comment]);
      expect((await server.show("cluster.yml", described())).faults).toEqual([]);
      expect(server.asked).toEqual([]);
    });

    test.each([
      ['"wlc"', '"round-robin"', [/^"round-robin": .*"wlc"/]],
      ['"vip"', '"vpi"', [/^"vpi": .*vpi/]],
      ['"version": 1\n', "", [/"version"/]],
      ['"port": 80', '"port": 80000', [/^80000: /]],
    ])("what is wrong in form is marked: %s as %s", async (right, wrong, faults) => {
      expect((await server.show("cluster.yaml", described(right, wrong))).faults).toEqual(
        faults.map((fault) => expect.stringMatching(fault)),
      );
    });

    test("keys, words and snippets are offered, and what is put in is YAML", async () => {
      const empty = await server.show("cluster.yaml", `${named}\n|`);
      const keys = await server.show("cluster.yaml", described('    "mode": "dr"', "    |"));
      const words = await server.show("cluster.yaml", described('"mode": "dr"', '"mode": |'));
      const services = await server.show("cluster.yaml", described('"services":\n', '"services":\n  - |\n'));
      expect([...empty.offered.keys()]).toEqual(expect.arrayContaining([cluster, "version", "pools"]));
      expect([...keys.offered.keys()]).toEqual(expect.arrayContaining(["mode", "persistence", "vipInterface"]));
      expect([...words.offered.keys()]).toEqual(["dr", "tun", "nat"]);
      expect([...services.offered.keys()]).toEqual(expect.arrayContaining([service, "vip"]));
      for (const { offered } of [empty, keys, words, services])
        for (const [label, inserted] of offered) expect(`${label}: ${inserted}`).not.toContain("[object");
    });

    test("keys and the words of a choice are explained", async () => {
      const { hover } = await server.show("cluster.yaml", described('"mode": "dr"', '"mode": "d|r"'));
      expect(hover).toContain(straight);
      expect(hover).toContain("cluster.schema.json");
    });
  },
);

test("what the examples describe is right", async () => {
  const names = readdirSync(join(checkout, "examples"));
  expect(names.length).toBeGreaterThan(5);
  const server = new LanguageServer(script, join(here.directory, "en"));
  try {
    await server.start({ yaml: { schemaStore } });
    for (const name of names) {
      const { $schema: _schema, ...example } = parseJsonc(readFileSync(join(checkout, "examples", name), "utf8"));
      const { faults } = await server.show("cluster.yaml", `${comment}\n${stringify(example)}`);
      expect([name, faults]).toEqual([name, []]);
    }
    expect(server.asked).toEqual([]);
  } finally {
    server.stop();
  }
});

test("without that setting it asks a server of others for a list of schemas", async () => {
  const server = new LanguageServer(script, join(here.directory, "en"));
  try {
    await server.start({ yaml: {} });
    expect(schemaStore).toEqual({ enable: false });
    expect(server.asked).toEqual(["www.schemastore.org"]);
  } finally {
    server.stop();
  }
});
