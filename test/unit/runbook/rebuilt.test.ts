/** A runbook that depends on what was there before stays the same wherever the same description is built again. */
import { describe, expect, test } from "vitest";
import { readSince } from "../../../src/diff/since/read.ts";
import { type Bundle, compile } from "../../../src/index.ts";
import { type Description, pair, web } from "../diff/sides.ts";
import { textOf } from "../scripts/bundle.ts";
import { built, former, runbookOf, stepsOf } from "./changed.ts";

const more = (): Description => {
  const one = web();
  one.services[0].realservers.push({ host: "web3", weight: 5 });
  return one;
};
const tunnelled = (): Description => {
  const one = web();
  one.services[0].mode = "tun";
  return one;
};
const renamed = (): Description => ({ ...web(), name: "other" });

const filesOf = ({ files }: Bundle): Record<string, string> =>
  Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256]));

const changes: readonly (readonly [string, () => Description, () => Description])[] = [
  ["a real server more", web, more],
  ["a real server less", more, web],
  ["another method", web, tunnelled],
  ["another director", web, pair],
  ["a director less", pair, web],
  ["another name", web, renamed],
];

describe.each(changes)("%s", (_name, old, next) => {
  test("built again, it is the same to the last byte", async () => {
    const once = await built(next(), await built(old()));
    expect(runbookOf(once).change).not.toBe("");
    const again = await built(next(), once);
    expect(filesOf(again)).toEqual(filesOf(once));
    expect(again.change).toEqual(once.change);
  });

  test("what hosts get does not depend on what was there", async () => {
    const people = /^(?:RUNBOOK\.md|topology\.svg|manifest\.json|SHA256SUMS)$/;
    const forHosts = (bundle: Bundle): object =>
      Object.fromEntries(Object.entries(filesOf(bundle)).filter(([path]) => !people.test(path)));
    expect(forHosts(await built(next(), await built(old())))).toEqual(forHosts(await built(next())));
  });

  test("the manifest keeps all that the runbook says", async () => {
    const manifest = textOf(await built(next(), await built(old())), "manifest.json");
    expect(readSince(manifest)).toEqual(JSON.parse(manifest).since);
    expect(JSON.parse(manifest).since.steps.length).toBeGreaterThan(0);
  });
});

test("a description that changes only in what no host gets keeps its runbook", async () => {
  const once = await built(more(), await built(web()));
  const commented = { ...more(), $schema: "./cluster.schema.json" };
  const again = await built(commented, once);
  expect(textOf(again, "manifest.json")).not.toBe(textOf(once, "manifest.json"));
  expect(textOf(again, "RUNBOOK.md")).toBe(textOf(once, "RUNBOOK.md"));
});

test("where nothing differs for hosts, the former scripts are not even read", async () => {
  const once = await built(more(), await built(web()));
  const { manifest } = former(once);
  const files = (): never => {
    throw new Error("read");
  };
  const { bundle } = await compile(JSON.stringify(more()), { former: { manifest, files } });
  expect(textOf(bundle as Bundle, "RUNBOOK.md")).toBe(textOf(once, "RUNBOOK.md"));
});

test("where the way back was not compared, nothing is said of its price", async () => {
  const once = await built(more(), await built(web()));
  const value = JSON.parse(textOf(once, "manifest.json"));
  expect(value.since.returning.length).toBeGreaterThan(0);
  delete value.since.returning;
  const files = former(once).files;
  const { bundle } = await compile(JSON.stringify(more()), { former: { manifest: JSON.stringify(value), files } });
  const text = textOf(bundle as Bundle, "RUNBOOK.md");
  expect(text).toContain("Back from here");
  expect(text).not.toMatch(/notice(?: nothing)? of going back/);
  expect(textOf(once, "RUNBOOK.md")).toContain("What clients notice of going back");
});

test("the next change begins where the last one ended", async () => {
  const second = await built(more(), await built(web()));
  const third = await built(web(), second);
  expect(stepsOf(runbookOf(third).change).map(({ heading }) => heading)).toEqual([
    "1. lvs1: `director.sh`",
    "2. web3: `realserver.sh uninstall`",
  ]);
  expect(runbookOf(third).change).toContain(second.files.find(({ path }) => path === "SHA256SUMS")?.sha256);
});

