import { type DraftObject, object, plain, scalar, set } from "../../draft/draft.ts";
import { contains, parseAddress } from "../../net.ts";
import { isBuilt } from "../built.ts";
import type { Facts, FoundInstance, FoundSync, FoundVip } from "../facts.ts";
import type { Ledger } from "../ledger.ts";
import { type Place, placeText } from "../place.ts";
import { isSame, type Voice } from "./directors.ts";
import { tellLater } from "./notes.ts";
import { tellOthers } from "./other-voices.ts";
import type { PlannedHost } from "./planned.ts";

/** Why VRRP stands as a comment alone, and what to do about it. */
export interface Apart {
  readonly reason: string;
  readonly remedy: string;
}

export const alone: Apart = {
  reason: "who the other directors are is not in the inputs",
  remedy: 'import their files too, or name them in "directors"; VRRP stands in the description as a comment',
};

/**
 * `ha` of what VRRP says, and of health checks that are there today.
 *
 * @param directors those of the description
 * @param apart null: the directors agree by VRRP
 */
export function describeFailover(
  top: DraftObject,
  facts: Facts,
  directors: readonly PlannedHost[],
  voices: ReadonlyMap<string, Voice>,
  apart: Apart | null,
  ledger: Ledger,
): void {
  const [leading] = [...directors.flatMap((host) => voices.get(host.name) ?? []), ...voices.values()];
  const instances = leading?.instances ?? [];
  const checks = facts.services.some(({ check, sorry }) => check !== null || sorry !== null);
  const isOwn = leading?.daemons.some(({ cluster }) => cluster !== null) === true;
  if (instances.length === 0 && !checks && !isOwn) return;
  const ha = object(instances.length === 0);
  if (leading !== undefined && instances.length > 0) vrrp(ha, leading, facts, directors, ledger);
  const member = set(top, "ha", ha, ...instances.map((one) => `${placeText(one.place)}: vrrp_instance ${one.name}`));
  tellOthers(leading, [...voices.values()], ledger);
  const [first] = instances;
  if (!isBuilt("ha")) {
    member.off = true;
    member.comments.push('lvsgen does not build "ha" yet: one director carries the VIPs');
    for (const one of instances) tellLater(one.place, "ha", ledger);
  } else if (first !== undefined && apart !== null) {
    for (const one of ha.members) one.off = true;
    member.comments.push(
      'With one director keepalived checks the real servers alone. With the others in "directors" as well:',
    );
    ledger.missed(first.place, apart.reason, apart.remedy);
  }
}

function vrrp(
  ha: DraftObject,
  { instances, daemons }: Voice,
  facts: Facts,
  directors: readonly PlannedHost[],
  ledger: Ledger,
): void {
  const [first] = instances;
  if (first === undefined) return;
  const ofFamily = (family: 4 | 6): FoundInstance | undefined => instances.find((one) => one.family === family);
  const four = ofFamily(4) ?? first;
  const six = ofFamily(6);
  if (four.routerId !== null) set(ha, "routerId", scalar(four.routerId));
  if (six !== undefined && six.routerId !== null && six.routerId !== four.routerId)
    set(ha, "routerId6", scalar(six.routerId));
  for (const one of instances)
    if (one !== four && one !== six && !isSame(one, four) && !(six !== undefined && isSame(one, six)))
      ledger.missed(
        one.place,
        "lvsgen moves all VIPs of a cluster together, under one router id",
        "make a cluster of its own of VIPs that move for themselves",
      );
  const heard = new Set(instances.map((one) => one.interface));
  const nic = heard.size === 1 ? first.interface : null;
  // Where a director has one interface there is nothing to choose.
  const has = ({ interfaces }: PlannedHost, name: string): boolean => interfaces.some((one) => one.name === name);
  const isChoice = directors.some(({ interfaces }) => interfaces.length > 1);
  if (nic !== null && isChoice && directors.every((one) => has(one, nic))) set(ha, "interface", scalar(nic));
  set(ha, "advertInterval", scalar(first.advertInterval ?? 1));
  set(ha, "version", scalar(versionOf(instances, ledger)));
  set(ha, "preempt", scalar(first.preempt));
  set(ha, "unicast", scalar(instances.some(({ peers }) => peers.length > 0)));
  const sync = daemons.find((one) => one.sync !== null)?.sync;
  const old = instances.find((one) => one.sync !== null)?.sync;
  if (sync == null && old == null)
    set(
      ha,
      "sync",
      scalar(false),
      "Without this line the directors tell each other of connections, which go on after a failover then.",
    );
  else {
    const device = sync?.interface ?? old ?? "";
    const value = {
      ...(sync?.id == null || sync.id === four.routerId ? {} : { id: sync.id }),
      ...(isChoice && directors.every((one) => has(one, device)) ? { interface: device } : {}),
    };
    set(ha, "sync", Object.keys(value).length > 0 ? plain(value) : scalar(true));
    if (sync) tellFamily(sync, directors, ledger);
  }
  gateways(ha, instances, facts, ledger);
}

