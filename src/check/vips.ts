import type { Address, Cluster, Service } from "../model.ts";
import { vipPointer } from "../model.ts";
import { contains, reservedIn, specialRange, withArticle } from "../net.ts";
import { addressesOf, cidrText, type HostAddress, networksOf } from "./places.ts";
import type { Rule } from "./rule.ts";

interface VipUse {
  readonly vip: Address;
  readonly service: Service;
  readonly pointer: string;
}

/** Every VIP with every service that has it. */
function vipUses({ services }: Cluster): VipUse[] {
  return services.flatMap((service) =>
    service.vips.map((vip) => ({ vip, service, pointer: vipPointer(service, vip) })),
  );
}

/** Every VIP with the first service that has it. */
function firstUses(cluster: Cluster): VipUse[] {
  const first = new Map<string, VipUse>();
  for (const use of vipUses(cluster)) if (!first.has(use.vip.text)) first.set(use.vip.text, use);
  return [...first.values()];
}

function byText(addresses: readonly HostAddress[]): Map<string, HostAddress> {
  return new Map(addresses.map((one) => [one.cidr.address.text, one]));
}

/** The VIP is an address of its own; only in NAT may it be the director's, where it need not move. */
export const vipsOfHosts: Rule = (cluster, report) => {
  const owners = byText(cluster.hosts.flatMap(addressesOf));
  for (const { vip, service, pointer } of vipUses(cluster)) {
    const owner = owners.get(vip.text);
    if (owner === undefined) continue;
    const isDirectors = cluster.directors.includes(owner.host) && !cluster.failover?.vrrp;
    if (isDirectors && service.realServers.every(({ mode }) => mode === "nat")) continue;
    report("VIP_IS_HOST_ADDRESS", {
      pointer,
      message: `${vip.text} is the address of ${owner.host.name}`,
      hint: isDirectors ? "use a free address; only in NAT may it be the director's" : "use a free address as VIP",
      related: [{ pointer: owner.pointer, message: `the address of ${owner.host.name}` }],
    });
  }
};

/** A router answers for its own address. A gateway that is a described host is the business of `vipsOfHosts`. */
export const vipsOfGateways: Rule = (cluster, report) => {
  const owners = byText(cluster.hosts.flatMap(addressesOf));
  const gateways = new Map<string, { readonly name: string; readonly pointer: string }>();
  for (const { name, gateway, gateway6, pointer } of cluster.hosts) {
    for (const [key, address] of Object.entries({ gateway, gateway6 })) {
      if (address === null || gateways.has(address.text)) continue;
      gateways.set(address.text, { name, pointer: `${pointer}/${key}` });
    }
  }
  for (const { vip, pointer } of firstUses(cluster)) {
    const gateway = gateways.get(vip.text);
    if (owners.has(vip.text) || gateway === undefined) continue;
    report("VIP_IS_GATEWAY", {
      pointer,
      message: `${vip.text} is the gateway of ${gateway.name}`,
      hint: "use a free address as VIP",
      related: [{ pointer: gateway.pointer, message: `the gateway of ${gateway.name}` }],
    });
  }
};

/** A VIP is reached through a network like any address of a host. */
export const unusableVips: Rule = (cluster, report) => {
  const networks = networksOf(cluster.hosts);
  for (const { vip, pointer } of firstUses(cluster)) {
    const kind = specialRange(vip);
    if (kind !== null) {
      report("UNUSABLE_ADDRESS", {
        pointer,
        message: `the VIP ${vip.text} is ${withArticle(kind)} address`,
        hint: "use an address that clients can reach",
      });
      continue;
    }
    const network = networks.find(({ cidr }) => reservedIn(cidr, vip) !== null);
    if (network === undefined) continue;
    report("NETWORK_OR_BROADCAST_ADDRESS", {
      pointer,
      message: `the VIP ${vip.text} is the ${reservedIn(network.cidr, vip)} address of the network of ${cidrText(network.cidr)}`,
      hint: "use an address between the first and the last of the network",
      related: [{ pointer: network.pointer, message: "this network" }],
    });
  }
};

/** Nobody asks by ARP for an address of another network. */
export const vipsOutsideSubnets: Rule = (cluster, report) => {
  const networks = networksOf(cluster.directors);
  if (networks.length === 0) return;
  for (const { vip, service, pointer } of firstUses(cluster)) {
    if (service.vipInterface !== null || networks.some(({ cidr }) => contains(cidr, vip))) continue;
    report("VIP_OUTSIDE_SUBNETS", {
      pointer,
      message: `the VIP ${vip.text} lies in no network of the director`,
      hint: 'route it to the director and say with "vipInterface" what carries it, or use an address of the segment',
      related: networks.map((one) => ({ pointer: one.pointer, message: `a network of ${one.host.name}` })),
    });
  }
};
