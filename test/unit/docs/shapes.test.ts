/** What `--json` prints has the keys that its page shows, and no other; what an import says of two directors is what its page shows; editors. */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type ParseError, parse as parseJsonc } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import { pathsOf, readBlocks } from "../../docs/blocks.ts";
import { Workstation } from "../../docs/workstation.ts";
import { site } from "../import/compare-files.ts";

const checkout = resolve(".");
const blocks = readBlocks(checkout);
const textOf = (page: string, start: string): string => {
  const [found, ...more] = blocks.filter((block) => block.page === page && block.text.startsWith(start));
  if (found === undefined || more.length > 0) throw new Error(`${page} has ${more.length + 1} blocks of ${start}`);
  return found.text;
};
const described = textOf("README.md", "{");
const wrong = described.replace(
  '{ "host": "web1" }, { "host": "web2" }',
  '{ "host": "web1", "port": 8080 }, { "host": "wbe2" }',
);

/** Two directors that do not agree in how often they advertise. */
const disagreeing = {
  ...site,
  "lvs2/etc/keepalived/keepalived.conf":
    site["lvs2/etc/keepalived/keepalived.conf"]?.replace("advert_int 2", "advert_int 1") ?? "",
};

interface Deed {
  readonly files?: Readonly<Record<string, string>>;
  readonly command: string;
}

/** What the last of each row of deeds prints. */
async function printed(rows: readonly (readonly Deed[])[]): Promise<string[]> {
  const all: string[] = [];
  for (const row of rows) {
    const here = new Workstation(checkout, null);
    try {
      let last = "";
      for (const { files = {}, command } of row) {
        for (const [name, text] of Object.entries(files)) here.write(name, text);
        const { code, printed } = await here.run(
          `${command} 2>errors || [[ $? =~ ^(1|2|73)$ ]] || { cat errors; exit 9; }`,
        );
        expect(code, printed).toBe(0);
        last = printed;
      }
      all.push(last);
    } finally {
      here.remove();
    }
  }
  return all;
}

const rules =
  "-A -t 192.168.80.188:80 -s rr\n-a -t 192.168.80.188:80 -r 192.168.80.12:80 -g -w 1\n-A -t web.example.net:80 -s rr\n-A -u 192.168.80.188:53 -s rr\n-a -t web.example.net:80 -r 192.168.80.13:80 -g -w 1\nnot a rule\n";

const motd = '"files": [{ "path": "/etc/motd", "content": "x" }]';

type Row = readonly [page: string, start: string, inside: string | null, rows: readonly (readonly Deed[])[]];
const shapes: readonly Row[] = [
  [
    "docs/cli.md",
    "{",
    null,
    [
      [{ files: { "cluster.json": wrong }, command: "lvsgen build --json" }],
      [{ command: "lvsgen build --json examples/everything.json" }],
      [{ files: { "cluster.json": described, "out/director.sh": "mine\n" }, command: "lvsgen build --json" }],
      [
        {
          files: { "cluster.json": described },
          command: "ssh-keygen -q -t rsa -N '' -f key && lvsgen build --json --sign key --serial 1",
        },
      ],
      // A host leaves its role, a file goes; another name.
      [
        {
          files: { "cluster.json": described.replace(/"address": "192.168.80.13.24"/, `$&, ${motd}`) },
          command: "lvsgen build",
        },
        { files: { "cluster.json": described }, command: "lvsgen build --json" },
      ],
      [
        { files: { "cluster.json": described }, command: "lvsgen build" },
        { files: { "cluster.json": described.replace(', { "host": "web2" }', "") }, command: "lvsgen build --json" },
      ],
      [
        { files: { "cluster.json": described }, command: "lvsgen build" },
        { files: { "cluster.json": described.replace('"kgc"', '"shop"') }, command: "lvsgen build --json" },
      ],
    ],
  ],
  [
    "docs/diff.md",
    "{",
    null,
    [
      [
        {
          files: {
            "old.json": described,
            "new.json": described.replace('"rr"', '"wlc"').replace(', { "host": "web2" }', ""),
          },
          command: "lvsgen diff --json old.json new.json",
        },
      ],
    ],
  ],
  [
    "docs/import.md",
    '{\n  "files"',
    null,
    [
      [{ files: { rules }, command: "lvsgen import rules --check --json" }],
      [{ files: { rules: "nothing\n" }, command: "lvsgen import rules --check --json" }],
    ],
  ],
  [
    "docs/import.md",
    '{\n  "builds"',
    "comparison",
    [
      [{ files: { rules }, command: "lvsgen import rules --check --json" }],
      [{ files: disagreeing, command: "lvsgen import lvs1 lvs2 web1 --check --json" }],
    ],
  ],
];

