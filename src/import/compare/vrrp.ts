/** What each director says of VRRP against how the directors of the description agree. */
import type { Cluster, Host, Vrrp, VrrpInstance } from "../../model.ts";
import type { PlannedHosts } from "../describe/index.ts";
import type { FoundDaemon, FoundInstance } from "../facts.ts";
import type { Place } from "../place.ts";
import type { Teller } from "./difference.ts";
import { type BuiltParts, obstacleOfDirectors } from "./parts.ts";

const topic = "VRRP";

export function compareVrrp({ voices }: PlannedHosts, parts: BuiltParts, teller: Teller): void {
  const { cluster } = parts;
  const why = obstacleOfDirectors(parts);
  const vrrp = cluster.failover?.vrrp ?? null;
  for (const [name, { instances, daemons }] of voices) {
    const host = cluster.directors.find((one) => one.name === name);
    for (const one of instances) {
      const what = `vrrp_instance ${one.name} on ${name}`;
      const built = vrrp?.instances.find(({ family }) => family === (one.family ?? 4));
      if (why !== null) teller.leave(what, why, one.place);
      else if (vrrp === null || host === undefined) tellAlone(one, what, cluster, teller);
      else if (built === undefined)
        teller.differs(topic, {
          ...{ what, place: one.place, was: summary(one), becomes: null, at: "/ha" },
          reason: `no service is on an address of IPv${one.family ?? 4}`,
          remedy: "add a service for one of its addresses",
        });
      else compareInstance(one, what, host, vrrp, built, teller);
    }
    if (why === null && vrrp !== null && host !== undefined) compareSync(daemons, instances, host, vrrp, teller);
  }
  if (why === null && vrrp !== null) comparePriorities(voices, cluster, vrrp, teller);
}

function summary({ routerId, priority }: FoundInstance): string {
  return `virtual_router_id ${routerId ?? "?"}, priority ${priority ?? 100}`;
}

const keywords: Readonly<Record<string, readonly string[]>> = {
  preempt: ["nopreempt", "preempt"],
  unicast: ["unicast_peer"],
  "source address": ["unicast_src_ip", "mcast_src_ip"],
};

/** Where a setting stands; where nobody says it, that of its instance. */
function placeOf({ settings, place }: FoundInstance, setting: string): Place {
  const [found] = (keywords[setting] ?? [setting]).flatMap((keyword) => settings.get(keyword) ?? []);
  return found ?? place;
}

/** One director has nobody to agree with. */
function tellAlone(one: FoundInstance, what: string, { directors }: Cluster, teller: Teller): void {
  teller.differs(topic, {
    ...{ what, place: one.place, was: summary(one), becomes: null, at: "/directors" },
    ...(directors.length === 1
      ? { reason: `${directors[0]?.name} is the only director, and carries the VIPs for good` }
      : {}),
    remedy:
      'import the files of the other directors too, or name them in "directors", and take the comments in "ha" away',
  });
}

function compareInstance(
  one: FoundInstance,
  what: string,
  host: Host,
  vrrp: Vrrp,
  built: VrrpInstance,
  teller: Teller,
): void {
  const member = built.members.get(host);
  const say = (setting: string, was: unknown, becomes: unknown, at: string, key: string): void => {
    const place = placeOf(one, setting);
    const found = { what: `${setting} of ${what}`, place, was: shown(was), becomes: shown(becomes), at };
    teller.compare(topic, { ...found, remedy: `say it as ${key}`, around: one.place });
  };
  if (one.routerId !== null)
    say(
      "virtual_router_id",
      one.routerId,
      built.routerId,
      built.pointer,
      '"routerId" of "ha": all VIPs of a cluster move together, under one for each family',
    );
  // What keepalived takes where nobody says it.
  say("advert_int", one.advertInterval ?? 1, vrrp.advertInterval, "/ha/advertInterval", '"advertInterval" of "ha"');
  say(
    "version",
    one.family === 6 ? 3 : (one.version ?? 2),
    vrrp.version,
    "/ha/version",
    '"version" of "ha": a cluster has one',
  );
  say("preempt", one.preempt, vrrp.preempt, "/ha/preempt", '"preempt" of "ha"');
  const peers = [...built.members].filter(([other]) => other !== host).map(([, { address }]) => address.text);
  const isUnicast = one.peers.length > 0;
  say("unicast", isUnicast, vrrp.unicast, "/ha/unicast", '"unicast" of "ha"');
  if (isUnicast && vrrp.unicast)
    say("unicast_peer", sorted(one.peers), sorted(peers), "/directors", 'further "directors"');
  if (one.interface !== null)
    say("interface", one.interface, member?.interface ?? null, "/ha/interface", '"interface" of "ha"');
  if (one.source !== null)
    say("source address", one.source, member?.address.text ?? null, host.pointer, '"address" of the director');
  if (one.isMaster === true)
    teller.meant(topic, {
      ...{
        what: `state of ${what}`,
        place: placeOf(one, "state"),
        was: "MASTER",
        becomes: "BACKUP",
        at: "/directors",
        remedy: "",
      },
      reason:
        "every director begins as a backup and the priority decides: one that starts takes nothing from a master that is heard",
    });
}

