/** What a host's own files say of it against what lvsgen takes for it. */
import type { Cidr, Host } from "../../model.ts";
import { parseCidr } from "../../net.ts";
import type { PlannedHosts } from "../describe/index.ts";
import type { FoundHost } from "../facts.ts";
import type { Place } from "../place.ts";
import type { Teller } from "./difference.ts";
import { type BuiltParts, obstacleOfHost } from "./parts.ts";
import { compareMounts } from "./storage.ts";

export function compareHosts(
  found: readonly FoundHost[],
  { hosts: planned, voices }: PlannedHosts,
  parts: BuiltParts,
  teller: Teller,
): void {
  const spoken = new Set(
    [...voices.values()].flatMap(({ instances }) => instances.flatMap(({ source, peers }) => [source, ...peers])),
  );
  for (const one of found) {
    const name = planned.find((host) => host.found === one)?.name;
    const host = parts.cluster.hosts.find((each) => each.name === name);
    const place = placeOf(one);
    if (place === null) continue;
    const what = `the files of ${one.name ?? (one.origin === "" ? place.file : one.origin)}`;
    const why = host === undefined ? null : obstacleOfHost(parts, host);
    if (host === undefined)
      teller.leave(what, "no file says the host's address, and so it is none of the description", place);
    else if (why !== null) teller.leave(what, why, place);
    else {
      compareAddresses(one, host, spoken, teller);
      compareSystem(one, host, place, teller);
      compareMounts(one, host, teller);
    }
  }
}

/** Where something stands that a build would make; null: nothing does. */
function placeOf({ interfaces, vips, mounts, exports, sysctls }: FoundHost): Place | null {
  return [...interfaces, ...vips, ...mounts, ...exports, ...sysctls][0]?.place ?? null;
}

/**
 * What it has already: lvsgen changes none of it, and scripts look for the host by it.
 *
 * @param spoken addresses that VRRP speaks by, which the files of networks need not have
 */
function compareAddresses(
  { interfaces }: FoundHost,
  host: Host,
  spoken: ReadonlySet<string | null>,
  teller: Teller,
): void {
  const key = 'say it as "address", "address6", "addresses" or "interfaces" of the host';
  for (const { name, place, places, addresses, further, gateways } of interfaces) {
    const own = host.interfaces.find((one) => one.name === name)?.addresses ?? [];
    const all = [...addresses.map((cidr) => ({ place: places.get(cidr) ?? place, cidr })), ...further];
    for (const { place: where, cidr } of all) {
      const was = canonical(cidr);
      const becomes = own.map(cidrText).find((text) => text === was) ?? sameAddressOf(own, was);
      teller.compare("addresses", {
        ...{ what: `an address of ${name} on ${host.name}`, place: where, was, becomes, at: host.pointer },
        remedy: key,
      });
    }
    for (const gateway of gateways) {
      const isSix = gateway.includes(":");
      const becomes = (isSix ? host.gateway6 : host.gateway)?.text ?? null;
      teller.compare("addresses", {
        ...{
          what: `the router of ${name} on ${host.name}`,
          place: places.get(gateway) ?? place,
          was: gateway,
          becomes,
        },
        ...{ at: `${host.pointer}/${isSix ? "gateway6" : "gateway"}` },
        remedy: 'a host has one "gateway" of each family; "uplinks" lead replies from VIPs elsewhere',
      });
    }
  }
  const read = new Set(
    interfaces.flatMap((one) => [...one.addresses, ...one.further.map(({ cidr }) => cidr)]).map(canonical),
  );
  // Where no file has any, an option or nobody says them.
  if (read.size === 0) return;
  for (const { name, addresses } of host.interfaces)
    for (const cidr of addresses)
      if (
        !read.has(cidrText(cidr)) &&
        !spoken.has(cidr.address.text) &&
        !interfaces.some((one) => hasAddress(one.addresses, cidr))
      )
        teller.differs("addresses", {
          ...{ what: `an address of ${name} on ${host.name}`, place: null, was: null, becomes: cidrText(cidr) },
          ...{ at: cidr.pointer, reason: "none of the host's own files has it" },
          remedy: "give the file that has it, or take it out",
        });
}

function hasAddress(texts: readonly string[], { address }: Cidr): boolean {
  return texts.some((text) => parseCidr(text)?.address.text === address.text);
}

/** With another length. */
function sameAddressOf(own: readonly Cidr[], text: string): string | null {
  const found = own.find(({ address }) => address.text === text.replace(/\/.*$/, ""));
  return found === undefined ? null : cidrText(found);
}

function canonical(text: string): string {
  const cidr = parseCidr(text);
  return cidr === null ? text : cidrText(cidr);
}

function cidrText({ address, prefix }: Cidr): string {
  return `${address.text}/${prefix}`;
}

function compareSystem({ platform, network }: FoundHost, host: Host, place: Place, teller: Teller): void {
  const at = host.pointer;
  if (platform !== null)
    teller.compare("system", {
      ...{ what: `platform of ${host.name}`, place, was: platform, becomes: host.platform.name, at },
      remedy: 'say it as "platform" of the host',
    });
  if (network === null) return;
  const found = { what: `network back end of ${host.name}`, place, was: network, becomes: host.network, at };
  if (network !== host.network && !host.platform.network.possible.some((one) => one === network))
    teller.meant("system", {
      ...{
        ...found,
        remedy: 'say the system where it is assumed: --platform NAME; or see what the host uses: "network" of the host',
      },
      reason: `lvsgen makes addresses last by no such back end on ${host.platform.name}`,
    });
  else teller.compare("system", { ...found, remedy: 'say it as "network" of the host' });
}