describe("what --json prints has the keys of the page, and no other", () => {
  test.each(shapes)("%s %s", async (page, start, inside, rows) => {
    const block = textOf(page, start);
    const faults: ParseError[] = [];
    const shown = parseJsonc(block, faults, { allowTrailingComma: true });
    expect(faults).toEqual([]);
    const all = (await printed(rows))
      .map((text) => JSON.parse(text))
      .map((value) => (inside === null ? value : value[inside]));
    const real = [...new Set(all.flatMap((value) => pathsOf(value)))];
    expect(pathsOf(shown).filter((path) => !real.includes(path))).toEqual([]);
    // What stands in a comment is said as well.
    expect(real.filter((path) => !block.includes(`"${path.split(".").at(-1)}"`) && !ofOthers.test(path))).toEqual([]);
  });
});

/** What an import has as other commands have it, which its page says. */
const ofOthers = /^\.(?:diagnostics|problems|comparison)\./;

test("what an import says of two directors that do not agree, compared", async () => {
  const shown = textOf("docs/import.md", "VRRP:");
  const [text = ""] = await printed([[{ files: disagreeing, command: "lvsgen import lvs1 lvs2 web1 --check 2>&1" }]]);
  for (const line of shown.split("\n")) expect(text).toContain(line);
});

describe("editors", () => {
  test("a description names its schema as the page has it, and `lvsgen schema` writes that file", async () => {
    const json = `${textOf("docs/editors.md", '{\n  "$schema"')}\n${described.replace(/^\{\s*"\$schema".*\n/, "")}`;
    const yaml = `${textOf("docs/editors.md", "# yaml-language-server")}\n${described}`;
    const [first, second, schema = ""] = await printed([
      [{ files: { "cluster.json": json }, command: "lvsgen validate --json" }],
      [{ files: { "cluster.yaml": yaml }, command: "lvsgen validate --json" }],
      [{ command: "lvsgen schema" }],
    ]);
    for (const found of [first, second]) expect(JSON.parse(found ?? "")).toMatchObject({ diagnostics: [] });
    const file = JSON.parse(readFileSync(join(checkout, "schema/cluster.schema.json"), "utf8"));
    expect(JSON.parse(schema)).toMatchObject(file);
  });

  test("settings name files that lvsgen looks for, and the schema beside them", () => {
    const text = textOf("docs/editors.md", "// .vscode/settings.json");
    const faults: ParseError[] = [];
    const settings = parseJsonc(text, faults);
    expect(faults).toEqual([]);
    const [{ fileMatch, url }] = settings["json.schemas"];
    expect(dirname(url)).toBe(".");
    const page = readFileSync(join(checkout, "docs/cli.md"), "utf8");
    const others = [textOf("docs/editors.md", "autocmd"), textOf("docs/editors.md", "vim.filetype")];
    const named = [
      ...fileMatch,
      ...Object.keys(settings["files.associations"]),
      ...others.flatMap((one) => one.match(/cluster\.[a-z]+/g) ?? []),
    ];
    for (const name of named) expect(page).toContain(`\`${name}\``);
  });
});
