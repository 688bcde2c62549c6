/**
 * The server that VS Code, coc.nvim and Neovim start for JSON, with the settings of docs/editors.md and with `$schema`: what it shows in a
 * description as it is typed. `|` is where the cursor stands.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseJsonc } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import {
  getLanguageService,
  type JSONDocument,
  type LanguageSettings,
  TextDocument,
} from "vscode-json-languageservice";
import { schemaIn } from "../../../src/commands/schema.ts";
import { english } from "../../../src/language/index.ts";
import { chinese } from "../../../src/language/zh/index.ts";
import { checkout, textOf } from "./deeds.ts";

const place = "file:///site/cluster.schema.json";
const { ["json.schemas"]: associated } = parseJsonc(textOf("docs/editors.md", "// .vscode")) as {
  "json.schemas": { fileMatch: string[]; url: string }[];
};

/** What a workspace at /site has in its settings. */
const settings: LanguageSettings = {
  validate: true,
  schemas: associated.map(({ fileMatch, url }) => ({ fileMatch, uri: new URL(url, "file:///site/").href })),
};

function opened(marked: string, name: string, settled: LanguageSettings, schema = schemaIn(english)) {
  const asked: string[] = [];
  const service = getLanguageService({
    schemaRequestService: (uri) => {
      asked.push(uri);
      return uri === place ? Promise.resolve(schema) : Promise.reject(new Error(`nobody may ask for ${uri}`));
    },
    workspaceContext: { resolveRelativePath: (path, resource) => new URL(path, resource).href },
    clientCapabilities: { textDocument: { completion: { completionItem: { documentationFormat: ["markdown"] } } } },
  });
  service.configure(settled);
  const at = marked.indexOf("|");
  const document = TextDocument.create(`file:///site/${name}`, "jsonc", 1, marked.replace("|", ""));
  const parsed: JSONDocument = service.parseJSONDocument(document);
  const position = document.positionAt(Math.max(at, 0));
  return {
    asked,
    faults: async () =>
      (await service.doValidation(document, parsed, { comments: "ignore", trailingCommas: "ignore" })).map(
        ({ message, range }) => `${document.getText(range)}: ${message}`,
      ),
    labels: async () => (await service.doComplete(document, position, parsed))?.items.map(({ label }) => label) ?? [],
    hover: async () => JSON.stringify((await service.doHover(document, position, parsed))?.contents ?? ""),
  };
}

describe.each([
  ["by the workspace's settings", "", settings],
  ["by $schema", '"$schema": "./cluster.schema.json", ', { validate: true }],
])("%s", (_, named, settled) => {
  const described = (service: string) => `{ ${named}"version": 1, "name": "kgc", "hosts": {}, "directors": [],
  // A comment, and a comma too many.
  "services": [{ "name": "web", "vip": "192.0.2.1", "port": 80, ${service}, "realservers": [] }], }`;

  test("what is wrong in form is marked, and nothing else", async () => {
    const wrong = opened(described('"scheduler": "round-robin"'), "cluster.json", settled);
    expect(await wrong.faults()).toContainEqual(expect.stringMatching(/^"round-robin": /));
    expect(wrong.asked).toEqual([place]);
    const example = readFileSync(join(checkout, "examples/kgc-debian12.json"), "utf8");
    const right = opened(
      example.replace("../schema/cluster.schema.json", "./cluster.schema.json"),
      "cluster.jsonc",
      settled,
    );
    expect(await right.faults()).toEqual([]);
    expect(right.asked).toEqual([place]);
  });

  test("keys and words are offered", async () => {
    expect(await opened(described('"|'), "cluster.json", settled).labels()).toEqual(
      expect.arrayContaining(["scheduler", "mode", "persistence", "check"]),
    );
    expect(await opened(described('"mode": |'), "cluster.json", settled).labels()).toEqual(
      expect.arrayContaining(['"dr"', '"nat"', '"tun"']),
    );
  });

  test("keys and words are explained", async () => {
    expect(await opened(described('"sched|uler": "rr"'), "cluster.json", settled).hover()).toMatch(/\w+ \w+/);
    const word = described('"mode": "d|r"');
    for (const [language, meaning] of [
      [english, "replies straight to the client; same segment"],
      [chinese, "应答直接发给客户端；同一网段"],
    ] as const)
      expect(await opened(word, "cluster.json", settled, schemaIn(language)).hover()).toContain(meaning);
  });
});

test.each([english, chinese])(
  "an empty file is offered whole clusters, where the settings name the schema: %#",
  async (language) => {
    const schema = schemaIn(language);
    const { defaultSnippets } = JSON.parse(schema) as { defaultSnippets: { label: string }[] };
    expect(defaultSnippets).toHaveLength(2);
    expect(await opened("|", "cluster.jsonc", settings, schema).labels()).toEqual(
      expect.arrayContaining(defaultSnippets.map(({ label }) => label)),
    );
  },
);
