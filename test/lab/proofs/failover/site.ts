/** A pair of directors, three real servers and a sorry server, for both families: booted, applied, and asked who does what. */
import { join } from "node:path";
import type { Bench } from "../../bench.ts";
import { must, sleep } from "../../command.ts";
import type { Host } from "../../host.ts";
import { inside } from "../../network.ts";
import { sources } from "../../places.ts";
import type { HostSpec } from "../../spec.ts";
import type { Description } from "../bundle.ts";
import { Cluster, specsOf } from "../cluster.ts";

const server = "/usr/local/sbin/who.pl";

/** The addresses that clients ask: two services of IPv4, by different checks, and one of IPv6. */
export const vips = { web: "192.168.80.188", shop: "192.168.80.189", web6: "fd00:80::188" } as const;
export const port = 80;
export const directors = ["lvs1", "lvs2"] as const;
export const realServers = ["web1", "web2", "web3"] as const;

/** Of every service. */
export const check = { interval: 1, timeout: 1, retries: 1 } as const;
/** Seconds after which a real server that does not answer is out, as docs/failover.md has it. */
export const outAfter = check.interval + check.timeout * (check.retries + 1) + check.retries;

const addresses = (last: number): { address: string; address6: string } => ({
  address: `192.168.80.${last}/24`,
  address6: `fd00:80::${last}/64`,
});

export const pair: Description = {
  version: 1,
  name: "pair",
  defaults: { platform: "debian12", interface: "ens33" },
  hosts: {
    lvs1: addresses(10),
    lvs2: addresses(11),
    web1: addresses(12),
    web2: addresses(13),
    web3: addresses(14),
    sorry: addresses(60),
    pc: addresses(200),
  },
  directors: [...directors],
  ha: { routerId: 80 },
  services: [
    { name: "web", vip: vips.web, check: { type: "http", path: "/", status: 200, body: "web" } },
    { name: "shop", vip: vips.shop, check: { type: "tcp" } },
    { name: "web6", vip: vips.web6, check: { type: "http", path: "/", status: 200 } },
  ].map(({ check: asked, ...service }) => ({
    ...service,
    port,
    scheduler: "rr",
    realservers: realServers.map((host) => ({ host })),
    sorryServer: { host: "sorry" },
    check: { ...asked, ...check },
  })),
  realserver: serving(port),
  clients: ["pc"],
};

/** What real servers serve with, by their scripts. */
export function serving(on: number): Record<string, unknown> {
  return {
    units: ["who.service"],
    files: [
      {
        path: "/etc/systemd/system/who.service",
        content: `[Unit]\nAfter=network.target\n\n[Service]\nExecStart=/usr/bin/perl ${server} ${on}\n\n[Install]\nWantedBy=multi-user.target\n`,
      },
    ],
  };
}

/** The part of a description that tells what moves. */
interface Described extends Description {
  services: (Description["services"][number] & { vip: string })[];
  ha: { gateway?: string; gateway6?: string };
}

/** What keepalived and the kernel of one director say. */
export class Pair {
  constructor(
    private readonly bench: Bench,
    readonly cluster: Cluster,
    readonly description: Described,
  ) {}

  /** What moves together. */
  private get addresses(): string[] {
    const { services, ha } = this.description;
    return [...services.map(({ vip }) => vip), ...[ha.gateway, ha.gateway6].flatMap((one) => one ?? [])];
  }

  /** Boots what is not booted yet, brings the real servers what they serve with, and applies every script. */
  static async applied(
    bench: Bench,
    title: string,
    description: Description,
    specs: readonly HostSpec[] = specsOf(description),
  ): Promise<Pair> {
    const hosts = await bench.boot(...specs);
    const served = hosts.filter(({ name }) => name.startsWith("web") || name === "sorry");
    await Promise.all(served.map((host) => host.put(join(sources, "proofs/modes/who.pl"), server)));
    const cluster = await Cluster.of(bench, title, description);
    await bench.book.timed("apply on every host", () => cluster.everywhere("apply"));
    return new Pair(bench, cluster, description as Described);
  }

  get directors(): Host[] {
    return directors.map((name) => this.bench.host(name));
  }

