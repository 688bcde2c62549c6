/** The services in words: what a runbook begins with. */
import { modesOf } from "../lvs/modes.ts";
import type { Cluster, RealServer, Service } from "../model.ts";
import { addressRange, counted, methodList, nameRange, someOf } from "./names.ts";

export interface ServiceLine {
  readonly name: string;
  /** `tcp 192.0.2.80:80`; of a firewall mark, `mark 7` with its addresses. */
  readonly at: string;
  /** `rr, DR` */
  readonly how: string;
  /** `web[1-2] weight 1, web3 weight 2 port 8080` */
  readonly servers: string;
}

/** Real servers that several services share by a name of their own. */
export interface PoolLine {
  readonly name: string;
  /** `web[01-40] (10.0.0.11 - 10.0.0.50), 10.0.0.101 - 10.0.0.110` */
  readonly servers: string;
  /** `web-80, web-443` */
  readonly services: string;
}

export interface Overview {
  /** Virtual addresses. */
  readonly vips: string;
  readonly services: readonly ServiceLine[];
  /** Of the services that are shown and of all others. */
  readonly pools: readonly PoolLine[];
  /** How many services have no line. */
  readonly more: number;
}

const mostLines = 24;

export function overviewOf({ services }: Cluster): Overview {
  const vips = [...new Set(services.flatMap((service) => service.vips.map(({ text }) => text)))];
  const shown = services.length > mostLines + 1 ? services.slice(0, mostLines) : services;
  return {
    vips: someOf(vips, 6),
    services: shown.map(lineOf),
    more: services.length - shown.length,
    pools: poolsOf(services),
  };
}

function poolsOf(services: readonly Service[]): readonly PoolLine[] {
  const users = new Map<string, Service[]>();
  for (const service of services) {
    if (service.pool === null) continue;
    const known = users.get(service.pool);
    if (known === undefined) users.set(service.pool, [service]);
    else known.push(service);
  }
  return Array.from(users, ([name, all]) => ({
    name,
    servers: machinesOf(all),
    services: someOf(
      all.map((service) => service.name),
      8,
    ),
  }));
}

/** Hosts by their names, with their addresses; others by their addresses. Of a host with two families there is an entry for each. */
function machinesOf(services: readonly Service[]): string {
  const lists = [...new Set(services.map(({ realServers }) => realServers))];
  const entries = lists.length === 1 ? (lists[0] ?? []) : [...new Set(lists.flat())];
  const described = entries.filter(({ host }) => host !== null);
  const others = entries.filter(({ host }) => host === null);
  const hosts = nameRange([...new Set(described.flatMap(({ host }) => host?.name ?? []))]);
  return [
    ...(described.length === 0 ? [] : [`${hosts} (${addressesOf(described)})`]),
    ...(others.length === 0 ? [] : [addressesOf(others)]),
  ].join(", ");
}

function addressesOf(entries: readonly RealServer[]): string {
  const all = [...new Map(entries.map(({ address }) => [address.text, address])).values()];
  return ([4, 6] as const)
    .map((family) => addressRange(all.filter((address) => address.family === family)))
    .filter((range) => range !== "")
    .join(", ");
}

function lineOf(service: Service): ServiceLine {
  const { name, pool, scheduler, sorryServer } = service;
  const methods = methodList(modesOf(service));
  const spare = sorryServer === null ? [] : [`sorry server ${machine(sorryServer)}`];
  return {
    name,
    at: place(service),
    how: [scheduler, methods].join(", "),
    servers: (pool === null ? "" : `pool ${pool}: `) + ([...serverTexts(service), ...spare].join("; ") || "none"),
  };
}

function place({ frontend, vips }: Service): string {
  const addresses = vips.map(({ text }) => text);
  if (frontend.kind === "fwmark") return `mark ${frontend.mark} of ${someOf(addresses, 3)}`;
  const { vip, protocol, port } = frontend;
  const host = vip.family === 6 ? `[${vip.text}]` : vip.text;
  return port === 0 ? `${protocol} ${vip.text}, every port` : `${protocol} ${host}:${port}`;
}

/** Longer lists have no room for names. */
const mostNamed = 2000;

/** Those with one weight, port and method together, in the order of the first of each. */
function serverTexts(service: Service): readonly string[] {
  if (service.realServers.length > mostNamed) return [counted(service.realServers.length, "real server")];
  const byKind = new Map<string, string[]>();
  const mixed = new Set(service.realServers.map(({ mode }) => mode)).size > 1;
  for (const server of service.realServers) {
    const other = server.port === null ? "" : ` port ${server.port}`;
    const kind = `weight ${server.weight}${other}${mixed ? ` ${methodList([server.mode])}` : ""}`;
    const known = byKind.get(kind);
    if (known === undefined) byKind.set(kind, [machine(server)]);
    else known.push(machine(server));
  }
  const kinds = [...byKind].map(([kind, names]) => {
    const count = names.length > 4 ? ` (${counted(names.length, "machine")})` : "";
    return `${nameRange(names)}${count} ${kind}`;
  });
  return kinds.length > 6 ? [...kinds.slice(0, 5), `… ${kinds.length - 5} more kinds`] : kinds;
}

function machine({ host, address }: RealServer): string {
  return host?.name ?? address.text;
}
