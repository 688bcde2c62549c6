/** Who serves: real servers and sorry servers, those that are equal together. */
import type { Cluster, Host, RealServer, Service } from "../model.ts";
import type { Marked } from "./marks.ts";
import type { Segments } from "./segments.ts";

/** How a machine takes part in a service: as this entry of it, or when no real server is left. */
export interface Use {
  readonly services: readonly Service[];
  readonly entry: RealServer;
  readonly isSpare: boolean;
}

/** Machines that serve the same in the same way. */
export interface ServerGroup {
  /** In the order of the description; none where lvsgen writes no script for them. */
  readonly hosts: readonly Host[];
  /** Where packets go to, one for each machine. */
  readonly entries: readonly RealServer[];
  readonly uses: readonly Use[];
}

export interface Servers {
  readonly groups: readonly ServerGroup[];
  /** Directors that serve themselves, and what. */
  readonly local: ReadonlyMap<Host, readonly Use[]>;
}

interface Member {
  readonly host: Host | null;
  readonly entry: RealServer;
  readonly uses: Use[];
  /** The same for those that are equal. */
  key: string;
}

/**
 * Those with the same services, methods, ports, weights, roles and marks are a group. Where they stand tells groups apart only as long as
 * there is room for all of them.
 *
 * @param room number of groups that can be drawn
 */
export function serversOf(cluster: Cluster, segments: Segments, room: number, marked: Marked): Servers {
  const directors = new Set(cluster.directors);
  const members = [...membersOf(cluster)];
  const serving = members.filter(({ host }) => host === null || !directors.has(host));
  const local = new Map<Host, readonly Use[]>();
  for (const { host, uses } of members) if (host !== null && directors.has(host)) local.set(host, uses);
  const kindOf = ({ host, entry, key }: Member): string =>
    `${key} ${host === null ? "foreign" : host.roles.join()} ${marked.server(entry) ?? ""}`;
  const fine = grouped(serving, (member) => {
    const place = member.host === null ? "" : segments.of(member.host).join();
    return `${kindOf(member)} ${place}`;
  });
  return { groups: fine.length <= room ? fine : grouped(serving, kindOf), local };
}

/** Each machine once: hosts in their order, then those that are only addresses. Services may share one list of a million entries: it is read once. */
function membersOf({ hosts, services }: Cluster): Iterable<Member> {
  const byHost = new Map<Host, Member>();
  const byAddress = new Map<string, Member>();
  const take = (entry: RealServer, use: Use, key: string): void => {
    const { host, address } = entry;
    const known = host === null ? byAddress.get(address.text) : byHost.get(host);
    const member = known ?? { host, entry, uses: [], key: "" };
    if (known === undefined && host === null) byAddress.set(address.text, member);
    else if (known === undefined && host !== null) byHost.set(host, member);
    member.uses.push(use);
    member.key += key;
  };
  let number = 0;
  for (const [list, together] of servicesByList(services)) {
    number++;
    // Most entries of a list say the same but for the machine.
    const uses = new Map<string, Use>();
    for (const entry of list) {
      const key = `${number}:${entry.mode}/${entry.weight}/${entry.port} `;
      const use = uses.get(key) ?? { services: together, entry, isSpare: false };
      uses.set(key, use);
      take(entry, use, key);
    }
  }
  for (const service of services) {
    const { sorryServer } = service;
    if (sorryServer === null) continue;
    take(sorryServer, { services: [service], entry: sorryServer, isSpare: true }, `sorry:${service.name} `);
  }
  const inOrder = hosts.flatMap((host) => byHost.get(host) ?? []);
  return [...inOrder, ...byAddress.values()];
}

/** Services with the same real servers. */
export function servicesByList(services: readonly Service[]): Map<readonly RealServer[], Service[]> {
  const lists = new Map<readonly RealServer[], Service[]>();
  for (const service of services) {
    const together = lists.get(service.realServers);
    if (together === undefined) lists.set(service.realServers, [service]);
    else together.push(service);
  }
  return lists;
}

function grouped(members: readonly Member[], keyOf: (member: Member) => string): ServerGroup[] {
  const groups = new Map<string, { hosts: Host[]; entries: RealServer[]; uses: readonly Use[] }>();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key) ?? { hosts: [], entries: [], uses: member.uses };
    groups.set(key, group);
    if (member.host !== null) group.hosts.push(member.host);
    group.entries.push(member.entry);
  }
  return [...groups.values()];
}
