/** What a `virtual_server` is for: an address and port, a mark, or the entries of a group. */
import type { Protocol } from "../../ipvs.ts";
import { type Address, bits, type Family, parseAddress } from "../../net.ts";
import type { FoundFrontend } from "../facts.ts";
import type { Value } from "../ipvsadm/values.ts";
import { mostRangeAddresses, type Names, resolveHint } from "../names.ts";
import type { Place } from "../place.ts";
import type { Word } from "../word.ts";
import type { Node } from "./tree.ts";

export interface GroupEntry {
  readonly place: Place;
  readonly kind: "address" | "fwmark";
  readonly address: string;
  readonly port: number;
  readonly mark: number;
  readonly family: Family | null;
}

/** An entry of a group, or what stands behind `virtual_server`. */
export function readEntry(words: readonly Word[], place: Place, names: Names): Value<readonly GroupEntry[]> {
  const [first, second, third] = words;
  if (first === undefined) return { reason: "no address", remedy: "write the VIP" };
  if (first.text === "fwmark") {
    const mark = /^[0-9]{1,10}$/.test(second?.text ?? "") ? Number(second?.text) : Number.NaN;
    if (!(mark >= 1 && mark < 2 ** 32))
      return { reason: "a mark that is not 1 to 4294967295", remedy: "write its number" };
    const family = third?.text === "inet6" ? 6 : third?.text === "inet" ? 4 : null;
    return { value: [{ place, kind: "fwmark", address: "", port: 0, mark, family }] };
  }
  const port = second === undefined ? 0 : names.port(second.text);
  if (port === null) return { reason: `"${second?.text.slice(0, 40)}" is no port`, remedy: "write its number" };
  const addresses = readRange(first.text, names);
  if ("reason" in addresses) return addresses;
  return {
    value: addresses.value.map((address) => ({ place, kind: "address", address, port, mark: 0, family: null })),
  };
}

/** `192.168.200.1-10`, `10.0.0.250-10.0.1.10`, `192.168.202.8/29`, and the same of IPv6. */
function readRange(text: string, names: Names): Value<readonly string[]> {
  const dash = /^([^-/]+)-([^-/]+)$/.exec(text);
  const slash = /^([^/]+)\/([0-9]{1,3})$/.exec(text);
  const first = parseAddress(dash?.[1] ?? slash?.[1] ?? text);
  if (first === null && dash === null && slash === null) return named(text, names);
  if (first === null)
    return { reason: `"${text.slice(0, 60)}" is no range of addresses`, remedy: "write the addresses" };
  let count = 1n;
  if (dash !== null) {
    const last = lastOf(first, dash[2] ?? "");
    if (last === null || last < first.value)
      return { reason: `"${text.slice(0, 60)}" has no last address`, remedy: "write the addresses" };
    count = last - first.value + 1n;
  } else if (slash !== null) {
    const length = Number(slash[2]);
    const width = bits(first.family);
    if (length < 1 || length > width)
      return { reason: `/${length} is no prefix length`, remedy: "write the addresses" };
    count = 1n << BigInt(width - length);
    if (first.value % count !== 0n)
      return { reason: `"${text.slice(0, 60)}" does not begin where its network does`, remedy: "write the addresses" };
  }
  if (count > BigInt(mostRangeAddresses))
    return {
      reason: `a range of ${count} addresses, each a service of its own`,
      remedy: "use a firewall mark for them",
    };
  if (count > 1n && !names.spend(Number(count)))
    return {
      reason: `a range of ${count} addresses, each a service of its own: all ranges together may have ${mostRangeAddresses}`,
      remedy: "use a firewall mark for them",
    };
  return { value: Array.from({ length: Number(count) }, (_, index) => textOf(first, BigInt(index))) };
}

function named(text: string, names: Names): Value<readonly string[]> {
  const address = names.address(text);
  if (address !== null) return { value: [address.text] };
  if (/^[0-9.:]+$/.test(text) || !/^[\w.-]{1,253}$/.test(text))
    return { reason: `"${text.slice(0, 60)}" is no address`, remedy: "write the address" };
  return { reason: `keepalived takes no names, and nobody says which address "${text}" is`, remedy: resolveHint(text) };
}

/** The last part alone, decimal for IPv4 and hexadecimal for IPv6, or a whole address. */
function lastOf(first: Address, text: string): bigint | null {
  const whole = parseAddress(text);
  if (whole !== null && whole.family === first.family) return whole.value;
  const isV6 = first.family === 6;
  if (!(isV6 ? /^[0-9a-f]{1,4}$/i : /^[0-9]{1,3}$/).test(text)) return null;
  const part = Number.parseInt(text, isV6 ? 16 : 10);
  const size = isV6 ? 65536n : 256n;
  return part < Number(size) ? first.value - (first.value % size) + BigInt(part) : null;
}

function textOf(first: Address, offset: bigint): string {
  const value = first.value + offset;
  if (first.family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
  const parts = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return parseAddress(parts.join(":"))?.text ?? parts.join(":");
}

export function frontendOf(entry: GroupEntry, protocol: Protocol, family: Family): FoundFrontend {
  return entry.kind === "fwmark"
    ? { kind: "fwmark", mark: entry.mark, family: entry.family ?? family }
    : { kind: "address", vip: entry.address, protocol, port: entry.port };
}

/** An entry of a `virtual_server_group` block is a line that begins with its address. */
export function entryWords(node: Node): readonly Word[] {
  return [{ text: node.keyword, place: node.place }, ...node.words];
}
