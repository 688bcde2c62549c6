/** Hosts that something else than ifupdown configures: what was applied stands after a reboot and a power cut of each. */
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Bench, Proof } from "../bench.ts";
import { quote } from "../command.ts";
import type { Host } from "../host.ts";
import { sources } from "../places.ts";
import { type HostSpec, hostSpec } from "../spec.ts";
import type { Description } from "./bundle.ts";
import { Cluster } from "./cluster.ts";
import { ask, equip } from "./modes/asking.ts";

const vip = "192.168.80.188";
const count = 40;

const machines = {
  lvs1: { address: "192.168.80.10/24", network: "networkd" },
  web1: { address: "192.168.80.12/24", network: "networkmanager" },
  web2: { address: "192.168.80.13/24", network: "netplan" },
} as const;

const who = ["who.pl", "/usr/local/sbin/who.pl"] as const;

const description: Description = {
  version: 1,
  name: "mixed",
  defaults: { platform: "debian12", interface: "ens33", firewall: "keep" },
  hosts: { ...machines, pc: { address: "192.168.80.200/24" } },
  directors: ["lvs1"],
  services: [{ name: "web", vip, port: 80, scheduler: "rr", realservers: [{ host: "web1" }, { host: "web2" }] }],
  realserver: {
    units: ["who.service"],
    files: [
      {
        path: "/etc/systemd/system/who.service",
        content: `[Service]\nExecStart=/usr/bin/perl ${who[1]} 80\n\n[Install]\nWantedBy=multi-user.target\n`,
      },
    ],
  },
  clients: ["pc"],
};

export const backendsProof = (): Proof => ({
  name: "backends",
  title: "networkd, NetworkManager and netplan: what was applied stands after a reboot and a power cut",
  async run(bench) {
    const { book } = bench;
    await bench.boot(...specs());
    await Promise.all(Object.entries(machines).map(([name, machine]) => hand(bench, bench.host(name), machine)));
    await equip(bench.host("pc"));
    const cluster = await Cluster.of(bench, "mixed", description);
    await cluster.everywhere("apply");
    await stands(bench, cluster, "after apply");
    const hosts = Object.keys(machines).map((name) => bench.host(name));
    book.figure("reboot of all three", Math.max(...(await Promise.all(hosts.map((host) => host.reboot())))), "s");
    await stands(bench, cluster, "after a reboot of all three");
    for (const host of hosts) await host.cut();
    for (const host of hosts) await host.boot();
    await Promise.all(hosts.map((host) => host.up()));
    await stands(bench, cluster, "after a power cut of all three");
    const changed = (await cluster.everywhere("apply")).flatMap(({ lines }) =>
      lines.filter(({ result }) => result !== "ok"),
    );
    book.equal("and apply has nothing to do", JSON.stringify(changed), "[]");
  },
});

function specs(): HostSpec[] {
  return Object.entries(description.hosts).map(([name, { address }]) => hostSpec(name, address));
}

/** As its installer would have left the host; proved by the addresses that it then has. */
async function hand(
  bench: Bench,
  host: Host,
  { address, network }: { address: string; network: string },
): Promise<void> {
  await host.put(join(sources, "../backends/build/backend"), "/root/backend");
  await host.put(join(sources, "proofs/modes", who[0]), who[1]);
  await host.must(`systemctl disable -q networking.service && bash /root/backend ${network} ${quote(address)}`);
  await host.reboot();
  const daemon = network === "networkmanager" ? "NetworkManager" : "systemd-networkd";
  const { out } = await host.run(
    `for i in {1..50}; do ip -4 -o addr show dev ens33 | grep -F ${address} && break; sleep 0.2; done
    systemctl is-active ${daemon} networking.service`,
  );
  bench.book.check(
    `${host.name}: ${network} configures it`,
    out.includes(address) && /\nactive\ninactive\n/.test(out),
    out,
  );
}

/** Daemons that configure networks are not done when the boot is: a few seconds are theirs. */
async function stands(bench: Bench, cluster: Cluster, when: string): Promise<void> {
  for (let tries = 0; tries < 5 && (await cluster.faults("verify")).length > 0; tries++) await setTimeout(1000);
  await cluster.verified(`verify passes on every host ${when}`);
  const { shares } = await ask(bench.host("pc"), { count, address: vip, port: 80 });
  bench.book.equal(`requests are shared out ${when}`, shares, `web1 ${count / 2}, web2 ${count / 2}`);
}
