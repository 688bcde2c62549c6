/** Hosts as boxes: who they are, where they stand, what they do. */
import type { Address, Cidr, Cluster, Host, Placement, Service } from "../model.ts";
import { type Marked, withMark } from "./marks.ts";
import { addressRange, counted, methodList, nameRange, someOf } from "./names.ts";
import type { Box } from "./picture.ts";
import type { Segments } from "./segments.ts";
import type { ServerGroup, Use } from "./servers.ts";

const roleNames = {
  director: "director",
  realserver: "real server",
  nfs: "NFS server",
  client: "test client",
} as const;

/** What a host is besides `role`. */
export function otherRoles(host: Host, role: keyof typeof roleNames): string {
  const others = host.roles.filter((one) => one !== role).map((one) => roleNames[one]);
  return others.length === 0 ? "" : `also ${others.join(", ")}`;
}

/** Hosts that stand in the same segments as one box. */
export function hostBox(hosts: readonly Host[], segments: Segments, roles: string, more: readonly string[]): Box {
  return {
    title: nameRange(hosts.map(({ name }) => name)),
    roles: withCount(hosts.length, "host", roles),
    lines: [...addressLines(hosts), someOf([...new Set(hosts.map(({ platform }) => platform.name))], 3), ...more],
    segments: [...new Set(hosts.flatMap((host) => segments.of(host)))],
    kind: "host",
  };
}

/** `40 hosts, also test client`; of a single one the rest alone. */
function withCount(count: number, noun: string, roles: string): string {
  return [...(count > 1 ? [counted(count, noun)] : []), ...(roles === "" ? [] : [roles])].join(", ");
}

/** Every address of one host; of several the range of those by which they are known. */
function addressLines(hosts: readonly Host[]): string[] {
  const [first] = hosts;
  if (first === undefined) return [];
  if (hosts.length === 1) {
    const all = first.interfaces.flatMap(({ name, addresses }) => addresses.map((cidr) => `${name} ${text(cidr)}`));
    return all.length <= 6 ? all : [...all.slice(0, 5), `… ${all.length - 5} more addresses`];
  }
  const mains = [hosts.flatMap(({ address }) => address ?? []), hosts.flatMap(({ address6 }) => address6 ?? [])];
  return mains.filter((cidrs) => cidrs.length > 0).flatMap(rangeLines);
}

/** In two lines where one would make a box much wider than its other lines do. */
function inTwoIfLong(first: string, second: string): string[] {
  const line = `${first} ${second}`;
  return line.length <= 40 ? [line] : [first, `  ${second}`];
}

function rangeLines(cidrs: readonly Cidr[]): string[] {
  const range = addressRange(cidrs.map(({ address }) => address));
  const prefixes = new Set(cidrs.map(({ prefix }) => prefix));
  const line = prefixes.size === 1 ? `${range} /${[...prefixes].join()}` : range;
  const middle = line.search(/ [-\u2026] /);
  return middle === -1 ? [line] : inTwoIfLong(line.slice(0, middle + 2), line.slice(middle + 3));
}

function text({ address, prefix }: Cidr): string {
  return `${address.text}/${prefix}`;
}

/** Real servers that are equal as one box. */
export function serverBox(
  { hosts, entries, uses }: ServerGroup,
  cluster: Cluster,
  segments: Segments,
  marked: Marked,
): Box {
  const [entry] = entries;
  const mark = entry === undefined ? undefined : marked.server(entry);
  const isSpare = uses.every((use) => use.isSpare);
  const lines = useLines(uses);
  const [first] = hosts;
  if (first === undefined)
    return withMark(
      foreignBox(
        entries.map(({ address }) => address),
        lines,
        isSpare,
        segments,
      ),
      mark,
    );
  const own = hosts.map((host) => hostLines(host, cluster, uses));
  const same = (own[0] ?? []).filter((line) => own.every((others) => others.includes(line)));
  const box = hostBox(hosts, segments, otherRoles(first, "realserver"), [...same, ...lines]);
  return withMark(isSpare ? { ...box, kind: "spare" } : box, mark);
}

