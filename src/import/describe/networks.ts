/** Networks and addresses that the inputs do not say: such that what they do say holds. */
import {
  type Address,
  bits,
  type Cidr,
  contains,
  type Family,
  networkText,
  parseAddress,
  parseCidr,
  reservedIn,
} from "../../net.ts";

/** A director has so many interfaces at most, where nobody says which it has. */
const mostNetworks = 16;

/** Prefix lengths that are tried, from the one that most networks have to the widest that one segment may have. */
const prefixes: Readonly<Record<Family, readonly number[]>> = {
  4: [24, 23, 22, 21, 20, 19, 18, 17, 16],
  6: [64, 60, 56, 52, 48],
};

/**
 * Networks that hold every address of `inside`, as few as can be; of none of them is an address of `usable` the first or the
 * last. `likely` comes first where it is the network of one of them.
 */
export function networksAround(
  inside: readonly Address[],
  usable: readonly Address[],
  likely: readonly Cidr[],
): Cidr[] {
  const networks: Cidr[] = [];
  const usableNear = grouped(usable);
  for (const [key, group] of [...grouped(inside)].slice(0, mostNetworks)) {
    const [first] = group;
    if (first === undefined) continue;
    const known = likely.find((cidr) => group.every((address) => contains(cidr, address)));
    const candidates = (known === undefined ? [] : [known]).concat(
      prefixes[first.family].map((prefix) => ({ address: first, prefix })),
    );
    const fits = candidates.filter((cidr) => group.every((address) => contains(cidr, address)));
    const best =
      fits.find((cidr) => (usableNear.get(key) ?? []).every((address) => reservedIn(cidr, address) === null)) ??
      fits[0];
    if (best !== undefined) networks.push(best);
  }
  return networks;
}

/** Addresses that one segment may hold at most. */
function grouped(addresses: readonly Address[]): Map<string, Address[]> {
  const groups = new Map<string, Address[]>();
  for (const address of addresses) {
    const widest = prefixes[address.family].at(-1) ?? 0;
    const key = networkText({ address, prefix: widest });
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [address]);
    else group.push(address);
  }
  return groups;
}

/** An address of a network that nobody has, from its upper end; its own first address where all are taken. */
export function freeAddress(network: Cidr, taken: ReadonlySet<string>): string {
  const base = parseCidr(networkText(network))?.address ?? network.address;
  const size = bits(network.address.family) - network.prefix;
  const last = base.value + (1n << BigInt(Math.min(size, 16))) - 1n;
  for (let value = last - 1n; value > base.value; value--) {
    const text = addressText(value, network.address.family);
    if (!taken.has(text)) return text;
  }
  return base.text;
}

function addressText(value: bigint, family: Family): string {
  const width = family === 4 ? 8n : 16n;
  const count = family === 4 ? 4 : 8;
  const parts = Array.from(
    { length: count },
    (_, index) => (value >> (width * BigInt(count - 1 - index))) & ((1n << width) - 1n),
  );
  const text = family === 4 ? parts.join(".") : parts.map((part) => part.toString(16)).join(":");
  return parseAddress(text)?.text ?? text;
}

/** The addresses of a list of texts, each once; names are left out. */
export function addressesOf(texts: Iterable<string>): Address[] {
  const found = new Map<string, Address>();
  for (const text of texts) {
    const address = parseAddress(text);
    if (address !== null) found.set(address.text, address);
  }
  return [...found.values()];
}
