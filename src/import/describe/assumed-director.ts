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

export function assumedDirector(facts: Facts, known: readonly PlannedHost[], name: string, nic: string): PlannedHost {
  const vips = vipsOf(facts);
  const all = neighbours(facts, "all");
  const isVip = new Set(vips.map(({ text }) => text));
  const near = neighbours(facts, "dr").filter(({ text }) => !isVip.has(text));
  const likely = [
    ...known.flatMap(({ interfaces }) => interfaces.flatMap(({ address, address6 }) => [address, address6])),
    ...[...facts.vips, ...facts.instances.flatMap((one) => one.vips)].map(({ address, prefix }) =>
      prefix === null ? null : `${address}/${prefix}`,
    ),
  ]
    .flatMap((text) => (text === null ? [] : [parseCidr(text)]))
    .filter((cidr): cidr is Cidr => cidr !== null && cidr.prefix <= (cidr.address.family === 4 ? 30 : 126));
  const families = ([4, 6] as const).filter((family) => [...vips, ...all].some((one) => one.family === family));
  const taken = new Set([...vips, ...all].map(({ text }) => text));
  for (const { interfaces } of known)
    for (const { address } of interfaces) if (address !== null) taken.add(address.replace(/\/.*$/, ""));
  const networks = (families.length === 0 ? ([4] as const) : families).map((family) => {
    const inside = near.filter((one) => one.family === family);
    const [fallback] = [...vips, ...all].filter((one) => one.family === family && specialRange(one) === null);
    const around = inside.length > 0 ? inside : fallback === undefined ? addressesOf(["192.0.2.1"]) : [fallback];
    return networksAround(around, [...vips, ...all], likely);
  });
  const [own] = facts.ownAddresses;
  const said = own === undefined ? null : parseAddress(own.address);
  const count = Math.max(...networks.map((list) => list.length));
  const interfaces = Array.from({ length: count }, (_, index): PlannedInterface => {
    const text = (family: 4 | 6): string | null => {
      const network = networks.flat().filter(({ address }) => address.family === family)[index];
      if (network === undefined) return null;
      // What VRRP sends from is an address of the director itself.
      const isSaid = index === 0 && said?.family === family;
      return `${isSaid ? said.text : freeAddress(network, taken)}/${isSaid && !contains(network, said) ? (family === 4 ? 24 : 64) : network.prefix}`;
    };
    return { name: index === 0 ? nic : nextInterface(nic, index), address: text(4), address6: text(6) };
  });
  const assumed =
    said === null
      ? "no input says the director's own address (--director NAME=ADDRESS/PREFIX)"
      : "no input says its name and its prefix length (--director NAME=ADDRESS/PREFIX)";
  return { name, role: "director", assumed, interfaces, gateways: [], found: null };
}

function nextInterface(nic: string, index: number): string {
  const match = /^(.*?)([0-9]{1,3})$/.exec(nic);
  return match === null ? `${nic.slice(0, 12)}${index}` : `${match[1]}${Number(match[2]) + index}`;
}
