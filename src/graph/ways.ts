/** The way of a packet there and back, for each forwarding method that the cluster uses. */
import { portOf } from "../lvs/port.ts";
import type { Address, Cluster, RealServer, Service } from "../model.ts";
import type { PacketWay } from "./picture.ts";
import { type Servers, servicesByList } from "./servers.ts";
import { tunnelText } from "./vips.ts";

interface Example {
  readonly service: Service;
  readonly entry: RealServer;
}

/** In the order DR, TUN, NAT, then what a director serves itself. */
export function packetWays(cluster: Cluster, { local }: Servers): PacketWay[] {
  const examples = examplesOf(cluster);
  const [dr, tun, nat] = [examples.get("dr"), examples.get("tun"), examples.get("nat")];
  const [own] = [...local.values()];
  const [use] = own ?? [];
  const service = use?.services[0];
  return [
    ...(dr ? [directRouting(cluster, dr)] : []),
    ...(tun ? [tunnelling(cluster, tun)] : []),
    ...(nat ? [masquerading(cluster, nat)] : []),
    ...(use !== undefined && service !== undefined ? [localNode(cluster, { service, entry: use.entry })] : []),
  ];
}

/** The first entry of each method that is no local node: those are delivered locally whatever their method. */
function examplesOf({ services, directors }: Cluster): ReadonlyMap<RealServer["mode"], Example> {
  const local = new Set(directors);
  const examples = new Map<RealServer["mode"], Example>();
  for (const [list, [service]] of servicesByList(services)) {
    if (service === undefined || examples.size === 3) continue;
    for (const entry of list) {
      const isLocal = entry.host !== null && local.has(entry.host);
      if (!isLocal && !examples.has(entry.mode)) examples.set(entry.mode, { service, entry });
    }
  }
  return examples;
}

function directRouting(cluster: Cluster, { service, entry }: Example): PacketWay {
  const there = ["from client", `to ${frontendOf(service)}`];
  return {
    title: "Direct routing (DR): the director does not see the replies",
    actors: actorsOf(cluster, service, entry),
    hops: [
      { from: "client", to: "director", isReply: false, packet: there, note: "" },
      {
        from: "director",
        to: "server",
        isReply: false,
        packet: there,
        note: "unchanged but for the MAC address that it is sent to, which is the real server's",
      },
      {
        from: "server",
        to: "client",
        isReply: true,
        packet: [`from ${frontendOf(service)}`, "to client"],
        note: "straight to the client, with the VIP that the real server has silently on lo; the director is not passed",
      },
    ],
  };
}

function tunnelling(cluster: Cluster, { service, entry }: Example): PacketWay {
  const there = ["from client", `to ${frontendOf(service)}`];
  const outer = directorAddress(cluster, entry);
  return {
    title: "Tunnelling (TUN): the director does not see the replies",
    actors: actorsOf(cluster, service, entry),
    hops: [
      { from: "client", to: "director", isReply: false, packet: there, note: "" },
      {
        from: "director",
        to: "server",
        isReply: false,
        packet: [`outside: from ${outer}`, `to ${entry.address.text}`, `inside: from client, to the VIP`],
        note: `wrapped as a whole (${tunnelText(service)}), so the real server may stand in another network`,
      },
      {
        from: "server",
        to: "client",
        isReply: true,
        packet: [`from ${frontendOf(service)}`, "to client"],
        note: "unwrapped, answered, and straight to the client by the real server's own gateway; the director is not passed",
      },
    ],
  };
}

function masquerading(cluster: Cluster, { service, entry }: Example): PacketWay {
  return {
    title: "NAT: the replies have to pass the director",
    actors: actorsOf(cluster, service, entry),
    hops: [
      {
        from: "client",
        to: "director",
        isReply: false,
        packet: ["from client", `to ${frontendOf(service)}`],
        note: "",
      },
      {
        from: "director",
        to: "server",
        isReply: false,
        packet: ["from client", `to ${serverOf(service, entry)}`],
        note: "the destination is rewritten to the real server",
      },
      {
        from: "server",
        to: "director",
        isReply: true,
        packet: [`from ${serverOf(service, entry)}`, "to client"],
        note: `by its gateway ${gatewayOf(cluster, entry)}, which has to be the director`,
      },
      {
        from: "director",
        to: "client",
        isReply: true,
        packet: [`from ${frontendOf(service)}`, "to client"],
        note: "the source is rewritten back to the VIP",
      },
    ],
  };
}

function localNode(cluster: Cluster, { service, entry }: Example): PacketWay {
  return {
    title: "Local node: the director is a real server itself",
    actors: { ...actorsOf(cluster, service, entry), server: null },
    hops: [
      {
        from: "client",
        to: "director",
        isReply: false,
        packet: ["from client", `to ${frontendOf(service)}`],
        note:
          cluster.directors.length > 1
            ? "delivered on the director that has the VIP, whatever the method; another one is a real server like any"
            : "delivered on the director itself, whatever the method",
      },
      {
        from: "director",
        to: "client",
        isReply: true,
        packet: [`from ${frontendOf(service)}`, "to client"],
        note: "answered by the director",
      },
    ],
  };
}

function actorsOf({ directors, failover }: Cluster, service: Service, entry: RealServer): PacketWay["actors"] {
  const holders = directors.map(({ name }) => name);
  const [first = ""] = holders;
  return {
    client: ["client"],
    director: [
      failover?.vrrp ? `master of ${holders.slice(0, 3).join(", ")}${holders.length > 3 ? " …" : ""}` : first,
      `VIP ${service.vips[0]?.text ?? ""}`,
    ],
    server: entry.host === null ? [entry.address.text] : [entry.host.name, entry.address.text],
  };
}

/** `192.168.80.188:80`, `[fd00:80::188]:80`; of a service on every port the address alone. */
function frontendOf({ frontend, vips }: Service): string {
  if (frontend.kind === "address") return endpoint(frontend.vip, frontend.port);
  const [match] = frontend.matches;
  if (match === undefined) return vips[0]?.text ?? "";
  return endpoint(match.vip, match.ports?.[0] ?? 0);
}

/** A mark leaves ports as they are. */
function serverOf(service: Service, entry: RealServer): string {
  const { frontend } = service;
  const marked = frontend.kind === "fwmark" ? (frontend.matches[0]?.ports?.[0] ?? 0) : 0;
  return endpoint(entry.address, portOf(service, entry) || marked);
}

function endpoint({ text, family }: Address, port: number): string {
  if (port === 0) return text;
  return family === 6 ? `[${text}]:${port}` : `${text}:${port}`;
}

/** The outer source of a tunnel: the director's address in the family of the real server, where it has only one. */
function directorAddress({ directors }: Cluster, { address }: RealServer): string {
  const [first, ...others] = directors;
  const all = first?.interfaces.flatMap(({ addresses }) => addresses) ?? [];
  const [own, ...more] = all.filter((one) => one.address.family === address.family);
  return own === undefined || more.length > 0 || others.length > 0 ? "the director" : own.address.text;
}

function gatewayOf({ failover, directors }: Cluster, { host, address }: RealServer): string {
  const moving = failover?.vrrp?.gateways.find((gateway) => gateway.address.family === address.family);
  const own = address.family === 4 ? host?.gateway : host?.gateway6;
  return own?.text ?? moving?.address.text ?? directors[0]?.name ?? "";
}
