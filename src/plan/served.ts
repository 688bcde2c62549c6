import { protocolOf } from "../lvs/served.ts";
import type { Address, Cluster, Host, Served } from "../model.ts";
import { contains } from "../net.ts";
import type { Resource } from "./resource.ts";

/** GUE: the ports on which packets come from the director. */
export function guePorts(served: readonly Served[]): number[] {
  const ports = served.flatMap(({ service: { tunnel }, modes }) =>
    tunnel.type === "gue" && tunnel.port !== null && modes.includes("tun") ? [tunnel.port] : [],
  );
  return [...new Set(ports)];
}

export interface DefaultRoute {
  readonly gateway: Address;
  readonly device: string;
}

/** In NAT the reply has to come back through the director, which is the host's gateway. */
export function defaultRoutes(host: Host, served: readonly Served[]): DefaultRoute[] {
  const families = new Set(
    served
      .filter(({ modes }) => modes.includes("nat"))
      .flatMap(({ addresses }) => addresses.map(({ family }) => family)),
  );
  return [host.gateway, host.gateway6].flatMap((gateway) => {
    if (gateway === null || !families.has(gateway.family)) return [];
    const near = host.interfaces.find(({ addresses }) => addresses.some((cidr) => contains(cidr, gateway)));
    return [{ gateway, device: near?.name ?? host.interface }];
  });
}

/** The services' ports are listened on, and replies leave the way the forwarding method needs (pitfall 12). */
export function expectations(cluster: Cluster, host: Host, served: readonly Served[]): Resource[] {
  const listeners = served.flatMap(({ service, ports }) => {
    const protocol = protocolOf(service);
    return protocol === "sctp"
      ? []
      : ports.filter((port) => port !== 0).map((port): Resource => ({ kind: "listener", protocol, port }));
  });
  const described = [host.gateway, host.gateway6].flatMap((gateway) => (gateway ? [gateway] : []));
  if (described.length > 0 || served.every(({ modes }) => modes.includes("nat"))) {
    return [
      ...listeners,
      ...described.map((gateway): Resource => ({ kind: "gateway", address: gateway.text, not: false })),
    ];
  }
  const directors = cluster.directors.flatMap((director) =>
    director === host || director.address === null ? [] : [director.address.address],
  );
  return [
    ...listeners,
    ...directors.map((address): Resource => ({ kind: "gateway", address: address.text, not: true })),
  ];
}
