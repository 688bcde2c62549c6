/** `import --check` of which traffic gets the marks of services. */
import { expect, test } from "vitest";
import type { Cluster, MarkMatch } from "../../../src/model.ts";
import { compared, comparisonOf, differing, linesOf } from "./compare-files.ts";
import { errorsOf, importTexts } from "./inputs.ts";

const rule = (mark: number, match: string): string =>
  `iptables -t mangle -A PREROUTING -d 192.0.2.80 ${match} -j MARK --set-mark ${mark}\n`;
const script = `#!/bin/sh
${rule(7, "-p tcp --dport 80")}${rule(7, "-p tcp --dport 8000:8010 -s 198.51.100.0/24 -i eth0")}ipvsadm -A -f 7 -s rr
ipvsadm -a -f 7 -r 192.0.2.11 -g -w 1
`;

/** The matches of the only service, as if the compiler had made others of the description. */
function withMatches(change: (matches: readonly MarkMatch[]) => readonly MarkMatch[]): (cluster: Cluster) => Cluster {
  return (cluster) => {
    const frontend = cluster.services[0]?.frontend;
    if (frontend?.kind !== "fwmark") throw new Error("no mark");
    Object.assign(frontend, { matches: change(frontend.matches) });
    return cluster;
  };
}

test("ports, sources and interfaces are the same", async () => {
  const found = await compared({ script });
  expect(found.counts).toContainEqual({ topic: "marks", same: 2, differs: 0, meant: 0 });
  expect(differing(found)).toEqual([]);
});

test("the same rule of two directors is one match", async () => {
  const imported = await importTexts({ "a.sh": script, "b.sh": script });
  expect(errorsOf(imported)).toEqual([]);
  const found = await comparisonOf(imported);
  // Two of each, which are built once.
  expect(found.counts).toContainEqual({ topic: "marks", same: 4, differs: 0, meant: 0 });
});

test("a match that is not built, and one that no input has", async () => {
  const without = await compared(
    { script },
    {},
    withMatches(([first]) => (first === undefined ? [] : [first])),
  );
  expect(differing(without)).toEqual([
    "traffic of mark 7 (script:3): tcp to 192.0.2.80, ports 8000-8010, from 198.51.100.0/24, by eth0 -> nothing",
  ]);
  const changed = await compared(
    { script },
    {},
    withMatches((matches) => matches.map((one) => ({ ...one, protocol: "udp", source: null }))),
  );
  expect(differing(changed)).toEqual([
    "traffic of mark 7 (script:2): tcp to 192.0.2.80, port 80 -> nothing",
    "traffic of mark 7 (script:3): tcp to 192.0.2.80, ports 8000-8010, from 198.51.100.0/24, by eth0 -> nothing",
    "traffic of mark 7 (-): nothing -> udp to 192.0.2.80, port 80",
    "traffic of mark 7 (-): nothing -> udp to 192.0.2.80, ports 8000-8010, by eth0",
  ]);
});

test("a mark that no service has stays with its firewall", async () => {
  const found = await compared({ script: script + rule(9, "-p udp --dport 53") });
  expect(linesOf(found)).toEqual(["~ traffic of mark 9 (script:6): udp to 192.0.2.80, port 53 -> nothing"]);
});
