/** Where the addresses of clients stand: on which host, on which of its interfaces. */

import type { Cluster, Host } from "../../model.ts";
import { type Address, bits, parseAddress, sameAddress } from "../../net.ts";
import type { PlannedHosts } from "../describe/index.ts";
import type { Facts, FoundVip } from "../facts.ts";
import { isFrom } from "../host/folder.ts";
import { type CarriedBy, carriers, servicesByVip } from "./carried.ts";
import type { Teller } from "./difference.ts";
import { type BuiltParts, obstacleOf, obstacleOfDirectors, obstacleOfHost } from "./parts.ts";

const topic = "VIPs";

export function compareVips(facts: Facts, planned: PlannedHosts, parts: BuiltParts, teller: Teller): void {
  const { cluster } = parts;
  const site: Site = { parts, teller, carriedBy: carriers(cluster), services: servicesByVip(cluster) };
  const byName = new Map(cluster.hosts.map((host) => [host.name, host]));
  const tables = new Set(facts.services.map(({ place }) => place.file));
  const ofDirectors: FoundVip[] = [];
  const compare = (vip: FoundVip, host: Host, stays: boolean): void => {
    const isDirector = cluster.directors.includes(host);
    if (isDirector) ofDirectors.push(vip);
    const why = isDirector ? obstacleOfDirectors(parts) : obstacleOfHost(parts, host);
    if (why === null) compareVip(vip, host, stays, site);
    else teller.leave(`${vip.address} on ${host.name}`, why, vip.place);
  };
  for (const [name, { instances }] of planned.voices) {
    const host = byName.get(name);
    // A director that is none in the description is told with its VRRP.
    if (host === undefined || !cluster.directors.includes(host)) continue;
    for (const vip of instances.flatMap(({ vips }) => vips)) compare(vip, host, false);
  }
  for (const vip of facts.vips) {
    const owner = planned.hosts.find(({ found }) => found !== null && isFrom(vip.place.file, found.origin));
    const host = owner === undefined ? undefined : byName.get(owner.name);
    if (host !== undefined) compare(vip, host, false);
    else if (tables.has(vip.place.file)) for (const director of cluster.directors) compare(vip, director, false);
    else compareSomewhere(vip, site);
  }
  for (const { name, found } of planned.hosts) {
    const host = byName.get(name);
    for (const vip of host === undefined ? [] : (found?.vips ?? [])) if (host) compare(vip, host, true);
  }
  // Of one who says nothing of VIPs, others may bring them.
  const isSaid = facts.instances.length > 0 || ofDirectors.some(({ address }) => site.services.has(address));
  if (isSaid) tellAdded(ofDirectors, site);
}

interface Site {
  readonly parts: BuiltParts;
  readonly teller: Teller;
  readonly carriedBy: CarriedBy;
  /** The service on a VIP, by its address. */
  readonly services: ReadonlyMap<string, string>;
}

/** @param stays whether the host's own files bring it, which lvsgen leaves alone */
function compareVip(vip: FoundVip, host: Host, stays: boolean, site: Site): void {
  const { teller, carriedBy, services } = site;
  const { cluster } = site.parts;
  const address = parseAddress(vip.address);
  if (address === null) return;
  const isDirector = cluster.directors.includes(host);
  const what = `${address.text} on ${host.name}`;
  const carried = carriedBy(host).get(address.text);
  const there = carried?.find(({ device }) => device === vip.device) ?? carried?.[0];
  const was = vipText(vip, vip.prefix, vip.device, vip.label ?? null);
  if (there === undefined) {
    tellAbsent(vip, address, host, stays, site);
    return;
  }
  const label = vip.label === undefined ? null : there.label;
  const prefix = vip.prefix === null ? null : bits(address.family);
  const device = vip.device === null ? null : there.device;
  const becomes = vipText(vip, prefix, device, label);
  const at = isDirector ? (services.get(address.text) ?? "/ha") : host.pointer;
  const found = { what, place: vip.place, was, becomes, at };
  const reasons = [
    ...(prefix === vip.prefix ? [] : ["alone it claims no neighbours and brings no route"]),
    ...(label === (vip.label ?? null) ? [] : ["a label is a name for people, and says whose address it is"]),
    ...(device === vip.device ? [] : ["a real server has a VIP where it does not answer for it"]),
  ];
  if (was === becomes) teller.same(topic);
  else if (isDirector && device !== vip.device)
    teller.differs(topic, { ...found, remedy: 'say the interface as "vipInterface" of its services' });
  else teller.meant(topic, { ...found, reason: reasons.join("; "), remedy: "" });
}

