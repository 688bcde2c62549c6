/** Directors with a firewall that tracks connections. In DR real servers are left with none that is half closed; in NAT the answers come through. */
import { setTimeout } from "node:timers/promises";
import type { Bench, Proof } from "../bench.ts";
import { hostSpec } from "../spec.ts";
import type { Description } from "./bundle.ts";
import { Cluster, stepOf } from "./cluster.ts";
import { Load, type LoadResult } from "./load.ts";

export const vip = "192.168.80.188";
const connections = 1000;

/** As people write them; a real service loads them, so that lvsgen knows where they come from. */
export const rules = `*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -m conntrack --ctstate INVALID -j DROP
-A INPUT -p icmp -j ACCEPT
-A INPUT -p tcp --dport 80 -m conntrack --ctstate NEW -j ACCEPT
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -m conntrack --ctstate INVALID -j DROP
COMMIT
`;
const unit = `[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c "iptables-restore < /etc/sysconfig/iptables"

[Install]
WantedBy=multi-user.target
`;

export const loaded = `mkdir -p /etc/sysconfig
cat > /etc/sysconfig/iptables << 'END'
${rules}END
cat > /etc/systemd/system/iptables.service << 'END'
${unit}END
systemctl daemon-reload; systemctl enable -q --now iptables.service`;

const description = (firewall: "keep" | "open"): Description => ({
  version: 1,
  name: "stateful",
  defaults: { platform: "debian12", interface: "ens33" },
  hosts: {
    lvs1: { address: "192.168.80.10/24", firewall },
    web1: { address: "192.168.80.12/24" },
    web2: { address: "192.168.80.13/24" },
    pc: { address: "192.168.80.200/24" },
  },
  directors: ["lvs1"],
  services: [{ name: "web", vip, port: 80, scheduler: "rr", realservers: [{ host: "web1" }, { host: "web2" }] }],
  realserver: { units: ["apache2.service"] },
  clients: ["pc"],
});

export const statefulProof = (): Proof => ({
  name: "stateful",
  title: "DR behind a stateful firewall: of 1,000 connections none is left half closed on a real server",
  xtables: true,
  async run(bench) {
    const { book } = bench;
    const hosts = Object.entries(description("open").hosts).map(([name, { address }]) => hostSpec(name, address));
    await bench.boot(...hosts);
    const director = bench.host("lvs1");
    await director.must(loaded);
    // What is half closed goes by itself after a minute; here there is no need to wait for so long.
    for (const name of ["web1", "web2"]) await bench.host(name).must("sysctl -qw net.ipv4.tcp_fin_timeout=25");
    const kept = await Cluster.of(bench, "kept", description("keep"));
    const open = await Cluster.of(bench, "open", description("open"));

    await kept.everywhere("apply");
    const before = await halfClosedAfterLoad(bench);
    book.figure("half closed, tracked", before, "connections");
    book.check("the firewall as it was leaves some half closed", before > 0, String(before));

    await open.everywhere("apply");
    await open.verified("verify passes on every host");
    await gone(bench);
    const after = await halfClosedAfterLoad(bench);
    book.figure("half closed, untracked", after, "connections");
    book.equal("none is half closed", after, 0);

    await director.reboot();
    await gone(bench);
    book.equal("nor after a reboot of the director", await halfClosedAfterLoad(bench), 0);
  },
});

const natDescription = (firewall: "keep" | "open"): Description => ({
  version: 1,
  name: "stateful-nat",
  defaults: { platform: "debian12", interface: "ens33" },
  hosts: {
    lvs1: { address: "192.168.80.10/24", interfaces: { ens34: { address: "10.0.0.1/24" } }, firewall },
    app1: { address: "10.0.0.11/24", gateway: "10.0.0.1" },
    app2: { address: "10.0.0.12/24", gateway: "10.0.0.1" },
    pc: { address: "192.168.80.200/24" },
  },
  directors: ["lvs1"],
  services: [
    { name: "web", vip, port: 80, mode: "nat", scheduler: "rr", realservers: [{ host: "app1" }, { host: "app2" }] },
  ],
  realserver: { units: ["apache2.service"] },
  clients: ["pc"],
});

/** Requests by one worker: a request that is not answered takes its whole time. */
const few = { fresh: 1, kept: 0, pause: 0, timeout: 2, least: 10 };

export const statefulNatProof = (): Proof => ({
  name: "stateful-nat",
  title:
    "NAT behind a stateful firewall: the real servers' answers are forwarded, after a reboot too, and no longer after a rollback",
  xtables: true,
  async run(bench) {
    const { book } = bench;
    await bench.boot(
      hostSpec("lvs1", "192.168.80.10/24+10.0.0.1/24@back"),
      hostSpec("app1", "10.0.0.11/24@back"),
      hostSpec("app2", "10.0.0.12/24@back"),
      hostSpec("pc", "192.168.80.200/24"),
    );
    const director = bench.host("lvs1");
    await director.must(loaded);
    const kept = await Cluster.of(bench, "nat-kept", natDescription("keep"));
    const open = await Cluster.of(bench, "nat-open", natDescription("open"));

    await kept.everywhere("apply");
    const before = await answered(bench);
    book.equal("the firewall as it was lets no answer through", before.answered, 0);

    await open.everywhere("apply");
    await open.verified("verify passes on every host");
    const after = await answered(bench);
    book.figure("answered", after.answered, "requests");
    book.equal("each request is answered", after.answered, after.requests);

    await director.reboot();
    const booted = await answered(bench);
    book.equal("and after a reboot of the director", booted.answered, booted.requests);

    const back = await open.tell(stepOf(open, "lvs1", "director.sh"), "rollback", "--drain", "0");
    book.check("rollback", back.code === 0, back.text);
    book.equal("no answer comes through after a rollback", (await answered(bench)).answered, 0);
  },
});

export async function answered(
  bench: Bench,
): Promise<{ requests: number; answered: number; pages: LoadResult["pages"] }> {
  const load = await Load.start(bench.host("pc"), vip, 80, few);
  const { requests, failures, pages } = await load.stop();
  return { requests, answered: requests - failures.length, pages };
}

async function halfClosedAfterLoad(bench: Bench): Promise<number> {
  const load = await Load.start(bench.host("pc"), vip, 80, {
    fresh: 4,
    kept: 0,
    pause: 0,
    timeout: 10,
    least: connections,
  });
  const { requests, failures } = await load.stop();
  bench.book.check(
    `at least ${connections} connections were served`,
    requests - failures.length >= connections,
    `${requests}, ${failures.length} failed`,
  );
  await setTimeout(1000);
  return halfClosed(bench);
}

async function halfClosed(bench: Bench): Promise<number> {
  const counts = ["web1", "web2"].map(async (name) =>
    Number(
      await bench
        .host(name)
        .must("ss -Htan '( sport = :80 )' | grep -cE '^(FIN-WAIT|CLOSE-WAIT|LAST-ACK|CLOSING)' || :"),
    ),
  );
  return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
}

/** The kernel gives up those of before by itself (tcp_fin_timeout). */
async function gone(bench: Bench): Promise<void> {
  for (let tries = 0; tries < 60 && (await halfClosed(bench)) > 0; tries++) await setTimeout(2000);
}
