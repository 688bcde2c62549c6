/** Every host in turn is rebooted, then loses its power; with no hand on it the cluster serves again. */
import type { Bench, Proof } from "../bench.ts";
import type { Host } from "../host.ts";
import { ArpWatch } from "./arp.ts";
import type { Cluster } from "./cluster.ts";
import { Load, watching } from "./load.ts";
import type { Site } from "./site.ts";

/** Seconds without a failed request after which the cluster counts as serving again, and the most it may take. */
const calm = 3;
const limit = 120;

interface Event {
  readonly name: string;
  happen(host: Host): Promise<unknown>;
}

const events: readonly Event[] = [
  { name: "reboot", happen: (host) => host.reboot() },
  {
    name: "power cut",
    async happen(host) {
      await host.cut();
      await host.boot();
      await host.up();
    },
  },
];

export const rebootProof = (site: Site): Proof => ({
  name: "reboot",
  title: "each host rebooted, then cut from power: it serves again by itself",
  async run(bench) {
    const cluster = await site.applied(bench);
    const realServers = site.realServers(bench);
    const others = [site.director(bench), ...realServers];
    const watch = await ArpWatch.start(bench, "arp-boot", site.client(bench), site.vip, realServers);
    for (const host of others) {
      for (const event of events) await outage(bench, site, cluster, host, event);
    }
    const { asked, claims } = await watch.stop();
    bench.book.figure("who has the VIP? asked while hosts boot", asked, "ARP requests");
    for (const host of realServers) {
      bench.book.equal(`${host.name} never says it has the VIP while it boots`, claims.get(host.mac()) ?? 0, 0);
    }
    for (const event of events) await clientOutage(bench, site, event);
  },
});

async function outage(bench: Bench, site: Site, cluster: Cluster, host: Host, event: Event): Promise<void> {
  const { book } = bench;
  const { vip, port } = site.service;
  const load = await Load.start(site.client(bench), vip, port, watching);
  const start = Date.now() / 1000;
  await event.happen(host);
  const serves = await load.calm(calm, limit);
  const { requests, failures } = await load.stop();
  const last = Math.max(start, ...failures.map(({ ended }) => ended));
  book.figure(`${event.name} of ${host.name}`, last - start, "s to serve again");
  book.figure(`during ${event.name} of ${host.name}, lost of ${requests}`, failures.length, "requests lost");
  book.check(`${event.name} of ${host.name}: serves again`, serves && requests > 0);
  const pages = await site
    .client(bench)
    .must(`for i in {1..8}; do curl -s --max-time 5 http://${vip}:${port}/; done | sort | uniq -c`);
  book.equal(
    "  by every real server",
    pages.replaceAll(/ +/g, " ").trim().split("\n").length,
    site.realServers(bench).length,
  );
  await cluster.verified("  and verify passes on every host");
}

async function clientOutage(bench: Bench, site: Site, event: Event): Promise<void> {
  const client = site.client(bench);
  await event.happen(client);
  const test = await client.run(`cd /root/lvsgen/procedure && bash client-test.sh`);
  bench.book.check(`${event.name} of ${client.name}: client-test.sh passes`, test.code === 0, test.out + test.err);
}
