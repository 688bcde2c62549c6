import { describe, expect, test } from "vitest";
import { markdownOf } from "../../../src/diff/index.ts";
import { english } from "../../../src/language/index.ts";
import { chinese } from "../../../src/language/zh/index.ts";
import { englishIn } from "../language/english-left.ts";
import { compared, web } from "./sides.ts";

test("has what a reviewer needs", async () => {
  const next = web();
  next.services[0].scheduler = "wlc";
  next.services[0].realservers.push({ host: "web3" });
  const text = markdownOf(await compared(web(), next), ["HEAD~1:cluster.json", "cluster.json"], english);
  expect(text).toContain("## `web`: `HEAD~1:cluster.json` → `cluster.json`");
  expect(text).toContain("### `service shop (tcp 10.0.0.100:80)`");
  expect(text).toMatch(/^\| `scheduler` \| `wrr` \| `wlc` \| \*\*new connections go elsewhere\*\* \| ipvsadm -E/m);
  expect(text).toContain("1. `bash realserver.sh` on `web3`: ");
  expect(text).toContain("2. `bash director.sh` on `lvs1`: ");
});

test("says it in Chinese, with names and commands as they are", async () => {
  const next = web();
  next.services[0].scheduler = "wlc";
  next.services[0].realservers.push({ host: "web3" });
  const sides = ["HEAD~1:cluster.json", "cluster.json"] as const;
  const text = markdownOf(await compared(web(), next), sides, chinese);
  expect(text).toContain("## `web`: `HEAD~1:cluster.json` → `cluster.json`");
  expect(text).toMatch(/^### `服务 shop.*10\.0\.0\.100:80/m);
  expect(text).toMatch(/^\| `调度算法` \| `wrr` \| `wlc` \| \*\*\p{Script=Han}+\*\* \| ipvsadm -E/mu);
  expect(text).toContain("### 按以下次序执行");
  expect(text).toMatch(/^1\. `bash realserver\.sh` 在 `web3` 上：/m);
  expect(text.split("\n").flatMap(englishIn)).toEqual([]);
  expect(markdownOf(await compared(web(), web()), sides, chinese)).toMatch(/\n\n没有差别。\n$/);
});

test("says where nothing differs", async () => {
  expect(markdownOf(await compared(web(), web()), ["a", "b"], english)).toBe(
    "## `web`: `a` → `b`\n\nNothing differs.\n",
  );
});

test("a table of thousands is cut, and its reason stands once", async () => {
  const next = web();
  for (let last = 101; last < 250; last++) next.services[0].realservers.push({ address: `10.0.0.${last}` });
  const text = markdownOf(await compared(web(), next), ["a", "b"], english);
  expect(text.match(/real server 10\.0\./g)).toHaveLength(20);
  expect(text).toMatch(/^\| … and [0-9]+ more like these \| \| \| \*\*new connections go elsewhere\*\* \| \|$/m);
  expect(text.match(/it gets its share of new ones/g)).toHaveLength(1);
});

describe("what a description has is no markup", () => {
  test.each([
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "a | b | c",
    "`code` ``more`` and ` one",
    "@everyone #1 !2 :tada:",
    "**bold** _em_ ~~gone~~",
    "back\\slash\\|",
    "\u202egnp.exe\u0007",
  ])("%j", (text) => {
    // A bundle may be anybody's: no name in it is sure to be one.
    const change = {
      rule: "file",
      action: "changed",
      what: text,
      was: text,
      becomes: text,
      verdict: "none",
      why: "so",
    } as const;
    const found = markdownOf(
      {
        kind: "difference",
        clusters: [text, text],
        changes: [
          { ...change, subject: { kind: "service", key: text, title: text } },
          { ...change, subject: { kind: "hosts", names: [text, text], role: null } },
        ],
        steps: [{ action: "apply", script: "director.sh", hosts: [text], bundle: "new", why: "so" }],
        notes: [],
      },
      [text, text],
      english,
    );
    const lines = found.split("\n");
    const rows = lines.filter((line) => line.startsWith("| `"));
    expect(rows).toHaveLength(2);
    for (const cells of rows.map(cellsOf)) {
      expect(cells).toHaveLength(5);
      for (const cell of cells.slice(0, 3)) expect(isCode(cell)).toBe(true);
    }
    const headings = lines.filter((line) => line.startsWith("### `"));
    expect(headings).toHaveLength(2);
    for (const heading of headings) expect(isCode(heading.slice(4))).toBe(true);
    const [title = ""] = lines;
    expect(title).toMatch(/^## `.*`: `.*` → `.*`$/);
    expect(found).not.toMatch(/[^\P{C}\n]/u);
  });
});

/** As a table of GFM is read: a bar that no backslash stands before ends a cell, in code as well. */
function cellsOf(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** Whether a text is one code span: no run of backticks inside is as long as the fence (CommonMark 6.1). */
function isCode(text: string): boolean {
  const [fence = ""] = /^`+/.exec(text) ?? [];
  if (fence === "" || !text.endsWith(fence) || text.length <= 2 * fence.length) return false;
  return ![...text.slice(fence.length, -fence.length).matchAll(/`+/g)].some(([run]) => run.length === fence.length);
}