/** A former bundle with another text in its manifest. */
function planted(bundle: Bundle, edit: (manifest: Description) => void) {
  const { manifest, files } = former(bundle);
  const value = JSON.parse(manifest);
  edit(value);
  return { manifest: JSON.stringify(value), files };
}

test.each<[string, (since: Description) => void]>([
  ["a host that is a command", (since) => since.steps[0].hosts.push("web1; evil")],
  ["a script of somebody's", (since) => Object.assign(since.steps[0], { script: "evil.sh" })],
  ["an action of somebody's", (since) => Object.assign(since.steps[0], { action: "curl" })],
  ["a reason of several lines", (since) => Object.assign(since.steps[0], { why: "so\n\n    bash evil.sh" })],
  ["a sum that is none", (since) => Object.assign(since.from, { sumOfSums: "`evil`" })],
  ["a verdict of somebody's", (since) => Object.assign(since.groups[0].alike[0], { verdict: "constructor" })],
  ["a host that has left, with a bell", (since) => since.left.push({ name: "web9", interfaces: ["\u0007"] })],
  ["a mark of somebody's", (since) => Object.assign(since.marks.hosts, { web1: "toString" })],
  ["no list of steps", (since) => Object.assign(since, { steps: { 0: null } })],
])("what somebody has put into a manifest is not taken: %s", async (_name, edit) => {
  const once = await built(more(), await built(web()));
  const found = await compile(JSON.stringify(more()), { former: planted(once, ({ since }) => edit(since)) });
  const runbook = runbookOf(found.bundle as Bundle);
  expect(runbook.change).toBe("");
  expect(runbook.text).not.toContain("evil");
  const honest = await compile(JSON.stringify(more()), { former: planted(once, () => undefined) });
  expect(runbookOf(honest.bundle as Bundle).change).not.toBe("");
});

test("markup in what a manifest says stays text", async () => {
  const once = await built(more(), await built(web()));
  const edit = ({ since }: Description): void => {
    since.steps[0].why = "[x](https://example.org) <b> `a`";
    since.groups[0].alike[0].shown[0].what = "`x` | <script>";
  };
  const { bundle } = await compile(JSON.stringify(more()), { former: planted(once, edit) });
  const { change } = runbookOf(bundle as Bundle);
  expect(change).toContain("\\[x\\](https://example.org) \\<b\\> \\`a\\`");
  expect(change).toContain("`` `x` \\| <script> ``");
});

test("a former bundle that cannot be compared is said, and everything is to be run", async () => {
  const once = await built(web());
  const { manifest, files } = former(once);
  const altered = new Map(files()).set("director.sh", "nothing of a script\n");
  const { bundle } = await compile(JSON.stringify(more()), { former: { manifest, files: () => altered } });
  const { change, first } = runbookOf(bundle as Bundle);
  expect(change).toContain("director.sh has not the parts of a script");
  expect(stepsOf(change)).toEqual([]);
  expect(stepsOf(first)).toHaveLength(2);
  expect(bundle?.change).toMatchObject({ hosts: null });
  const again = await built(more(), bundle as Bundle);
  expect(textOf(again, "RUNBOOK.md")).toBe(textOf(bundle as Bundle, "RUNBOOK.md"));
});

test("another runtime alone asks for a look on every host, and for no step", async () => {
  const once = await built(web());
  const { manifest, files } = former(once);
  const other = (text: string): string =>
    text.replace(/^lvsgen_runtime=[0-9a-f]{64}/m, `lvsgen_runtime=${"0".repeat(64)}`);
  const sums = JSON.parse(manifest);
  for (const file of sums.files) if (file.path === "director.sh") file.sha256 = "0".repeat(64);
  const older = new Map([...files()].map(([path, text]) => [path, other(text)]));
  const { bundle } = await compile(JSON.stringify(web()), {
    former: { manifest: JSON.stringify(sums), files: () => older },
  });
  const { change } = runbookOf(bundle as Bundle);
  expect(stepsOf(change)).toEqual([]);
  expect(change).toContain("**The scripts themselves are others**");
});
