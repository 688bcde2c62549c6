import { interfaceNear } from "../../lvs/placement.ts";
import type { Address, Host } from "../../model.ts";
import { specialRange } from "../../net.ts";
import type { Contribution } from "../contribution.ts";
import type { Resource } from "../resource.ts";
import type { Site } from "../site.ts";

/**
 * The way of a real server's replies: in NAT back through the director, which is the host's gateway; in DR and TUN past it.
 * Verify proves it (pitfall 12).
 */
export function replies(at: Site): Contribution {
  const routes = natGateways(at);
  return {
    resources: {
      routes: routes.map(({ gateway, device, onLink, pointer }) => ({
        kind: "route",
        destination: gateway.family === 4 ? "default" : "::/0",
        words: ["via", gateway.text, "dev", device, ...(onLink ? ["onlink"] : [])],
        pointer,
      })),
      expectations: expectedGateways(at),
    },
    boot: {
      commands: routes.map(
        ({ gateway, device, onLink }) =>
          `/sbin/ip ${gateway.family === 4 ? "-4" : "-6"} route replace default via ${gateway.text} dev ${device}${onLink ? " onlink" : ""}`,
      ),
    },
  };
}

interface Gateway {
  readonly gateway: Address;
  readonly device: string;
  /** In none of the host's networks, such as beside an address of /32: the kernel takes it as a neighbour all the same (ip-route(8)). */
  readonly onLink: boolean;
  readonly pointer: string;
}

function gatewaysOf(host: Host): Gateway[] {
  const written = [
    { gateway: host.gateway, pointer: `${host.pointer}/gateway` },
    { gateway: host.gateway6, pointer: `${host.pointer}/gateway6` },
  ];
  return written.flatMap(({ gateway, pointer }) => {
    if (gateway === null) return [];
    const near = interfaceNear(host, gateway);
    const onLink = near === null && specialRange(gateway) !== "link-local";
    return [{ gateway, device: near ?? host.interface, onLink, pointer }];
  });
}

/** The gateways of the families that are served in NAT. */
function natGateways({ host, served }: Site): Gateway[] {
  const natted = served.filter(({ modes }) => modes.includes("nat"));
  const families = new Set(natted.flatMap(({ addresses }) => addresses.map(({ family }) => family)));
  return gatewaysOf(host).filter(({ gateway }) => families.has(gateway.family));
}

function expectedGateways(at: Site): Resource[] {
  const described = gatewaysOf(at.host);
  if (described.length > 0 || at.served.every(({ modes }) => modes.includes("nat")))
    return described.map(({ gateway }) => ({ kind: "gateway", address: gateway.text, not: false, way: null }));
  return wayPast(at);
}

/**
 * Past each director that could be the next hop, which has to be a neighbour. Where a described client is in none of this host's networks,
 * the way to it is what counts, as the virtual address has it: there has to be one.
 */
function wayPast({ cluster, host, served }: Site): Resource[] {
  const direct = served.filter(({ modes }) => !modes.includes("nat")).flatMap(({ service }) => service.vips);
  const neighbours = cluster.directors
    .filter((director) => director !== host)
    .flatMap(({ interfaces }) => interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address)))
    .concat(cluster.failover?.vrrp?.gateways.map(({ address }) => address) ?? [])
    .filter((address) => interfaceNear(host, address) !== null);
  return neighbours.flatMap((address): Resource[] => {
    const vip = direct.find(({ family }) => family === address.family);
    if (vip === undefined) return [];
    const client = cluster.clients
      .flatMap(({ interfaces }) => interfaces.flatMap(({ addresses }) => addresses.map((cidr) => cidr.address)))
      .find((one) => one.family === vip.family && interfaceNear(host, one) === null);
    const way = client === undefined ? null : { to: client.text, from: vip.text };
    return [{ kind: "gateway", address: address.text, not: true, way }];
  });
}
