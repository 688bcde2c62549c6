/** Several inputs become one: what a second director says as well is said once, and what it says otherwise is told. */
import type { Facts, FoundHost, FoundService } from "./facts.ts";
import type { Ledger } from "./ledger.ts";
import { placeText } from "./place.ts";
import { serviceKey } from "./services.ts";

export function mergeFacts(into: Facts, from: Facts, ledger: Ledger): void {
  const known = new Map(into.services.map((service) => [serviceKey(service.frontend), service]));
  for (const service of from.services) {
    const same = known.get(serviceKey(service.frontend));
    if (same === undefined) {
      into.services.push(service);
      continue;
    }
    compare(same, service, ledger);
    into.repeated.push(service);
  }
  append(into.marks, from.marks);
  append(into.vips, from.vips);
  append(into.instances, from.instances);
  for (const host of from.hosts) mergeHost(into, host);
  append(into.daemons, from.daemons);
  append(into.hints, from.hints);
  append(into.notes, from.notes);
  const [first, second] = [into.timeouts, from.timeouts];
  if (
    first !== null &&
    second !== null &&
    (first.tcp !== second.tcp || first.tcpfin !== second.tcpfin || first.udp !== second.udp)
  )
    ledger.missed(second.place, `${placeText(first.place)} says other times`, "see which of the two is right");
  if (first !== null && second !== null) into.repeatedTimeouts.push(second);
  into.timeouts ??= from.timeouts;
  into.printsTunnelType ??= from.printsTunnelType;
}

/** Files of one host are read one by one. */
function mergeHost(into: Facts, from: FoundHost): void {
  const known = into.hosts.find(({ origin }) => origin === from.origin);
  if (known === undefined) {
    into.hosts.push(from);
    return;
  }
  known.name ??= from.name;
  known.platform ??= from.platform;
  known.network ??= from.network;
  for (const one of from.interfaces) {
    const same = known.interfaces.find(({ name }) => name === one.name);
    if (same === undefined) known.interfaces.push(one);
    else {
      // One of a family is the host's; another file brings a further one.
      for (const cidr of one.addresses) {
        const isV6 = cidr.includes(":");
        if (!same.addresses.some((known) => known.includes(":") === isV6)) same.addresses.push(cidr);
        else if (!same.addresses.includes(cidr)) same.further.push({ place: one.place, cidr });
      }
      for (const [text, place] of one.places) if (!same.places.has(text)) same.places.set(text, place);
      append(same.further, one.further);
      append(same.gateways, one.gateways);
    }
  }
  append(known.vips, from.vips);
  append(known.mounts, from.mounts);
  append(known.exports, from.exports);
  append(known.sysctls, from.sysctls);
  append(known.notes, from.notes);
}

function compare(first: FoundService, second: FoundService, ledger: Ledger): void {
  first.check ??= second.check;
  first.sorry ??= second.sorry;
  first.onFailure ??= second.onFailure;
  const where = placeText(first.place);
  if (checkText(first) !== checkText(second) && second.check !== null)
    ledger.missed(
      second.check.place,
      `${where} has another check for this service`,
      `what ${placeText(first.check?.place ?? first.place)} says was taken: see which of the two is right`,
    );
  const remedy = `what ${where} says was taken: see which of the two is right`;
  if (optionsText(first) !== optionsText(second))
    ledger.missed(second.place, `${where} has other options for this service`, remedy);
  const servers = new Map(first.servers.map((server) => [`${server.address} ${server.port}`, server]));
  for (const server of second.servers) {
    const same = servers.get(`${server.address} ${server.port}`);
    if (same === undefined) {
      first.servers.push(server);
      ledger.missed(server.place, `${where} has no such real server`, "it was added: see whether it is right");
    } else if (same.weight !== server.weight || same.mode !== server.mode) {
      ledger.missed(server.place, `${placeText(same.place)} has another weight or forwarding method`, remedy);
    }
  }
}

function checkText({ check }: FoundService): string {
  return JSON.stringify({ ...check, place: null });
}

function optionsText({ scheduler, flags, persistence, engine, onePacket, tunnel }: FoundService): string {
  return JSON.stringify([scheduler, flags, persistence, engine, onePacket, tunnel]);
}

/** Lists may be longer than what a call takes as arguments. */
function append<T>(into: T[], from: readonly T[]): void {
  for (const one of from) into.push(one);
}
