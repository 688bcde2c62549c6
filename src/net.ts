import ipaddr from "ipaddr.js";

export type Family = 4 | 6;

/** An IP address in canonical text (dotted quad, RFC 5952) with its value for comparisons. */
export interface Address {
  readonly text: string;
  readonly family: Family;
  /** The address as one unsigned number, most significant octet first. */
  readonly value: bigint;
  /** An IPv4 address as an unsigned 32-bit number, for fast comparisons; null for IPv6. */
  readonly number: number | null;
}

/** An address with its prefix length, such as an interface carries it. */
export interface Cidr {
  readonly address: Address;
  /** Prefix length in bits, 0 to 32 or 128. */
  readonly prefix: number;
}

/**
 * The face of the address library: what LVS needs to know of addresses, as plain values.
 * Strict on input: four decimal octets without leading zeros for IPv4 (no `10.1`, no octal), no zone for IPv6.
 */
export function parseAddress(text: string): Address | null {
  if (text.includes(":")) {
    if (text.includes("%") || !ipaddr.IPv6.isValid(text)) return null;
    const parsed = ipaddr.IPv6.parse(text);
    return { text: parsed.toRFC5952String(), family: 6, value: fromBytes(parsed.toByteArray()), number: null };
  }
  const number = parseIpv4(text);
  // Four octets without leading zeros are canonical as they stand.
  return number === null ? null : { text, family: 4, value: BigInt(number), number };
}

/** An address in text with its prefix length (`192.168.80.10/24`), or null; both parts have to be there. */
export function parseCidr(text: string): Cidr | null {
  const slash = text.indexOf("/");
  if (slash === -1) return null;
  const address = parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === null || !/^(?:0|[1-9][0-9]{0,2})$/.test(length)) return null;
  const prefix = Number(length);
  return prefix <= bits(address.family) ? { address, prefix } : null;
}

/** `parseAddress` that gives the same object for the same address, for descriptions that name one often. */
export function addressReader(): (text: string) => Address | null {
  const byText = new Map<string, Address | null>();
  // Only IPv6 has several ways to write one address.
  const canonical = new Map<string, Address>();
  return (text) => {
    const known = byText.get(text);
    if (known !== undefined) return known;
    const parsed = parseAddress(text);
    const address = parsed?.family === 6 ? (canonical.get(parsed.text) ?? parsed) : parsed;
    if (address?.family === 6) canonical.set(address.text, address);
    byText.set(text, address);
    return address;
  };
}

/** The address so many after this one; null where the family has none. */
export function addressAfter({ family, value, number }: Address, offset: number): Address | null {
  if (number !== null) {
    const sum = number + offset;
    return sum > 0xffffffff
      ? null
      : parseAddress(`${sum >>> 24}.${(sum >>> 16) & 255}.${(sum >>> 8) & 255}.${sum & 255}`);
  }
  const digits = (value + BigInt(offset)).toString(16).padStart(bits(family) / 4, "0");
  return digits.length > bits(family) / 4 ? null : parseAddress(digits.replace(/.{4}(?=.)/g, "$&:"));
}

