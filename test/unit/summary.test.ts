import pc from "picocolors";
import { expect, test } from "vitest";
import type { BundleScript } from "../../src/bundle.ts";
import { english } from "../../src/language/index.ts";
import { changeList, changeSummary, countsOf, hostTable, sumLine } from "../../src/terminal/summary.ts";
import type { Output } from "../../src/terminal/terminal.ts";
import { table, wrapped } from "../../src/terminal/text.ts";
import type { FileChange, FileStatus } from "../../src/write/index.ts";

const plain = pc.createColors(false);
const colored = pc.createColors(true);
const output: Output = { write: () => undefined, colors: plain, columns: null, language: english };

function script(path: string, hosts: number): BundleScript {
  const names = Array.from({ length: hosts }, (_, index) => `web${index + 1}`);
  return { path, role: "realserver", hosts: names.map((name) => ({ name, platform: "el7", files: ["a", "b"] })) };
}

function changes(statuses: Record<string, FileStatus>): FileChange[] {
  return Object.entries(statuses).map(([path, status]) => ({ path, status, sha256: null }));
}

test("one line a host, under the script that it runs", () => {
  expect(hostTable([script("director.sh", 1), script("realserver.sh", 2)], output)).toBe(
    [
      "  SCRIPT         HOST  PLATFORM  FILES",
      "  director.sh    web1  el7       2",
      "  realserver.sh  web1  el7       2",
      "                 web2  el7       2",
      "",
    ].join("\n"),
  );
});

test("a thousand hosts and a thousand files are cut, and how many there are is said", () => {
  const hosts = hostTable([script("realserver.sh", 1000)], output);
  expect(hosts.split("\n").length).toBeLessThan(25);
  expect(hosts).toContain("984 more");
  const many = changes(Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, "removed"])));
  expect(changeList(many, plain)).toContain("984 more");
});

test.each<[string, Record<string, FileStatus>, string]>([
  ["nothing changed", { a: "unchanged", b: "unchanged" }, "out: nothing changed, 2 files\n"],
  ["the first build", { a: "added" }, "out: 1 file written. out/RUNBOOK.md says what to run where, in which order.\n"],
  [
    "some of each",
    { a: "added", b: "changed", c: "removed", d: "unchanged" },
    "out: 1 added, 1 changed, 1 removed, 1 unchanged\n  + a\n  ~ b\n  - c\n",
  ],
  ["ten changed", { a: "changed", d: "unchanged" }, "out: 1 changed, 1 unchanged\n  ~ a\n"],
])("the summary of %s", (_name, statuses, expected) => {
  expect(changeSummary(changes(statuses), "out", plain)).toBe(expected);
});

test("the sum of the sums is said where there are any", () => {
  const sums: FileChange = { path: "SHA256SUMS", status: "unchanged", sha256: "abc" };
  expect(sumLine([...changes({ a: "added" }), sums], "out", output)).toMatch(/^SHA-256 of out\/SHA256SUMS, .*: abc\n$/);
  expect(sumLine(changes({ a: "added" }), "out", output)).toBe("");
});

test("a count of ten is not taken for none", () => {
  const ten = changes(Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`f${index}`, "unchanged"])));
  expect(changeSummary([...ten, ...changes({ z: "added" })], "out", plain)).toContain("1 added, 10 unchanged");
  expect(countsOf(ten).unchanged).toBe(10);
});

test("colours have no width", () => {
  const rows = [
    [colored.red("a"), "b"],
    ["ccc", "d"],
  ];
  expect(table(rows).split("\n")[0]).toBe(`${colored.red("a")}    b`);
});

test("paragraphs are broken at word ends, indented lines stay as they are", () => {
  expect(wrapped("one two three four\n  code that is long\n\nfive", "> ", 11)).toBe(
    "> one two\n> three\n> four\n>   code that is long\n\n> five",
  );
});

test("columns are as wide as a terminal shows them, which is two for most of what is written in China", () => {
  expect(
    table([
      ["主", "a"],
      ["web1", "b"],
    ]),
  ).toBe("主    a\nweb1  b\n");
});
