/** A pair in a network of IPv6 alone: VRRP, the sync of connections and the checks have no address of IPv4 to go by. */
import type { Proof } from "../../bench.ts";
import { hostSpec } from "../../spec.ts";
import type { Description } from "../bundle.ts";
import { deadRealServer } from "./health.ts";
import { powerCut, stopped } from "./pair.ts";
import { Rows } from "./rows.ts";
import { Pair, pair, vips } from "./site.ts";

export const sixProof = (): Proof => ({
  name: "failover-six",
  title: "two directors in a network of IPv6 alone: stopped, cut from power, a dead real server",
  long: true,
  async run(bench) {
    const specs = Object.entries(addresses).map(([name, { address6 }]) => hostSpec(name, address6));
    const cluster = await Pair.applied(bench, "six", description, specs);
    const { master } = await cluster.roles();
    const { book } = bench;
    book.equal("no address of IPv4", await master.must("ip -4 -o address show scope global"), "");
    await cluster.cluster.verified("verify passes on every host");
    const rows = new Rows(bench, bench.host("pc"), { IPv6: vips.web6 });
    await stopped(bench, cluster, rows);
    await powerCut(bench, cluster, rows, `[${vips.web6}]`);
    await deadRealServer(bench, cluster, rows);
    await cluster.cluster.verified("and verify passes on every host");
    rows.told();
  },
});

const addresses = Object.fromEntries(
  Object.entries(pair.hosts).map(([name, { address6 = "" }]) => [name, { address6 }] as const),
);

const description = {
  ...pair,
  name: "six",
  hosts: addresses,
  services: pair.services.filter(({ name }) => name === "web6"),
} as unknown as Description;
