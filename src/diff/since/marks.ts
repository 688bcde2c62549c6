/** What a picture of the new bundle marks: what is new, what has changed, and, in words, what is gone. */
import type { Change } from "../change.ts";
import { addressOf, keyTitle, type Table } from "../read/rules.ts";
import type { Difference } from "../result.ts";
import type { Snapshot } from "../snapshot.ts";
import { roleTitles } from "../topics/hosts.ts";
import { directorPairs, namesOf } from "../topics/pair.ts";
import type { Marks } from "./record.ts";

type Mark = "new" | "changed";

export function marksOf(old: Snapshot, next: Snapshot, { changes, steps }: Difference): Marks {
  const names = namesOf(old, next);
  const pairs = directorPairs(old, next);
  const hosts = new Map<string, Mark>();
  for (const { action, hosts: touched } of steps)
    if (action === "apply") for (const host of touched) hosts.set(host, "changed");
  for (const pair of pairs)
    for (const address of otherServers(pair.old.table, pair.new.table))
      hosts.set(names.servers.get(address) ?? address, "changed");
  const before = new Set(old.hosts.filter(({ roles }) => roles.length > 0).map(({ name }) => name));
  for (const { name } of next.hosts) if (!before.has(name)) hosts.set(name, "new");
  const services = new Map<string, Mark>();
  for (const { subject, rule, action } of changes)
    if (subject.kind === "service" && !isGone(rule, action))
      services.set(subject.key, rule === "service" ? "new" : "changed");
  return {
    services: Object.fromEntries(services),
    hosts: Object.fromEntries(hosts),
    gone: [...goneServices(changes), ...goneServers(pairs, names.servers, next), ...goneHosts(old, next)],
  };
}

function isGone(rule: string, action: Change["action"]): boolean {
  return rule === "service" && action === "removed";
}

/** Addresses of those that are new in a service, or are in it otherwise than before. */
function otherServers(old: Table, next: Table): readonly string[] {
  return [...next].flatMap(([key, { servers }]) =>
    [...servers.values()]
      .filter((server) => JSON.stringify(old.get(key)?.servers.get(server.name)) !== JSON.stringify(server))
      .map(({ name }) => addressOf(name)),
  );
}

function goneServices(changes: readonly Change[]): readonly string[] {
  return changes.flatMap(({ subject, rule, action }) =>
    subject.kind === "service" && isGone(rule, action) ? [`service ${subject.title}`] : [],
  );
}

/** Those that leave a service which stays, on hosts that stay. */
function goneServers(
  pairs: ReturnType<typeof directorPairs>,
  servers: ReadonlyMap<string, string>,
  next: Snapshot,
): readonly string[] {
  const here = new Set(next.hosts.map(({ name }) => name));
  const gone = new Set<string>();
  for (const { old, new: becomes } of pairs) {
    for (const [key, service] of old.table) {
      const stays = becomes.table.get(key);
      if (stays === undefined) continue;
      for (const { name, address } of service.servers.values()) {
        const host = servers.get(address);
        if (stays.servers.has(name) || (host !== undefined && !here.has(host))) continue;
        gone.add(`${host ?? name} as real server of ${next.serviceNames.get(key) ?? keyTitle(key)}`);
      }
    }
  }
  return [...gone];
}

function goneHosts(old: Snapshot, next: Snapshot): readonly string[] {
  const here = new Set(next.hosts.map(({ name }) => name));
  return old.hosts
    .filter(({ name }) => !here.has(name))
    .map(({ name, roles }) => `host ${name} (${roles.map((role) => roleTitles[role] ?? role).join(", ")})`);
}