/** lvsgen has its own numbers: what counts is who comes before whom. */
function comparePriorities(voices: PlannedHosts["voices"], { directors }: Cluster, vrrp: Vrrp, teller: Teller): void {
  const ranks = directors.flatMap((host) =>
    (voices.get(host.name)?.instances ?? []).map((one) => ({ host, one, rank: one.priority ?? 100 })),
  );
  // Who has the same addresses: there are few of each, and may be many in all.
  const rivals = new Map<string, typeof ranks>();
  for (const each of ranks) {
    const key = `${each.one.family} ${each.one.routerId}`;
    const same = rivals.get(key);
    if (same === undefined) rivals.set(key, [each]);
    else same.push(each);
  }
  for (const { host, one, rank } of ranks) {
    const own = vrrp.priorities.get(host) ?? 0;
    const found = {
      ...{ what: `priority of vrrp_instance ${one.name} on ${host.name}`, place: placeOf(one, "priority") },
      ...{ was: String(rank), becomes: String(own), at: "/directors" },
    };
    const other = rivals
      .get(`${one.family} ${one.routerId}`)
      ?.find(
        (each) =>
          each.host !== host &&
          Math.sign(each.rank - rank) * Math.sign((vrrp.priorities.get(each.host) ?? 0) - own) < 0,
      );
    if (rank === own) teller.same(topic);
    else if (other === undefined)
      teller.meant(topic, {
        ...{ ...found, remedy: "" },
        reason: 'priorities follow the order of "directors", from 254 down: the same ones take over in the same order',
      });
    else
      teller.differs(topic, {
        ...{
          ...found,
          reason: `${other.host.name} has ${other.rank} for the same addresses: the order is another one`,
        },
        remedy: 'whoever takes over first stands first in "directors"',
      });
  }
}

/** `lvs_sync_daemon`, or that of an instance in old files. */
function compareSync(
  daemons: readonly FoundDaemon[],
  instances: readonly FoundInstance[],
  host: Host,
  { sync }: Vrrp,
  teller: Teller,
): void {
  const said = daemons.find((one) => one.sync !== null)?.sync ?? null;
  const old = instances.find((one) => one.sync !== null);
  const place = said?.place ?? old?.place ?? daemons[0]?.place ?? null;
  const nic = said?.interface ?? old?.sync ?? null;
  const id = said?.id ?? null;
  const own = sync?.interfaces.get(host) ?? null;
  if (nic === null && own === null) return;
  const remedy = 'say it as "sync" of "ha"';
  const at = "/ha/sync";
  const what = `sync of connections of ${host.name}`;
  teller.compare(topic, { what: `interface of the ${what}`, place, was: nic, becomes: own, at, remedy });
  if (nic === null || sync === null) return;
  if (id !== null)
    teller.compare(topic, { what: `id of the ${what}`, place, was: String(id), becomes: String(sync.id), at, remedy });
  if (said !== null)
    teller.compare(topic, {
      ...{ what: `family of the ${what}`, place, was: `IPv${said.family}`, becomes: `IPv${sync.family}`, at },
      remedy:
        "lvsgen takes IPv4 where the directors meet by that: give their addresses of it, or see whether it may be used",
    });
}

function shown(value: unknown): string | null {
  return value === null ? null : String(value);
}

function sorted(addresses: readonly string[]): string {
  return [...addresses].sort().join(", ");
}