/** Machines that someone else manages. */
function foreignBox(
  addresses: readonly Address[],
  lines: readonly string[],
  isSpare: boolean,
  segments: Segments,
): Box {
  const [first] = addresses;
  const [only] = first === undefined ? [] : [segments.around(first)];
  return {
    title: addressRange(addresses),
    roles: withCount(addresses.length, "machine", "managed by others"),
    lines,
    segments: only === null || only === undefined ? [] : [only],
    kind: isSpare ? "spare" : "foreign",
  };
}

/** What a real server has for its services: silent VIPs, the way back of NAT, shares. */
function hostLines(host: Host, { placements, nfs }: Cluster, uses: readonly Use[]): string[] {
  const gateways = uses.some(({ entry }) => entry.mode === "nat") ? [host.gateway, host.gateway6] : [];
  return [
    ...onDevices(placements.get(host) ?? []).map((line) => `${line}, silent`),
    ...gateways.flatMap((gateway) => (gateway === null ? [] : [`gateway ${gateway.text}`])),
    ...host.mounts.slice(0, 2).flatMap(({ export: shared, source, target }) => {
      const from = shared === null || nfs === null ? source : `${nfs.server.name}:${shared}`;
      return [`${target}`, `  from ${from}`];
    }),
    ...(host.mounts.length > 2 ? [`… ${counted(host.mounts.length - 2, "more mount")}`] : []),
  ];
}

/** `VIP on lo:0`, `12 VIPs on ens33`. */
export function onDevices(placements: readonly Pick<Placement, "device" | "label">[]): string[] {
  const byDevice = new Map<string, { readonly label: string | null; count: number }>();
  for (const { device, label } of placements) {
    const known = byDevice.get(device);
    if (known === undefined) byDevice.set(device, { label, count: 1 });
    else known.count++;
  }
  return [...byDevice].map(([device, { label, count }]) =>
    count === 1 ? `VIP on ${label ?? device}` : `${count} VIPs on ${device}`,
  );
}

/** `web, web6: DR, weight 3`, a line for all services with the same. */
export function useLines(uses: readonly Use[]): string[] {
  const names = new Map<string, Service[]>();
  for (const { services, entry, isSpare } of uses) {
    for (const service of services) {
      const port = service.frontend.kind === "address" && entry.port !== null ? `, port ${entry.port}` : "";
      const method = methodList([entry.mode]);
      const how = isSpare ? `${method}${port}, sorry server` : `${method}${port}, weight ${entry.weight}`;
      const before = names.get(how);
      if (before === undefined) names.set(how, [service]);
      else before.push(service);
    }
  }
  const kinds = [...names];
  const shown = kinds.length <= 6 ? kinds : kinds.slice(0, 5);
  const left = kinds.length - shown.length;
  return [
    ...shown.flatMap(([how, all]) => inTwoIfLong(`${someOf(usersOf(all, [...names.values()]), 3)}:`, how)),
    ...(left > 0 ? [`… ${left} more`] : []),
  ];
}

/** The names of services; where all of a pool are among them, and none elsewhere, that of the pool instead. */
function usersOf(services: readonly Service[], all: readonly (readonly Service[])[]): string[] {
  const isWhole = (pool: string): boolean =>
    services.filter((service) => service.pool === pool).length > 1 &&
    all.every((others) => others === services || others.every((service) => service.pool !== pool));
  const whole = new Map<string, boolean>();
  const titles = services.map(({ name, pool }) => {
    if (pool === null) return name;
    const isOne = whole.get(pool) ?? isWhole(pool);
    whole.set(pool, isOne);
    return isOne ? `pool ${pool}` : name;
  });
  return [...new Set(titles)];
}
