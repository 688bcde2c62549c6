import type { Address, Cidr, Cluster, Host } from "../model.ts";
import { contains, isSingle, networkText, networkValue } from "../net.ts";
import type { Segment } from "./picture.ts";

/** Which segments there are and who is in which. */
export interface Segments {
  readonly all: readonly Segment[];
  readonly of: (host: Host) => readonly number[];
  /** The segment in whose networks an address lies; null: none. */
  readonly around: (address: Address) => number | null;
}

/** Networks that an interface of some host has together are one segment. */
export function segmentsOf({ hosts }: Cluster): Segments {
  /** A network of each, and the one that it was found to be joined to; its own key: none. */
  const known = new Map<string, { readonly cidr: Cidr; up: string }>();
  const rootOf = (key: string): string => {
    let at = key;
    for (let up = known.get(at)?.up ?? at; up !== at; up = known.get(at)?.up ?? at) at = up;
    return at;
  };
  const keysOf = new Map<Host, string[]>();
  for (const host of hosts) {
    const own: string[] = [];
    for (const { addresses } of host.interfaces) {
      const keys = addresses.filter((cidr) => !isSingle(cidr)).map((cidr) => learn(known, cidr));
      own.push(...keys);
      for (const key of keys.slice(1)) {
        const joined = known.get(rootOf(key));
        if (joined !== undefined) joined.up = rootOf(keys[0] ?? key);
      }
    }
    keysOf.set(host, own);
  }
  const numbers = new Map<string, number>();
  const networks: string[][] = [];
  for (const [key, { cidr }] of known) {
    const root = rootOf(key);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    networks[number] = [...(networks[number] ?? []), networkText(cidr)];
  }
  const segmentOf = (key: string): number => numbers.get(rootOf(key)) ?? 0;
  return {
    all: networks.map((together) => ({ networks: together })),
    of: (host) => [...new Set((keysOf.get(host) ?? []).map(segmentOf))],
    around: (address) => {
      for (const [key, { cidr }] of known) if (contains(cidr, address)) return segmentOf(key);
      return null;
    },
  };
}

function learn(known: Map<string, { readonly cidr: Cidr; up: string }>, cidr: Cidr): string {
  const key = `${networkValue(cidr)}/${cidr.prefix}/${cidr.address.family}`;
  if (!known.has(key)) known.set(key, { cidr, up: key });
  return key;
}
