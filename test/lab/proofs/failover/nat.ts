/** NAT: the gateway of the real servers moves with the virtual addresses, and connections go on through the other director. */
import type { Proof } from "../../bench.ts";
import { hostSpec } from "../../spec.ts";
import type { Description } from "../bundle.ts";
import { powerCut, stopped } from "./pair.ts";
import { Rows } from "./rows.ts";
import { check, Pair, port, serving, vips } from "./site.ts";

const inside = 8080;
const gateways = { gateway: "10.0.0.1", gateway6: "fd00:10::1" } as const;

const director = (last: number): Description["hosts"][string] => ({
  address: `192.168.80.${last}/24`,
  address6: `fd00:80::${last}/64`,
  interfaces: { ens34: { address: `10.0.0.${last}/24`, address6: `fd00:10::${last}/64` } },
});
const realServer = (last: number): Description["hosts"][string] => ({
  address: `10.0.0.${last}/24`,
  address6: `fd00:10::${last}/64`,
  ...gateways,
});

const description: Description = {
  version: 1,
  name: "pair-nat",
  defaults: { platform: "debian12", interface: "ens33" },
  hosts: {
    lvs1: director(10),
    lvs2: director(11),
    web1: realServer(21),
    web2: realServer(22),
    pc: { address: "192.168.80.200/24", address6: "fd00:80::200/64" },
  },
  directors: ["lvs1", "lvs2"],
  ha: { routerId: 80, ...gateways },
  services: [vips.web, vips.web6].map((vip, index) => ({
    name: index === 0 ? "web" : "web6",
    vip,
    port,
    mode: "nat",
    scheduler: "rr",
    realservers: ["web1", "web2"].map((host) => ({ host, port: inside })),
    check: { type: "http", path: "/", status: 200, ...check },
  })),
  realserver: serving(inside),
  clients: ["pc"],
};

const specs = Object.entries(description.hosts).map(([name, { address, address6 }]) => {
  const card = `${address},${address6}`;
  const last = /\.(\d+)\//.exec(address)?.[1];
  if (name.startsWith("lvs")) return hostSpec(name, `${card}+10.0.0.${last}/24,fd00:10::${last}/64@back`);
  return name === "pc" ? hostSpec(name, card) : hostSpec(name, `${card}@back`, gateways.gateway, gateways.gateway6);
});

export const natProof = (): Proof => ({
  name: "failover-nat",
  title: "two directors in NAT, of IPv4 and IPv6: the gateway moves too, and a download goes on",
  long: true,
  async run(bench) {
    const cluster = await Pair.applied(bench, "pair-nat", description, specs);
    const rows = new Rows(bench, bench.host("pc"));
    await cluster.roles();
    await cluster.cluster.verified("verify passes on every host");
    await stopped(bench, cluster, rows);
    await powerCut(bench, cluster, rows, vips.web);
    await cluster.cluster.verified("and verify passes on every host");
    rows.told();
  },
});
