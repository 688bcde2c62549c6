/** A director that the inputs say nothing of but what it serves. */
import { type Address, type Cidr, contains, parseAddress, parseCidr, specialRange } from "../../net.ts";
import type { Facts } from "../facts.ts";
import { addressesOf, freeAddress, networksAround } from "./networks.ts";
import type { PlannedHost, PlannedInterface } from "./planned.ts";

/** What real servers in DR need a neighbour at; each once. */
function neighbours({ services }: Facts, mode: "dr" | "all"): Address[] {
  const texts = services
    .filter(({ off }) => off === null)
    .flatMap(({ servers }) => servers.filter((one) => one.off === null && (mode === "all" || one.mode === "dr")))
    .map(({ address }) => address);
  return addressesOf(texts).filter((address) => specialRange(address) === null);
}

export function vipsOf({ services, instances, vips }: Facts): Address[] {
  return addressesOf([
    ...services.flatMap(({ frontend }) => (frontend.kind === "address" ? [frontend.vip] : [])),
    ...instances.flatMap((one) => one.vips.map(({ address }) => address)),
    ...vips.map(({ address }) => address),
  ]);
}

/** An address that VRRP speaks by, and where. */
export interface Source {
  readonly address: Address;
  readonly interface: string | null;
}

/** @param sources its own addresses, as far as its file says them */
export function assumedDirector(
  facts: Facts,
  known: readonly PlannedHost[],
  name: string,
  nic: string,
  sources: readonly Source[] = [],
): PlannedHost {
  const vips = vipsOf(facts);
  const all = neighbours(facts, "all");
  const isVip = new Set(vips.map(({ text }) => text));
  const near = neighbours(facts, "dr").filter(({ text }) => !isVip.has(text));
  const taken = new Set([...vips, ...all, ...sources.map(({ address }) => address)].map(({ text }) => text));
  for (const { interfaces } of known)
    for (const { address, address6 } of interfaces)
      for (const text of [address, address6]) if (text !== null) taken.add(text.replace(/\/.*$/, ""));
  const likely = likelyNetworks(facts, known);
  const families = ([4, 6] as const).filter((family) =>
    [...vips, ...all, ...sources.map(({ address }) => address)].some((one) => one.family === family),
  );
  const legs: Legs = new Map();
  const waiting = (families.length === 0 ? ([4] as const) : families).flatMap((family) => {
    const inside = near.filter((one) => one.family === family);
    const own = sources.filter(({ address }) => address.family === family);
    const [fallback] = [...vips, ...all].filter((one) => one.family === family && specialRange(one) === null);
    // An address that is known says more than a network that is only likely.
    const around =
      inside.length > 0 || own.length > 0 ? inside : fallback === undefined ? addressesOf(["192.0.2.1"]) : [fallback];
    const networks = networksAround(around, [...vips, ...all], likely);
    for (const source of own) addSource(legs, source, nic, [...networks, ...likely]);
    return networks.filter((network) => !own.some(({ address }) => contains(network, address)));
  });
  for (const network of waiting) {
    const text = `${freeAddress(network, taken)}/${network.prefix}`;
    setAddress(legs, freeLeg(legs, network, nic, facts), text);
  }
  const assumed =
    sources.length === 0
      ? "no input says the director's own address (--director NAME=ADDRESS/PREFIX)"
      : "no input says its name and its prefix length (--director NAME=ADDRESS/PREFIX)";
  return { name, role: "director", assumed, interfaces: interfacesOf(legs, nic), gateways: [], found: null };
}

/** A director with what VRRP says of its addresses, where nobody said it otherwise. */
export function withSources(host: PlannedHost, sources: readonly Source[], nic: string): PlannedHost {
  const legs: Legs = new Map(host.interfaces.map(({ name, address, address6 }) => [name, { address, address6 }]));
  const own = new Set(
    host.interfaces.flatMap(({ address, address6 }) => [address, address6]).map((one) => one?.replace(/\/.*$/, "")),
  );
  const [first] = host.interfaces;
  for (const source of sources)
    if (!own.has(source.address.text)) addSource(legs, source, source.interface ?? first?.name ?? nic, []);
  return { ...host, interfaces: interfacesOf(legs, first?.name ?? nic) };
}

