/** The hosts of a description as a lab makes them: its cards, its wires, and the routers that it counts on. */
import type { Cluster, Host, Interface } from "../../src/model.ts";
import { type Address, type Cidr, contains, networkText } from "../../src/net.ts";
import { type Card, type HostSpec, type Release, releases } from "./spec.ts";

/** Of the platforms that a description may name, those that guests can run. */
const releaseOf: Readonly<Record<string, Release>> = { debian11: "bullseye", debian12: "bookworm", debian13: "trixie" };

export interface Described {
  readonly hosts: readonly HostSpec[];
  /** Takes the place of every router that is a gateway of some host and no host itself; null where there is none. */
  readonly router: string | null;
}

/**
 * Interfaces whose addresses are of one network share a wire. Throws where a host is of a platform that the lab has not.
 * @param cluster the resolved description
 */
export function describedHosts(cluster: Cluster): Described {
  const wires = new Wires();
  const hosts = cluster.hosts.map((host) => specOf(host, wires));
  const cards = routerCards(cluster, wires);
  if (cards.length === 0) return { hosts, router: null };
  const name = cluster.hosts.some((host) => host.name === "router") ? "lab-router" : "router";
  return { hosts: [...hosts, { name, cards }], router: name };
}

function specOf(host: Host, wires: Wires): HostSpec {
  const release = releaseOf[host.platform.name];
  if (release === undefined)
    throw new Error(
      `${host.name} is ${host.platform.name}, and the lab's hosts run Debian (${releases.join(", ")}): describe it with "platform": "debian12", as examples/kgc-debian12.json does`,
    );
  if (!/^[a-z][a-z0-9-]*$/.test(host.name))
    throw new Error(`the lab has no host named ${host.name}: letters, digits and -`);
  return {
    name: host.name,
    release,
    cards: host.interfaces.map((one) => ({
      name: one.name,
      segment: wires.of(one),
      addresses: one.addresses.map(text),
    })),
    gateways: gatewaysOf(host).map((gateway) => gateway.text),
  };
}

/** A card for every gateway that nobody described has, on the wire of those that go by it. */
function routerCards(cluster: Cluster, wires: Wires): Card[] {
  const carried = cluster.failover?.vrrp?.gateways.map(({ address }) => address.text) ?? [];
  const own = cluster.hosts.flatMap((host) => host.interfaces.flatMap((one) => one.addresses));
  const known = new Set([...own.map(({ address }) => address.text), ...carried]);
  const segments = new Map<string, Set<string>>();
  for (const host of cluster.hosts) {
    for (const gateway of [...gatewaysOf(host), ...host.uplinks.map((uplink) => uplink.gateway)]) {
      if (known.has(gateway.text)) continue;
      for (const one of host.interfaces) {
        const network = one.addresses.find((address) => contains(address, gateway));
        if (network === undefined) continue;
        const addresses = segments.get(wires.of(one)) ?? new Set();
        segments.set(wires.of(one), addresses.add(text({ address: gateway, prefix: network.prefix })));
      }
    }
  }
  return [...segments].map(([segment, addresses], index) => ({
    name: `ens${33 + index}`,
    segment,
    addresses: [...addresses],
  }));
}

function gatewaysOf({ gateway, gateway6 }: Host): Address[] {
  return [gateway, gateway6].filter((one) => one !== null);
}

function text({ address, prefix }: Cidr): string {
  return `${address.text}/${prefix}`;
}

/** Wires by the networks that are on them: `lan`, `lan2`, … */
class Wires {
  private readonly byNetwork = new Map<string, string>();
  private readonly byInterface = new Map<Interface, string>();
  private count = 0;

  of(one: Interface): string {
    const known = this.byInterface.get(one);
    if (known !== undefined) return known;
    const networks = one.addresses.map(networkText);
    const found = networks.map((network) => this.byNetwork.get(network)).find((wire) => wire !== undefined);
    const wire = found ?? (++this.count === 1 ? "lan" : `lan${this.count}`);
    for (const network of networks) this.byNetwork.set(network, wire);
    this.byInterface.set(one, wire);
    return wire;
  }
}
