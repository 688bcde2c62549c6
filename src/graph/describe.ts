/** The picture of a cluster: its tiers from the clients to the NFS server. */
import type { Carried, Cluster, Host } from "../model.ts";
import { networkText, sameAddress } from "../net.ts";
import { hostBox, onDevices, otherRoles, serverBox, useLines } from "./boxes.ts";
import { Marked } from "./marks.ts";
import { counted, methodList, nameRange, someOf } from "./names.ts";
import type { Box, Marks, Picture, ReplyWay } from "./picture.ts";
import { type Segments, segmentsOf } from "./segments.ts";
import { type ServerGroup, type Servers, serversOf } from "./servers.ts";
import { vipBlocks } from "./vips.ts";
import { packetWays } from "./ways.ts";

/** How many boxes of a tier are drawn; what is left is counted. */
const mostServers = 12;
const mostDirectors = 6;
const mostClients = 3;

/** @param marks what a change does; null: there is none to be shown */
export function describePicture(cluster: Cluster, marks: Marks | null = null): Picture {
  const marked = new Marked(marks);
  const segments = segmentsOf(cluster);
  const servers = serversOf(cluster, segments, mostServers, marked);
  const groups = servers.groups.slice(0, mostServers);
  const vips = vipBlocks(cluster.services, groups, marked);
  return {
    cluster: cluster.name,
    summary: `${summaryOf(cluster, servers)}${marked.any ? "; marked: what a change brings, changes or takes away" : ""}`,
    segments: segments.all,
    clients: clientBoxes(cluster, segments, marked),
    directors: directorBoxes(cluster, segments, servers, marked),
    holder: holderOf(cluster),
    moves: Boolean(cluster.failover?.vrrp),
    vips: vips.blocks,
    moreVips: vips.more,
    servers: [...groups.map((group) => serverBox(group, cluster, segments, marked)), ...rest(servers.groups)],
    nfs: nfsBoxes(cluster, segments, marked),
    gone: marked.gone(),
    mounting: groups.flatMap(({ hosts }, index) => (hosts.some((host) => mounts(host, cluster)) ? [index] : [])),
    replies: repliesOf(servers),
    ways: packetWays(cluster, servers),
  };
}

function summaryOf({ directors, services }: Cluster, { groups, local }: Servers): string {
  const machines = groups
    .filter(({ uses }) => uses.some(({ isSpare }) => !isSpare))
    .reduce((sum, { entries }) => sum + entries.length, local.size);
  return [
    counted(directors.length, "director"),
    counted(services.length, "service"),
    counted(machines, "real server"),
  ].join(", ");
}

/** Those that the description knows, by where they stand; everybody else is the box before. */
function clientBoxes({ clients }: Cluster, segments: Segments, marked: Marked): Box[] {
  const places = new Map<string, Host[]>();
  for (const host of clients) {
    const key = segments.of(host).join();
    const together = places.get(key);
    if (together === undefined) places.set(key, [host]);
    else together.push(host);
  }
  const all = [...places.values()];
  const shown = all.length <= mostClients ? all : [all.flat()];
  return [
    { title: "clients", roles: "", lines: ["whoever asks for a VIP"], segments: [], kind: "foreign" },
    ...shown.map((hosts) => marked.box(hostBox(hosts, segments, "test client", []), hosts)),
  ];
}

function directorBoxes(cluster: Cluster, segments: Segments, { local }: Servers, marked: Marked): Box[] {
  const { directors, failover, sourceNat } = cluster;
  const boxes = directors.slice(0, mostDirectors).map((host, index) => {
    const priority = failover?.vrrp?.priorities.get(host);
    const own = local.get(host);
    const box = hostBox([host], segments, otherRoles(host, "director"), [
      ...carriedLines(host, cluster),
      ...(priority === undefined ? [] : [`VRRP priority ${priority}${index === 0 ? ", first" : ""}`]),
      ...sourceNat.map(({ network }) => `source NAT ${networkText(network)}`),
      ...(own === undefined ? [] : useLines(own).map((line) => (line.startsWith(" ") ? line : `itself ${line}`))),
    ]);
    return marked.box(box, [host]);
  });
  const more = directors.slice(mostDirectors);
  return more.length === 0 ? boxes : [...boxes, marked.box(hostBox(more, segments, "more directors", []), more)];
}

/** The virtual addresses that it has, for good or while it is the master, and then the gateway that moves with them. */
function carriedLines(host: Host, { placements, failover }: Cluster): string[] {
  const vrrp = failover?.vrrp;
  const carried = vrrp?.carried.get(host) ?? [];
  const isGateway = ({ address }: Carried): boolean =>
    vrrp?.gateways.some((gateway) => sameAddress(gateway.address, address)) ?? false;
  return [
    ...onDevices(placements.get(host) ?? []),
    ...onDevices(carried.filter((one) => !isGateway(one))).map((line) => `as master ${line}`),
    ...carried.filter(isGateway).map(({ device }) => `as master gateway on ${device}`),
  ];
}

function holderOf({ directors, failover }: Cluster): string {
  const names = directors.map(({ name }) => name);
  const vrrp = failover?.vrrp;
  if (!vrrp) return `VIPs on ${nameRange(names)}`;
  const gateways = vrrp.gateways.map(({ address }) => `gateway ${address.text} moves along`);
  return [`All VIPs on one director at a time: ${someOf(names, 4, ", else ")}`, ...gateways].join("; ");
}

/** What has no room: how many, and that they differ. */
function rest(groups: readonly ServerGroup[]): Box[] {
  const left = groups.slice(mostServers);
  if (left.length === 0) return [];
  const machines = left.reduce((sum, { entries }) => sum + entries.length, 0);
  return [
    {
      title: counted(machines, "more real server"),
      roles: "",
      lines: [`of ${counted(left.length, "kind")}, not drawn`],
      segments: [],
      kind: "foreign",
    },
  ];
}

function nfsBoxes({ nfs }: Cluster, segments: Segments, marked: Marked): Box[] {
  if (nfs === null) return [];
  const paths = nfs.exports.slice(0, 5).map(({ path }) => `exports ${path}`);
  const left = nfs.exports.length - paths.length;
  const more = left > 0 ? [`… ${left} more`] : [];
  const box = hostBox([nfs.server], segments, otherRoles(nfs.server, "nfs"), [...paths, ...more]);
  return [marked.box(box, [nfs.server])];
}

function mounts({ mounts: all }: Host, { nfs }: Cluster): boolean {
  return nfs !== null && all.some((mount) => mount.export !== null);
}

function repliesOf({ groups, local }: Servers): ReadonlyMap<ReplyWay, string> {
  const modes = new Set(groups.flatMap(({ uses }) => uses.map(({ entry }) => entry.mode)));
  const direct = methodList([...modes].filter((mode) => mode !== "nat"));
  const passing = [...(modes.has("nat") ? ["NAT"] : []), ...(local.size > 0 ? ["local node"] : [])].join(", ");
  const ways: readonly (readonly [ReplyWay, string])[] = [
    ["director", passing],
    ["direct", direct],
  ];
  return new Map(ways.filter(([, methods]) => methods !== ""));
}
