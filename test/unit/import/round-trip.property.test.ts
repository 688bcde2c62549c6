/** Any description's rules, imported and built again, are the same byte for byte. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { isSame } from "../../../src/import/index.ts";
import { ipvsRules } from "../../../src/lvs/table.ts";
import { hosts, service } from "./clusters.ts";
import { comparisonOf } from "./compare-files.ts";
import { builtRules, errorsOf, importText } from "./inputs.ts";

interface Drawn {
  readonly frontend: object;
  readonly scheduling: object;
  readonly realservers: readonly { readonly to: object }[];
}

function described(platform: string, services: readonly Drawn[]): string {
  const written = services.map(({ frontend, scheduling, realservers, ...rest }, index) => ({
    name: `s${index}`,
    ...frontend,
    ...scheduling,
    ...rest,
    realservers: realservers.map(({ to, ...more }) => ({ ...to, ...more })),
  }));
  const used = Object.entries(hosts).filter(
    ([name]) => name === "lvs1" || JSON.stringify(written).includes(`"host":"${name}"`),
  );
  return JSON.stringify({
    version: 1,
    name: "any",
    defaults: { platform, interface: "eth0" },
    hosts: Object.fromEntries(used),
    directors: ["lvs1"],
    services: written,
  });
}

test("rules of an accepted description come back as they were", async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("el7", "el8", "el9", "debian12", "ubuntu24"),
      fc.array(service, { minLength: 1, maxLength: 4 }),
      async (platform, services) => {
        // Each service alone first: one that is refused takes the others with it.
        const kept = [];
        for (const one of services)
          if ((await analyse(described(platform, [...kept, one]))).cluster !== null) kept.push(one);
        const { cluster } = await analyse(described(platform, kept));
        if (cluster === null) return;
        accepted++;
        const rules = ipvsRules(cluster.services, cluster.directors[0]?.platform.limits.printsTunnelType === true).join(
          "",
        );
        const marks = cluster.services.flatMap(({ frontend: front }) =>
          front.kind === "address"
            ? []
            : front.matches.map(({ vip, protocol, ports }) => ({
                mark: front.mark,
                vip: vip.text,
                protocol,
                port: ports === null ? 0 : ports[0] === ports[1] ? ports[0] : ports.join("-"),
              })),
        );
        const imported = await importText(rules, { marks });
        expect(errorsOf(imported)).toEqual([]);
        expect(await builtRules(imported)).toBe(rules);
        expect(imported.misses).toEqual([]);
        const compared = await comparisonOf(imported);
        expect(isSame(compared)).toBe(true);
        expect(compared.same).toBe(rules.split("\n").length - 1);
      },
    ),
    { numRuns: 120 },
  );
  expect(accepted).toBeGreaterThan(40);
});
