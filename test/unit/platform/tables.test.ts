import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { platforms } from "../../../src/platform/index.ts";

const tables = Object.entries(platforms);
const docs = join(import.meta.dirname, "..", "..", "..", "docs", "platforms");

describe.each(tables)("%s", (name, { network, releases, limits, ...table }) => {
  test("stands under its own name", () => {
    expect(table.name).toBe(name);
  });

  test("has its default back end", () => {
    expect(network.possible).toContain(network.default);
    expect(new Set(network.possible).size).toBe(network.possible.length);
  });

  test("takes releases that no other table takes", () => {
    const others = tables.filter(([other]) => other !== name).flatMap(([, other]) => other.releases);
    for (const release of releases) {
      expect(release).toMatch(/^[A-Za-z]+:[A-Za-z0-9.]+\*$/);
      const stem = release.slice(0, -1);
      expect(others.filter((other) => stem.startsWith(other.slice(0, -1)) || other.startsWith(stem))).toEqual([]);
    }
  });

  test("lacks what is younger than its kernel", () => {
    const [major, minor] = limits.kernel;
    const isOlder = (than: readonly [number, number]): boolean =>
      major < than[0] || (major === than[0] && minor < than[1]);
    const since = { fo: [3, 18], ovf: [4, 3], mh: [4, 18], twos: [5, 12] } as const;
    for (const scheduler of ["fo", "ovf", "mh", "twos"] as const)
      if (isOlder(since[scheduler])) expect(limits.missingSchedulers).toContain(scheduler);
    expect(limits.mixedFamilies).toBe(!isOlder([3, 18]));
    expect(limits.tunnelTypes.includes("gre")).toBe(!isOlder([5, 3]));
  });

  test("has a page that names what is written there", () => {
    const file = join(docs, `${name}.md`);
    expect(existsSync(file)).toBe(true);
    const page = readFileSync(file, "utf8");
    for (const word of [
      `"${name}"`,
      table.title,
      table.paths.ipvsRules,
      ...network.possible,
      ...limits.missingSchedulers,
    ])
      expect(page).toContain(word);
  });
});
