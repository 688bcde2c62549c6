import { describe, expect, test } from "vitest";
import type { Step } from "../../../src/diff/step.ts";
import { batchesOf, type Sizes, standardSizes } from "../../../src/rollout/batches.ts";

const many = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

function step(hosts: readonly string[], changes: Partial<Step> = {}): Step {
  return { action: "apply", script: "realserver.sh", hosts, bundle: "new", why: "", ...changes };
}

const sizesOf = (hosts: readonly string[], shares: readonly (readonly string[])[], sizes: Sizes = standardSizes) =>
  batchesOf(step(hosts), shares, sizes).map(({ hosts: all }) => all.length);

describe("real servers", () => {
  test("one first, then a quarter of them", () => {
    const web = many("web", 20);
    const [first, ...others] = batchesOf(step(web), [web], standardSizes);
    expect(first).toEqual({ hosts: ["web1"], isCanary: true });
    expect(others.map(({ hosts, isCanary }) => [hosts.length, isCanary])).toEqual([
      [5, false],
      [5, false],
      [5, false],
      [4, false],
    ]);
    expect([first, ...others].flatMap((part) => part?.hosts ?? [])).toEqual(web);
  });

  test.each([1, 2, 3, 4, 7, 20, 33])(
    "never more than its share of any service of %i, and never all of one that has several",
    (size) => {
      const web = many("web", size);
      const shares = [web, web.slice(0, Math.ceil(size / 2)), web.slice(-2), web.slice(0, 1)];
      for (const percent of [1, 25, 50, 99, 100]) {
        const parts = batchesOf(step(web), shares, { canary: 1, batch: { kind: "share", percent } });
        expect(new Set(parts.flatMap(({ hosts }) => hosts))).toEqual(new Set(web));
        for (const behind of shares)
          for (const { hosts } of parts) {
            const both = hosts.filter((host) => behind.includes(host)).length;
            expect(both).toBeLessThanOrEqual(Math.max(1, Math.floor((behind.length * percent) / 100)));
            if (behind.length > 1) expect(both).toBeLessThan(behind.length);
          }
      }
    },
  );

  test("a number of hosts is no more than that, also with small services", () => {
    const web = many("web", 6);
    expect(sizesOf(web, [web], { canary: 2, batch: { kind: "hosts", count: 3 } })).toEqual([2, 3, 1]);
    expect(
      sizesOf(web, [web.slice(0, 2), web.slice(2, 4), web.slice(4)], { canary: 1, batch: { kind: "hosts", count: 9 } }),
    ).toEqual([1, 3, 2]);
  });

  test("one alone is no canary", () => {
    expect(batchesOf(step(["web1"]), [], standardSizes)).toEqual([{ hosts: ["web1"], isCanary: false }]);
  });

  test("for which clients wait: one, then all that are left", () => {
    const web = many("web", 9);
    const parts = batchesOf(step(web, { awaited: web }), [web], standardSizes);
    expect(parts.map(({ hosts }) => hosts.length)).toEqual([1, 8]);
  });
});

test.each(["director.sh", "nfs.sh"])(
  "%s: one host at a time, in the order of the step, whatever sizes are asked for",
  (script) => {
    const parts = batchesOf(step(["b", "a", "c"], { script }), [["a", "b", "c"]], {
      canary: 3,
      batch: { kind: "hosts", count: 9 },
    });
    expect(parts.map(({ hosts }) => hosts)).toEqual([["b"], ["a"], ["c"]]);
  },
);