/** A director that an option gives one address, with one of the other family where something is served by that. */
export function withFamilies(host: PlannedHost, facts: Facts, known: readonly PlannedHost[], nic: string): PlannedHost {
  if (host.found !== null || host.assumed !== null) return host;
  const made = assumedDirector(facts, known, host.name, nic);
  const missing = ([4, 6] as const).filter((family) => {
    const key = family === 4 ? "address" : "address6";
    return host.interfaces.every((one) => one[key] === null) && made.interfaces.some((one) => one[key] !== null);
  });
  if (missing.length === 0) return host;
  const legs: Legs = new Map(host.interfaces.map(({ name, address, address6 }) => [name, { address, address6 }]));
  for (const { name, address, address6 } of made.interfaces)
    for (const text of [missing.includes(4) ? address : null, missing.includes(6) ? address6 : null])
      if (text !== null) setAddress(legs, name, text);
  const assumed = `no input says its address of IPv${missing[0]} (--director NAME=ADDRESS/PREFIX, once more)`;
  return { ...host, assumed, interfaces: interfacesOf(legs, host.interfaces[0]?.name ?? nic) };
}

type Legs = Map<string, { address: string | null; address6: string | null }>;

function likelyNetworks(facts: Facts, known: readonly PlannedHost[]): Cidr[] {
  return [
    ...known.flatMap(({ interfaces }) => interfaces.flatMap(({ address, address6 }) => [address, address6])),
    ...[...facts.vips, ...facts.instances.flatMap((one) => one.vips)].map(({ address, prefix }) =>
      prefix === null ? null : `${address}/${prefix}`,
    ),
  ]
    .flatMap((text) => (text === null ? [] : [parseCidr(text)]))
    .filter((cidr): cidr is Cidr => cidr !== null && cidr.prefix <= (cidr.address.family === 4 ? 30 : 126));
}

function addSource(legs: Legs, source: Source, nic: string, networks: readonly Cidr[]): void {
  const { address } = source;
  const prefix = networks.find((network) => contains(network, address))?.prefix ?? (address.family === 4 ? 24 : 64);
  setAddress(legs, source.interface ?? nic, `${address.text}/${prefix}`);
}

function setAddress(legs: Legs, name: string, cidr: string): void {
  const key = cidr.includes(":") ? "address6" : "address";
  const leg = legs.get(name) ?? { address: null, address6: null };
  legs.set(name, leg);
  leg[key] ??= cidr;
}

/** The interface that a VIP of the network is on, else one that has no address of the family yet, else a further one. */
function freeLeg(legs: Legs, network: Cidr, nic: string, facts: Facts): string {
  const key = network.address.family === 6 ? "address6" : "address";
  const isFree = (name: string): boolean => legs.get(name)?.[key] == null;
  const said = facts.instances
    .flatMap(({ vips }) => vips)
    .find(({ address, device }) => {
      const parsed = parseAddress(address);
      return device !== null && device !== "lo" && parsed !== null && contains(network, parsed) && isFree(device);
    })?.device;
  if (said) return said;
  const own = [nic, ...legs.keys()].find(isFree);
  if (own !== undefined) return own;
  let index = 1;
  while (!isFree(nextInterface(nic, index))) index++;
  return nextInterface(nic, index);
}

/** The default one first. */
function interfacesOf(legs: Legs, nic: string): PlannedInterface[] {
  const all = Array.from(legs, ([name, { address, address6 }]) => ({ name, address, address6 }));
  return [...all.filter(({ name }) => name === nic), ...all.filter(({ name }) => name !== nic)];
}

function nextInterface(nic: string, index: number): string {
  const match = /^(.*?)([0-9]{1,3})$/.exec(nic);
  return match === null ? `${nic.slice(0, 12)}${index}` : `${match[1]}${Number(match[2]) + index}`;
}
