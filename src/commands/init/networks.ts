import {
  type Address,
  addressAfter,
  type Cidr,
  contains,
  networkText,
  parseAddress,
  parseCidr,
  reservedIn,
} from "../../net.ts";
import type { Answers } from "./answers.ts";

/** Documentation addresses (RFC 5737), where nobody said any. */
const documentation = "192.0.2.1/24";

/** The network that most answers are of: the director's, else a real server's. */
export function networkOf({ directors = [], realServers = [] }: Partial<Answers>): Cidr | null {
  const [first] = [...directors, ...realServers];
  return first === undefined ? null : parseCidr(first.cidr);
}

/** An address, with prefix length, that no answer has: in the network of the answers, or one of documentation. */
export function freeCidr(answers: Partial<Answers>, from: number, avoid: readonly string[] = []): string {
  const taken = new Set([...addressesOf(answers), ...avoid]);
  const inside = freeIn(networkOf(answers), from, taken);
  if (inside !== null) return inside;
  return freeIn(parseCidr(documentation), from, taken) ?? documentation;
}

/** How many addresses are tried: a cluster that is asked for has fewer. */
const tries = 512;

function freeIn(network: Cidr | null, from: number, taken: ReadonlySet<string>): string | null {
  const base = network === null ? null : firstOf(network);
  if (network === null || base === null) return null;
  // Not from the beginning, where routers are; then those that were passed over.
  for (const start of [from, 1])
    for (let offset = start; offset < start + tries; offset++) {
      const address = addressAfter(base, offset);
      if (address === null || !contains(network, address)) break;
      if (reservedIn(network, address) === null && !taken.has(address.text)) return `${address.text}/${network.prefix}`;
    }
  return null;
}

function firstOf(network: Cidr): Address | null {
  return parseCidr(networkText(network))?.address ?? null;
}

function addressesOf({ directors = [], realServers = [], clients = [], vip }: Partial<Answers>): string[] {
  return [
    ...[...directors, ...realServers, ...clients].map(({ cidr }) => cidr.replace(/\/.*$/, "")),
    vip ?? "",
  ].flatMap((text) => parseAddress(text)?.text ?? []);
}
