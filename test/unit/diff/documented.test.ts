/** docs/diff.md has every rule that can be told. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { verdictTitles } from "../../../src/diff/index.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const page = readFileSync(join(root, "docs/diff.md"), "utf8");
const sources = readdirSync(join(root, "src/diff"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(root, "src/diff", file), "utf8"))
  .join("\n");

const rules = [
  ...new Set(
    [...sources.matchAll(/\b(?:change|told|plainly|say|tell)\(\s*"([a-z-]+)"|\brule: "([a-z-]+)"/g)].map(
      ([, called, named]) => called ?? named ?? "",
    ),
  ),
  ..."marks untracked mss source-nat".split(" ").map((set) => `${set}-rule`),
];

test("the rules are found at all", () => {
  expect(rules).toEqual(
    expect.arrayContaining(["service", "service-scheduler", "server", "sysctl", "vip-removed", "own-files"]),
  );
  expect(rules.length).toBeGreaterThan(60);
});

test.each(rules)("%s", (rule) => {
  expect(page).toContain(`\`${rule}\``);
});

test.each(Object.values(verdictTitles))("the verdict %s", (title) => {
  expect(page).toContain(`| \`${title}\` |`);
});
