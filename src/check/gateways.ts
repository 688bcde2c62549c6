import type { Address, Cluster, Family, Host, Mode } from "../model.ts";
import { contains, isSingle, networkText, sameAddress, specialRange } from "../net.ts";
import { distinctEntries } from "./entries.ts";
import { addressesOf, type HostAddress, machinePointer } from "./places.ts";
import type { Rule } from "./rule.ts";

interface Gateway {
  readonly host: Host;
  readonly address: Address;
  readonly pointer: string;
}

function gatewaysOf(host: Host): Gateway[] {
  const { gateway, gateway6, pointer } = host;
  return [
    ...(gateway === null ? [] : [{ host, address: gateway, pointer: `${pointer}/gateway` }]),
    ...(gateway6 === null ? [] : [{ host, address: gateway6, pointer: `${pointer}/gateway6` }]),
  ];
}

/** A gateway is a neighbour; an IPv6 one may have a link-local address, which every segment has. */
export const gatewaysOutsideSubnets: Rule = ({ hosts }, report) => {
  for (const { host, address, pointer } of hosts.flatMap(gatewaysOf)) {
    const own = addressesOf(host).filter(({ cidr }) => cidr.address.family === address.family);
    if (own.some(({ cidr }) => contains(cidr, address))) continue;
    // With a prefix that holds nothing but the address every neighbour is on the link alone (ip-route(8), onlink).
    if (own.some(({ cidr }) => isSingle(cidr))) continue;
    if (address.family === 6 && specialRange(address) === "link-local") continue;
    report("GATEWAY_OUTSIDE_SUBNET", {
      pointer,
      message: `${address.text} lies in no network of ${host.name}`,
      hint: `write the address of the router on a segment of ${host.name}`,
      related: own.map((one) => ({ pointer: one.pointer, message: `a network of ${host.name}` })),
    });
  }
};

/** A host does not route through itself. */
export const ownGateways: Rule = ({ hosts }, report) => {
  for (const { host, address, pointer } of hosts.flatMap(gatewaysOf)) {
    const own = addressesOf(host).find(({ cidr }) => sameAddress(cidr.address, address));
    if (own === undefined) continue;
    report("GATEWAY_IS_SELF", {
      pointer,
      message: `${host.name} is its own gateway`,
      hint: "write the address of the router",
      related: [{ pointer: own.pointer, message: `the address of ${host.name}` }],
    });
  }
};

/** A described host that is a real server in one of these modes, with the family of the service; once each. */
interface ServingHost {
  readonly host: Host;
  readonly family: Family;
  readonly mode: Mode;
  readonly pointer: string;
}

function servingHosts(cluster: Cluster, modes: readonly Mode[]): ServingHost[] {
  const found = new Map<string, ServingHost>();
  for (const { realServer, service, index } of distinctEntries(cluster)) {
    const { host, mode } = realServer;
    // A local node is reached without a network, in any mode.
    if (host === null || !modes.includes(mode) || cluster.directors.includes(host)) continue;
    const { family } = service;
    const key = `${family} ${host.name}`;
    if (!found.has(key)) found.set(key, { host, family, mode, pointer: machinePointer(service, index) });
  }
  return [...found.values()];
}

/** The addresses by which real servers may have a director as their gateway: with several, what moves between them. */
function directorWays(cluster: Cluster): { address: Address; pointer: string; name: string }[] {
  const own = cluster.directors
    .flatMap(addressesOf)
    .map(({ host, cidr, pointer }) => ({ address: cidr.address, pointer, name: `the director ${host.name}` }));
  const moving = cluster.failover?.vrrp?.gateways ?? [];
  return [...own, ...moving.map((one) => ({ ...one, name: "the directors' moving gateway" }))];
}

/** In DR and TUN replies do not pass the director. */
export const directorGateways: Rule = (cluster, report) => {
  const directors = directorWays(cluster);
  for (const { host, family, mode, pointer } of servingHosts(cluster, ["dr", "tun"])) {
    const gateway = gatewaysOf(host).find(({ address }) => address.family === family);
    const director = gateway && directors.find(({ address }) => sameAddress(address, gateway.address));
    if (gateway === undefined || director === undefined) continue;
    report("GATEWAY_IS_DIRECTOR", {
      pointer: gateway.pointer,
      message: `the gateway of ${host.name}, a real server in ${mode.toUpperCase()}, is ${director.name}`,
      hint: "write the address of the router: replies go past the director",
      related: [
        { pointer: director.pointer, message: `the address of ${director.name}` },
        { pointer, message: "a real server here" },
      ],
    });
  }
};

/**
 * No director is in a network of the real server: one has to be, before it can be its gateway. What moves between directors needs
 * each of them there.
 */
function farHint(
  host: Host,
  own: readonly HostAddress[],
  key: string,
  mustMove: boolean,
  directors: readonly Host[],
): string {
  const networks = own.map(({ cidr }) => networkText(cidr)).join(" or ");
  const shared = own.filter(({ cidr }) =>
    directors.every((one) => addressesOf(one).some(({ cidr: { address } }) => contains(cidr, address))),
  );
  if (mustMove && shared.length > 0) {
    const where = shared.map(({ cidr }) => networkText(cidr)).join(" or ");
    return `let "${key}" of "ha" be a free address in ${where}, where the directors are, and let "${key}" of ${host.name} be that one`;
  }
  if (mustMove && networks !== "")
    return `give the directors addresses in ${networks}, let "${key}" of "ha" be another one there, and let "${key}" of ${host.name} be that one`;
  if (networks === "") return `let "${key}" be ${mustMove ? `"${key}" of "ha"` : "an address of the director"}`;
  return `give the director an address in ${networks}, and let "${key}" be that one`;
}

/** In NAT replies have to pass the director. */
export const otherGateways: Rule = (cluster, report) => {
  const directors = directorWays(cluster);
  const moving = cluster.failover?.vrrp?.gateways ?? [];
  if (directors.length === 0) return;
  for (const { host, family, pointer } of servingHosts(cluster, ["nat"])) {
    const gateway = gatewaysOf(host).find(({ address }) => address.family === family);
    const mustMove = moving.some(({ address }) => address.family === family);
    const fit = directors.filter(
      ({ address }) => address.family === family && (!mustMove || moving.some((one) => one.address === address)),
    );
    if (fit.some(({ address }) => gateway !== undefined && sameAddress(address, gateway.address))) continue;
    const key = family === 4 ? "gateway" : "gateway6";
    const own = addressesOf(host).filter(({ cidr }) => cidr.address.family === family);
    // A gateway elsewhere would be refused as well; behind a /32 every neighbour is on the link alone.
    const near = fit.filter(({ address }) => own.some(({ cidr }) => isSingle(cidr) || contains(cidr, address)));
    report("GATEWAY_NOT_DIRECTOR", {
      pointer: gateway?.pointer ?? host.pointer,
      part: gateway === undefined ? "key" : "value",
      message:
        gateway === undefined
          ? `${host.name} is a real server in NAT and has no "${key}"`
          : `the gateway of ${host.name}, a real server in NAT, is ${mustMove ? "not the one that moves with the VIPs" : "no director"}`,
      hint:
        near.length > 0
          ? `let "${key}" be ${near.map(({ address }) => address.text).join(" or ")}`
          : farHint(host, own, key, mustMove, cluster.directors),
      related: [
        ...near.map((one) => ({ pointer: one.pointer, message: mustMove ? one.name : `an address of ${one.name}` })),
        { pointer, message: "a real server here" },
      ],
    });
  }
};
