import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aliasLabel, longestLabel } from "../../../src/lvs/label.ts";

const named = (device: string, cluster: string, index = 0): string | null =>
  aliasLabel(device, index, { cluster, from: null });

describe("labels of aliases", () => {
  test.each([
    ["ens33", "kgc", 0, "ens33:kgc"],
    ["ens33", "kgc", 1, "ens33:kgcV2"],
    ["ens33", "kgc", 99, "ens33:kgcV100"],
    ["ens33", "web-shop", 0, "ens33:web_shop"],
    ["lo", "production", 0, "lo:production"],
    ["lo", "production", 8, "lo:productionV9"],
    ["lo", "production", 9, "lo:prodXta1mV10"],
    ["enp130s0f1", "kgc", 0, "enp130s0f1:kgc"],
    // No room for a name: a number; and not even for that.
    ["enp130s0f1np1", "kgc", 0, "enp130s0f1np1:0"],
    ["enp130s0f1np1", "kgc", 9, "enp130s0f1np1:9"],
    ["enp130s0f1np1", "kgc", 10, null],
    ["enp130s0f1np1v", "kgc", 0, null],
  ])("%s of %s, index %i: %s", (device, cluster, index, label) => {
    expect(named(device, cluster, index)).toBe(label);
  });

  test("are counted from where the description says", () => {
    expect(aliasLabel("ens33", 0, { cluster: "kgc", from: 0 })).toBe("ens33:0");
    expect(aliasLabel("ens33", 2, { cluster: "kgc", from: 5 })).toBe("ens33:7");
  });

  test("a name that is too long is cut, and still told from others that begin alike", () => {
    const labels = ["production-web", "production-mail", "production-we"].map((cluster) => named("ens33", cluster));
    expect(new Set(labels).size).toBe(3);
    for (const label of labels) expect(label).toMatch(/^ens33:prodX[0-9a-z]{4}$/);
  });

  test("no two VIPs of any two clusters whose names fit have the same", () => {
    const cluster = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,4}[a-z0-9])?$/);
    const index = fc.integer({ min: 0, max: 98 });
    fc.assert(
      fc.property(cluster, index, cluster, index, (one, i, other, j) => {
        fc.pre(one !== other || i !== j);
        const label = named("ens33", one, i);
        expect(label?.length).toBeLessThanOrEqual(longestLabel);
        expect(label).toMatch(/^ens33:[0-9A-Za-z_]+$/);
        expect(named("ens33", other, j)).not.toBe(label);
      }),
    );
  });
});