  /** How many of the virtual addresses a host has. */
  private async has(host: Host): Promise<number> {
    const { out } = await host.run("ip -o address show");
    return this.addresses.filter((address) => out.includes(` ${address}/`)).length;
  }

  /** The directors that have virtual addresses now. */
  async holders(): Promise<Host[]> {
    const up = this.directors.filter((host) => host.running() && host.bootId() !== "");
    const counts = await Promise.all(up.map((host) => this.has(host)));
    return up.filter((_, index) => Number(counts[index]) > 0);
  }

  /** The director that alone has every virtual address, and the one that has none; waited for. */
  async roles(seconds = 60): Promise<{ master: Host; backup: Host }> {
    for (const start = Date.now(); Date.now() - start < seconds * 1000; await sleep(200)) {
      const [master, ...others] = await this.holders();
      if (master === undefined || others.length > 0 || (await this.has(master)) < this.addresses.length) continue;
      const backup = this.directors.find(({ name }) => name !== master.name);
      if (backup !== undefined) return { master, backup };
    }
    throw new Error(`after ${seconds} s no director alone has every virtual address`);
  }

  /** Whether keepalived checks: its process has the name of its file. */
  async checking(host: Host): Promise<void> {
    await host.must(
      `for i in {1..300}; do systemctl is-active -q keepalived && grep -qs '^lvsgen-' /proc/[0-9]*/comm && exit; sleep 0.1; done; exit 1`,
    );
  }

  /**
   * Waits until a director that was started has joined the others: until then it takes over from nobody. Its state is BACKUP from the
   * beginning (in 2.1.5 from the end) of the two seconds by which `vrrp_startup_delay` has it wait.
   */
  async standing(host: Host): Promise<void> {
    await this.checking(host);
    await host.must(
      `for i in {1..300}; do
        journalctl -b -u keepalived -o cat _SYSTEMD_INVOCATION_ID="$(systemctl show -p InvocationID --value keepalived)" |
          grep -qE 'Entering (MASTER|BACKUP) STATE' && break; sleep 0.1; done
      ((i < 300)) || exit 1
      read -r up _ < /proc/uptime
      sleep "$(awk -v up="$up" -v began="$(systemctl show -p ActiveEnterTimestampMonotonic --value keepalived)" \
        'BEGIN { left = began / 1000000 + 3 - up; print (left > 0 ? left : 0) }')"`,
    );
  }

  /** The weights that a server has in the services of a director, one after the other; none where it has no entry. */
  async weights(host: Host, server: string): Promise<number[]> {
    const table = await host.must("ipvsadm -S -n");
    const { address = "", address6 = "" } = this.description.hosts[server] ?? {};
    const own = [address, address6].map((text) => text.split("/")[0]);
    return [...table.matchAll(/^-a .* -r \[?([0-9a-f.:]+?)\]?:\d+ .*-w (\d+)/gm)]
      .filter(([, entry]) => own.includes(entry))
      .map(([, , weight]) => Number(weight));
  }

  /** Waits until a server has this weight in every service, and no other; seconds it took, null where it never had. */
  async reached(host: Host, server: string, weight: number, seconds = 60): Promise<number | null> {
    for (const start = Date.now(); ; await sleep(100)) {
      const weights = await this.weights(host, server);
      if (weights.length === this.description.services.length && weights.every((one) => one === weight))
        return (Date.now() - start) / 1000;
      if (Date.now() - start > seconds * 1000) return null;
    }
  }

  /** Keeps the directors from hearing each other, or lets them again; clients and real servers hear both. */
  async part(parted: boolean): Promise<void> {
    for (const host of this.directors) {
      const words = ["bridge", "link", "set", "dev", host.tap(), "isolated", parted ? "on" : "off"];
      await must(...inside(this.bench.lab.name, ...words));
    }
  }
}

/** The pair as the proofs of one run share it. */
export class PairSite {
  private pair: Pair | null = null;

  async applied(bench: Bench): Promise<Pair> {
    this.pair ??= await Pair.applied(bench, "pair", pair);
    return this.pair;
  }
}
