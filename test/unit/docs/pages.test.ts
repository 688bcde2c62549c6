/**
 * What the tutorial and the how-tos of `docs/` have one type, and show: pages without hosts are played here, those with hosts by
 * `node test/lab/lab.mjs prove tutorial how-tos`, and here as far as they come without.
 */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { showsWhatWasPrinted } from "../../docs/compare.ts";
import { needsLab, type Page, readPage } from "../../docs/page.ts";
import { pagesOf } from "../../docs/pages.ts";
import { play } from "../../docs/play.ts";
import { Workstation } from "../../docs/workstation.ts";

const checkout = resolve(".");
const pages = [...pagesOf(checkout)];

test("there are pages of both kinds", () => {
  const here = pages.filter(([, page]) => !needsLab(page));
  expect(here.length).toBeGreaterThan(0);
  expect(here.length).toBeLessThan(pages.length);
  expect(readdirSync(join(checkout, "docs/how-to")).filter((name) => !name.endsWith(".md"))).toEqual([]);
});

describe.each(pages)("%s", (_, page) => {
  test("has no block that nobody runs", () => {
    expect(page.faults).toEqual([]);
    expect(page.steps.some(({ kind }) => kind === "command")).toBe(true);
  });

  test("does what it says, as far as it comes without hosts", async () => {
    const workstation = new Workstation(checkout, null);
    try {
      const stage = {
        run: (_host: string | null, command: string) => workstation.run(command),
        write: (name: string, text: string) => workstation.write(name, text),
      };
      for await (const { name, fault } of play(withoutHosts(page), stage)) expect(fault, name).toBe("");
    } finally {
      workstation.remove();
    }
  });
});

/** What comes before the first step that needs a lab. */
function withoutHosts(page: Page): Page {
  const end = page.steps.findIndex((step) => needsLab({ steps: [step], faults: [] }));
  return end === -1 ? page : { ...page, steps: page.steps.slice(0, end) };
}

test("a page is read as its reader does", () => {
  const page = readPage(
    "# T\n\n```console\n$ one \\\n    two\nprinted\nlvs1# three\n```\n\n- a\n\n  ```json a/b.json\n  {}\n  ```\n",
  );
  expect(page.faults).toEqual([]);
  expect(page.steps).toEqual([
    { kind: "command", host: null, command: "one \\\n    two", shown: ["printed"] },
    { kind: "command", host: "lvs1", command: "three", shown: [] },
    { kind: "file", name: "a/b.json", text: "{}\n" },
  ]);
  expect(needsLab(page)).toBe(true);
});

test.each([
  ["another language", "```sh\nlvsgen build\n```"],
  ["no language", "```\nlvsgen build\n```"],
  ["no prompt", "```console\nlvsgen build\n```"],
  ["a name behind console", "```console lvs1\n$ lvsgen build\n```"],
  ["an indented block", "text\n\n    lvsgen build\n"],
  ["a block in a list", "- text\n\n  ```sh\n  lvsgen build\n  ```\n"],
  ["HTML", "<pre>lvsgen build</pre>\n"],
])("a block that nobody runs is a fault: %s", (_, text) => {
  expect(readPage(text).faults).toHaveLength(1);
});

test.each([
  [["a", "b"], "a\nb\n", true],
  [["a", "b"], "a\nc\n", false],
  [["a"], "a\nb\n", false],
  [[], "a\n", false],
  [[], "", true],
  [["…"], "", true],
  [["a", "…", "d"], "a\nb\nc\nd\n", true],
  [["a", "…", "d"], "a\nd\ne\n", false],
  [["took <seconds> s"], "took 1.5 s\n", true],
  [["took <seconds> s"], "took x s\n", false],
  [["<number>    b"], "100  b\n", true],
  [["<number>    b"], "100b\n", false],
  [["a    b"], "a  b\n", false],
  [["is <NAME>"], "is <NAME>\n", true],
  [["<sum>", "<sum>"], `${"a".repeat(64)}\n${"b".repeat(64)}\n`, false],
  [["<sum 1>", "<sum 2>"], `${"a".repeat(64)}\n${"b".repeat(64)}\n`, true],
] as [string[], string, boolean][])("%j shows %j: %s", (shown, printed, expected) => {
  expect(showsWhatWasPrinted(shown, printed, new Map())).toBe(expected);
});

test("a sum is the same one in all of a page", () => {
  const known = new Map<string, string>();
  expect(showsWhatWasPrinted(["<sum>  a"], `${"a".repeat(64)}  a\n`, known)).toBe(true);
  expect(showsWhatWasPrinted(["<sum>"], `${"b".repeat(64)}\n`, known)).toBe(false);
  expect(showsWhatWasPrinted(["<sum>"], `${"a".repeat(64)}\n`, known)).toBe(true);
});

test("a command that fails, or prints something else, is told, and nothing is played behind it", async () => {
  const page = readPage("```console\n$ good\nyes\n$ bad\nyes\n$ never\n```\n");
  const stage = (code: number, printed: string) => ({
    run: async (_: string | null, command: string) =>
      command === "bad" ? { code, printed } : { code: 0, printed: "yes\n" },
    write: () => {},
  });
  for (const [code, printed] of [
    [1, "yes\n"],
    [0, "no\n"],
  ] as const) {
    const told = [];
    for await (const one of play(page, stage(code, printed))) told.push(one);
    expect(told.map(({ name, fault }) => [name, fault !== ""])).toEqual([
      ["$ good", false],
      ["$ bad", true],
    ]);
  }
});