/** lvsgen has the directors tell each other by IPv4 where they meet by that, and by IPv6 else. */
function tellFamily({ family, place }: FoundSync, directors: readonly PlannedHost[], ledger: Ledger): void {
  const meetBy4 = directors.every(({ interfaces }) => interfaces.some(({ address }) => address !== null));
  if (family === 4 && !meetBy4)
    ledger.missed(
      place,
      "the directors tell each other of connections by IPv4, and no input says such an address of theirs",
      "give the files of their networks too, or --director NAME=ADDRESS/PREFIX: they do it by IPv6 else",
    );
  else if (family === 6 && meetBy4)
    ledger.missed(
      place,
      "the directors tell each other of connections by IPv6: lvsgen has them do it by IPv4 where they have both",
      "see whether IPv4 may be used between them",
    );
}

/** What keepalived takes where nobody says it: 2, and 3 for IPv6. A cluster has one. */
function versionOf(instances: readonly FoundInstance[], ledger: Ledger): number {
  const versions = instances.map((one) => ({ one, version: one.family === 6 ? 3 : (one.version ?? 2) }));
  const version = Math.max(...versions.map((each) => each.version));
  for (const each of versions)
    if (each.version !== version)
      ledger.missed(
        each.one.place,
        `version ${each.version} of VRRP beside ${version} for IPv6: a cluster has one, and it is ${version}`,
        "stop the old keepalived on every director before the new one starts: they do not hear each other",
      );
  return version;
}

/** A VIP that no service is on: what real servers in NAT have as their gateway, where it can be that. */
function gateways(ha: DraftObject, instances: readonly FoundInstance[], facts: Facts, ledger: Ledger): void {
  const inNat = facts.services.flatMap(({ servers }) => servers.filter(({ mode }) => mode === "nat"));
  const found = new Map<string, FoundVip>();
  for (const vip of idleVips(instances, facts)) {
    const address = parseAddress(vip.address);
    if (address === null) continue;
    const usual = address.family === 4 ? 24 : 64;
    const prefix = vip.prefix !== null && vip.prefix < (address.family === 4 ? 31 : 127) ? vip.prefix : usual;
    const isNear = inNat.some((server) => {
      const parsed = parseAddress(server.address);
      return parsed !== null && contains({ address, prefix }, parsed);
    });
    const key = address.family === 4 ? "gateway" : "gateway6";
    // lvsgen moves nothing else that no service is on.
    const isOwn = facts.daemons.some(({ cluster }) => cluster !== null);
    if ((isNear || isOwn) && !found.has(key)) found.set(key, vip);
    else tellIdle(vip, vip.place, ledger);
  }
  for (const [key, { address, place }] of found)
    set(ha, key, scalar(address), `${placeText(place)}: no service is on it`);
}

function tellIdle({ address }: FoundVip, place: Place, ledger: Ledger): void {
  ledger.missed(
    place,
    `no virtual server is on ${address}`,
    'add a service for it; as the gateway of real servers in NAT it is "gateway" of "ha"',
  );
}

/** A mark that nobody says the traffic of may be for any of them. */
function idleVips(instances: readonly FoundInstance[], { services, marks }: Facts): FoundVip[] {
  const used = new Set(marks.map(({ vip }) => vip));
  for (const { frontend } of services) {
    if (frontend.kind === "address") used.add(frontend.vip);
    else if (!marks.some(({ mark }) => mark === frontend.mark)) return [];
  }
  return instances.flatMap(({ vips }) => vips).filter(({ address }) => !used.has(address));
}
