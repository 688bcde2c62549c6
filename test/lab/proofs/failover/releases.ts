/** A pair whose directors run another Debian, with its keepalived: what that does otherwise, clients do not notice. */
import type { Bench, Proof } from "../../bench.ts";
import type { HostSpec, Release } from "../../spec.ts";
import type { Description } from "../bundle.ts";
import { specsOf } from "../cluster.ts";
import { throughEvents } from "./drains.ts";
import { deadRealServer } from "./health.ts";
import { powerCut, stopped } from "./pair.ts";
import { Rows } from "./rows.ts";
import { directors, Pair, pair, vips } from "./site.ts";

interface System {
  readonly keepalived: string;
  readonly debian: Release;
  readonly platform: string;
}

const systems: readonly System[] = [
  { keepalived: "2.1.5", debian: "bullseye", platform: "debian11" },
  { keepalived: "2.3.3", debian: "trixie", platform: "debian13" },
];

export function releaseProofs(): Proof[][] {
  return systems.map((system) => [releaseProof(system)]);
}

const releaseProof = (system: System): Proof => ({
  name: `failover-${system.keepalived}`,
  title: `two directors of ${system.debian} with keepalived ${system.keepalived}: stopped, cut from power, a dead real server, reload, restart, drained`,
  long: true,
  async run(bench) {
    const description = on(system);
    const cluster = await Pair.applied(bench, "pair", description, specsOn(system, description));
    for (const host of cluster.directors)
      bench.book.equal(`keepalived of ${host.name}`, await releaseOf(host), system.keepalived);
    await cluster.roles();
    await cluster.cluster.verified("verify passes on every host");
    const rows = new Rows(bench, bench.host("pc"));
    await stopped(bench, cluster, rows);
    await powerCut(bench, cluster, rows, vips.shop);
    await deadRealServer(bench, cluster, rows);
    await throughEvents(bench, cluster, rows, ["failure", "recovery", "reload", "restart"]);
    await cluster.cluster.verified("and verify passes on every host");
    rows.told();
  },
});

function on({ platform }: System): Description {
  const described = directors.map((name) => [name, { ...pair.hosts[name], platform }]);
  return { ...pair, hosts: { ...pair.hosts, ...Object.fromEntries(described) } };
}

function specsOn({ debian }: System, description: Description): HostSpec[] {
  const isDirector = (name: string): boolean => directors.some((director) => director === name);
  return specsOf(description).map((spec) => (isDirector(spec.name) ? { ...spec, release: debian } : spec));
}

async function releaseOf(host: ReturnType<Bench["host"]>): Promise<string> {
  const told = await host.must("keepalived --version 2>&1");
  return /^Keepalived v([0-9.]+)/m.exec(told)?.[1] ?? told;
}