function tellAbsent(vip: FoundVip, address: Address, host: Host, stays: boolean, site: Site): void {
  const { parts, teller, services } = site;
  const { cluster } = parts;
  const isOwn = host.interfaces.some(({ addresses }) => addresses.some((own) => sameAddress(own.address, address)));
  if (isOwn) {
    teller.same(topic);
    return;
  }
  const what = `${address.text} on ${host.name}`;
  const { place } = vip;
  const found = { what, place, was: vipText(vip, vip.prefix, vip.device, vip.label ?? null), becomes: null };
  const hasService = services.has(address.text);
  const why = obstacleOf(parts, "/services");
  if (!hasService && why !== null) teller.leave(what, why, place);
  else if (!hasService && stays)
    teller.meant(topic, {
      ...{ ...found, at: "/services", remedy: "add a service for it where there is to be one" },
      reason: "no service is on it: it stays with the host's own network configuration",
    });
  else if (!hasService)
    teller.differs(topic, {
      ...{ ...found, at: "/services", reason: "no service is on it" },
      remedy: 'add a service for it; as the gateway of real servers in NAT it is "gateway" of "ha"',
    });
  else if (!cluster.directors.includes(host) && !needsVips(host, cluster))
    teller.meant(topic, {
      ...{ ...found, at: host.pointer, remedy: "" },
      reason: "no service in DR or TUN has this host among its real servers, and only these carry VIPs",
    });
  else teller.differs(topic, { ...found, at: host.pointer, remedy: "name the host in the service that is on it" });
}

function needsVips(host: Host, { served }: Cluster): boolean {
  return (served.get(host) ?? []).some(({ modes }) => modes.some((mode) => mode !== "nat"));
}

/** A script of a real server does not say which of them it is for. */
function compareSomewhere(vip: FoundVip, { parts, teller, carriedBy }: Site): void {
  const address = parseAddress(vip.address)?.text ?? vip.address;
  if (parts.cluster.realServers.some((host) => carriedBy(host).has(address))) teller.same(topic);
  else teller.leave(`${vip.address} of ${vip.place.file}`, "the file does not say which host it is for", vip.place);
}

/** Addresses that directors come to carry beside those that were read. */
function tellAdded(read: readonly FoundVip[], { parts, teller, carriedBy }: Site): void {
  const { cluster, standIns } = parts;
  if (obstacleOfDirectors(parts) !== null) return;
  const known = new Set(read.map(({ address }) => parseAddress(address)?.text));
  const told = new Set<string>();
  for (const { pointer, vips, name } of cluster.services) {
    if (standIns.has(pointer) || obstacleOf(parts, pointer) !== null) continue;
    for (const { text } of vips) {
      const masters = cluster.directors.filter((host) => carriedBy(host).has(text));
      if (known.has(text) || told.has(text) || masters.length === 0) continue;
      told.add(text);
      teller.differs(topic, {
        ...{ what: `${text} on ${masters.map((host) => host.name).join(", ")}`, place: null, was: null },
        ...{
          becomes: text,
          at: `${pointer}`,
          reason: `the service ${name} is on it, and no input has a director carry it`,
        },
        remedy: "see who carries it today: take it away there when lvsgen does it",
      });
    }
  }
}

function vipText({ address }: FoundVip, prefix: number | null, device: string | null, label: string | null): string {
  return [
    `${parseAddress(address)?.text ?? address}${prefix === null ? "" : `/${prefix}`}`,
    ...(device === null ? [] : [`on ${device}`]),
    ...(label === null ? [] : [`as ${label}`]),
  ].join(" ");
}