/** Number of bits of an address of this family. */
export function bits(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** `255.255.255.0` of 24. */
export function dottedMask(prefix: number): string {
  return ipaddr.IPv4.subnetMaskFromPrefixLength(prefix).toString();
}

/** 24 of `255.255.255.0`; null where the ones of the mask do not come first, and of what is no IPv4 address. */
export function prefixOfMask(mask: string): number | null {
  return parseIpv4(mask) === null ? null : ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask();
}

/** The network's first address as a number: the host bits are zero. */
export function networkValue({ address, prefix }: Cidr): bigint {
  const hostBits = BigInt(bits(address.family) - prefix);
  return (address.value >> hostBits) << hostBits;
}

/** The network of an address with its prefix length: `10.0.0.0/24` of `10.0.0.5/24`. */
export function networkText({ address: { text, number }, prefix }: Cidr): string {
  if (number === null) return `${ipaddr.IPv6.networkAddressFromCIDR(`${text}/${prefix}`).toRFC5952String()}/${prefix}`;
  // Most descriptions have IPv4 alone, and then the library, which takes its time to load, is not asked for anything.
  const network = prefix === 0 ? 0 : (number & (0xffffffff << (32 - prefix))) >>> 0;
  return `${network >>> 24}.${(network >>> 16) & 255}.${(network >>> 8) & 255}.${network & 255}/${prefix}`;
}

/** Whether the address lies in the network; never across families. */
export function contains(network: Cidr, address: Address): boolean {
  const { family, number } = network.address;
  if (family !== address.family) return false;
  if (number !== null && address.number !== null) {
    return network.prefix === 0 || number >>> (32 - network.prefix) === address.number >>> (32 - network.prefix);
  }
  const hostBits = BigInt(bits(family) - network.prefix);
  return network.address.value >> hostBits === address.value >> hostBits;
}

/** Whether the prefix holds nothing but the address, and so says nothing of the segment. */
export function isSingle({ address, prefix }: Cidr): boolean {
  return prefix === bits(address.family);
}

/** Whether the two have at least one address in common. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.prefix <= b.prefix ? contains(a, b.address) : contains(b, a.address);
}

/** Whether both are addresses of one and the same network. */
export function sameNetwork(a: Cidr, b: Cidr): boolean {
  return a.prefix === b.prefix && contains(a, b.address);
}

/** Whether two machines with these addresses reach each other without a router: each lies in the other's network. */
export function shareSegment(a: Cidr, b: Cidr): boolean {
  return contains(a, b.address) && contains(b, a.address);
}

export function sameAddress(a: Address, b: Address): boolean {
  return a === b || (a.family === b.family && a.value === b.value);
}

/**
 * `network` or `broadcast` when the address is the first or last of the network, null when it is a host's.
 * Networks of one or two addresses have neither (RFC 3021, RFC 6164); IPv6 has no broadcast, its first
 * address is the subnet-router anycast address (RFC 4291, section 2.6.1).
 */
export function reservedIn(network: Cidr, address: Address): "network" | "broadcast" | null {
  if (!contains(network, address) || bits(address.family) - network.prefix < 2) return null;
  if (address.number !== null) {
    const host = address.number & (0xffffffff >>> network.prefix);
    return host === 0 ? "network" : host >>> 0 === 0xffffffff >>> network.prefix ? "broadcast" : null;
  }
  return address.value === networkValue(network) ? "network" : null;
}

export type SpecialRange = "loopback" | "multicast" | "unspecified" | "link-local" | "reserved" | "IPv4-mapped";

/** `a loopback`, `an unspecified`: as it stands before a word of its own. */
export function withArticle(kind: SpecialRange): string {
  return `${/^[aeiouI]/.test(kind) ? "an" : "a"} ${kind}`;
}

/** The kind of an address that no host on a network can have, or null for an ordinary one. */
export function specialRange({ text, family, number }: Address): SpecialRange | null {
  // Ordinary unicast, told apart without parsing again: ten thousand real servers pass here.
  if (number !== null && isOrdinary(number >>> 24)) return null;
  if (number !== null && number >= 0xf0000000) return "reserved";
  const range = family === 4 ? ipaddr.IPv4.parse(text).range() : ipaddr.IPv6.parse(text).range();
  switch (range) {
    case "loopback":
    case "multicast":
    case "unspecified":
      return range;
    case "linkLocal":
      return "link-local";
    case "ipv4Mapped":
      return "IPv4-mapped";
    default:
      return null;
  }
}

/** Whether no address with this first octet is special to `specialRange`. */
function isOrdinary(octet: number): boolean {
  return octet !== 0 && octet !== 127 && octet !== 169 && octet < 224;
}

/** The library reads IPv4 with four regular expressions; ten thousand real servers are worth one. */
const fourOctets = /^(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})$/;

function parseIpv4(text: string): number | null {
  const match = fourOctets.exec(text);
  if (match === null) return null;
  let number = 0;
  for (let i = 1; i <= 4; i++) {
    const octet = Number(match[i]);
    if (octet > 255) return null;
    number = number * 256 + octet;
  }
  return number;
}

function fromBytes(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
