/**
 * A service with real servers in DR and in NAT, on a director with a firewall that tracks connections. Its port is tracked because of NAT, and the
 * director never sees the replies in DR: a client's second packet is INVALID. firewalld and ufw drop that before they look at the port.
 */
import type { Proof } from "../bench.ts";
import { hostSpec } from "../spec.ts";
import type { Description } from "./bundle.ts";
import { Cluster } from "./cluster.ts";
import { answered, loaded, rules, vip } from "./stateful.ts";

/** The order and the states of firewalld: what is established, the ports of what is new or untracked, then nothing that is invalid. */
const asFirewalld = rules
  .replace("-A INPUT -m conntrack --ctstate INVALID -j DROP\n", "")
  .replace(
    "--dport 80 -m conntrack --ctstate NEW -j ACCEPT\n",
    "--dport 80 -m conntrack --ctstate NEW,UNTRACKED -j ACCEPT\n-A INPUT -m conntrack --ctstate INVALID -j DROP\n",
  );

const mixedDescription = (director: object): Description => ({
  version: 1,
  name: "stateful-mixed",
  defaults: { platform: "debian12", interface: "ens33" },
  hosts: {
    lvs1: { address: "192.168.80.10/24", interfaces: { ens34: { address: "10.0.0.1/24" } }, ...director },
    web1: { address: "192.168.80.12/24" },
    app1: { address: "10.0.0.11/24", gateway: "10.0.0.1" },
    pc: { address: "192.168.80.200/24" },
  },
  directors: ["lvs1"],
  services: [
    {
      name: "web",
      vip,
      port: 80,
      scheduler: "rr",
      realservers: [{ host: "web1" }, { host: "app1", mode: "nat" }],
    },
  ],
  realserver: { units: ["apache2.service"] },
  clients: ["pc"],
});

export const statefulMixedProof = (): Proof => ({
  name: "stateful-mixed",
  title:
    "DR and NAT in one service behind a stateful firewall: the DR half hangs where rules are as firewalld's, and is served where the port is open in every state",
  xtables: true,
  async run(bench) {
    const { book } = bench;
    await bench.boot(
      hostSpec("lvs1", "192.168.80.10/24+10.0.0.1/24@back"),
      hostSpec("web1", "192.168.80.12/24"),
      hostSpec("app1", "10.0.0.11/24@back"),
      hostSpec("pc", "192.168.80.200/24"),
    );
    const director = bench.host("lvs1");
    await director.must(loaded);
    const tracked = await Cluster.of(
      bench,
      "mixed-kept",
      mixedDescription({ firewall: "keep", sysctls: { "net.ipv4.vs.conntrack": 1 } }),
    );
    const open = await Cluster.of(bench, "mixed-open", mixedDescription({ firewall: "open" }));

    await tracked.everywhere("apply");
    await director.must(`iptables-restore << 'END'\n${asFirewalld}END`);
    const half = await answered(bench);
    const invalid = await director.must("iptables -nvxL INPUT | awk '/INVALID/ { print $1 }'");
    book.figure("answered, as firewalld has it", half.answered, `of ${half.requests} requests`);
    book.check(
      "some are answered and some are not",
      half.answered > 0 && half.answered < half.requests,
      String(half.answered),
    );
    book.check("what is dropped is INVALID", Number(invalid) > 0, invalid);
    book.equal("the real server in DR answers none", half.pages.get("web1") ?? 0, 0);

    await director.must("iptables-restore < /etc/sysconfig/iptables");
    await open.everywhere("apply");
    await open.verified("verify passes on every host");
    const both = await answered(bench);
    book.equal("each request is answered where lvsgen opens the port in every state", both.answered, both.requests);
  },
});
