/** Addresses that a host's network configuration brings: its own, or VIPs on aliases, lo and tunnels. */
import { bits, parseAddress, parseCidr, prefixOfMask } from "../../net.ts";
import type { FoundHost } from "../facts.ts";
import type { Place } from "../place.ts";
import type { Reading } from "../reading.ts";
import { interfaceOf } from "./folder.ts";

/** Where VIPs are, and no addresses of hosts. */
const vipDevice = /^(?:lo|tunl0|sit0|ip6tnl0|gre0|dummy\d+)$/;

/**
 * @param device as written: with the number of an alias, where it is one
 * @param mask a prefix length or a dotted mask; null where the address says it, or nobody does
 */
export function addAddress(
  host: FoundHost,
  device: string,
  text: string,
  mask: string | null,
  place: Place,
  { ledger }: Reading,
): void {
  const cidr = parseCidr(text);
  const address = cidr?.address ?? parseAddress(text);
  if (address === null) {
    ledger.missed(place, "no address", "write the address of the host in the description");
    return;
  }
  const [name = device, alias] = device.split(":");
  const prefix = cidr?.prefix ?? (mask === null ? null : /^[0-9]{1,3}$/.test(mask) ? Number(mask) : prefixOfMask(mask));
  if (address.text === "127.0.0.1" || address.text === "::1") {
    ledger.isDefault(place, "the address that every host has");
    return;
  }
  if (vipDevice.test(name) || alias !== undefined || prefix === bits(address.family)) {
    host.vips.push({ place, address: address.text, prefix, device: name });
    ledger.isDefault(place, "lvsgen brings the VIPs of the services itself");
    return;
  }
  const found = interfaceOf(host, name, place);
  const known = found.addresses.some((one) => one.includes(":") === (address.family === 6));
  if (prefix === null)
    ledger.missed(
      place,
      "an address without the length of its network",
      'write it as "address" of the host, with /LENGTH',
    );
  else if (known) found.further.push({ place, cidr: `${address.text}/${prefix}` });
  else {
    found.addresses.push(`${address.text}/${prefix}`);
    found.places.set(`${address.text}/${prefix}`, place);
    ledger.taken(place);
  }
}

export function addGateway(host: FoundHost, device: string, text: string, place: Place, { ledger }: Reading): void {
  const address = parseAddress(text);
  if (address === null) {
    ledger.missed(place, "no address of a router", 'write it as "gateway" of the host');
    return;
  }
  const found = interfaceOf(host, device.split(":")[0] ?? device, place);
  found.gateways.push(address.text);
  found.places.set(address.text, place);
  ledger.taken(place);
}

export function tellDhcp(place: Place, { ledger }: Reading): void {
  ledger.missed(
    place,
    "the address comes by DHCP and stands in no file",
    'write the address that it has as "address" of the host',
  );
}
