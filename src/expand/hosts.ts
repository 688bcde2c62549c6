import type { Config, Host } from "../generated/config.ts";
import { addressAfter, parseCidr } from "../net.ts";
import { child } from "../pointer.ts";
import { addressesFrom, addressesOf, isAddressRange, isNameRange, namesOf } from "./ranges.ts";
import type { Reporter } from "./reporter.ts";

/** A list of which each item stands for one or more, with where these are written; null: each at its own place. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly indexes: readonly number[] | null;
}

/** Names of hosts, ranges among them, as single names. */
export function expandNames(reporter: Reporter, names: readonly string[], base: string): Listed<string> {
  if (!names.some(isNameRange)) return { items: names, indexes: null };
  const items: string[] = [];
  const indexes: number[] = [];
  names.forEach((written, index) => {
    const members = isNameRange(written) ? reporter.members(namesOf(written), child(base, index)) : [written];
    if (members === null) reporter.lose(base);
    for (const name of members ?? []) {
      items.push(name);
      indexes.push(index);
    }
  });
  return { items, indexes };
}

export interface ExpandedHosts {
  readonly hosts: Config["hosts"];
  /** Names as they are written, by those of single hosts; null: every host is written by itself. */
  readonly written: ReadonlyMap<string, string> | null;
}

/** Every host by itself; the addresses of those of a range are counted along. */
export function expandHosts(reporter: Reporter, hosts: Config["hosts"]): ExpandedHosts {
  const all = Object.entries(hosts);
  if (!all.some(([name, { address, address6 }]) => [name, address, address6].some(isAnyRange)))
    return { hosts, written: null };
  const expanded: Record<string, Host> = {};
  const written = new Map<string, string>();
  for (const [name, host] of all) {
    const pointer = child("/hosts", name);
    const names = isNameRange(name) ? reporter.members(namesOf(name), pointer, "key") : [name];
    if (names === null) {
      reporter.lose("/hosts");
      continue;
    }
    const twice = names.find((one) => written.has(one));
    if (twice !== undefined) reportTwice(reporter, twice, pointer, written.get(twice) ?? "");
    const members = membersOf(reporter, host, names, pointer);
    names.forEach((one, index) => {
      if (written.has(one)) return;
      written.set(one, name);
      expanded[one] = members(index);
    });
  }
  return { hosts: expanded, written };
}

function isAnyRange(text: string | undefined, index: number): boolean {
  return text !== undefined && (index === 0 ? isNameRange(text) : isAddressRange(text));
}

function reportTwice(reporter: Reporter, name: string, pointer: string, other: string): void {
  reporter.report("DUPLICATE_HOST", {
    pointer,
    part: "key",
    message: `${name} is a host already`,
    hint: "split the range around the host that differs",
    related: [{ pointer: child("/hosts", other), part: "key", message: "the first one" }],
  });
}

/** The host of each name of a range. */
function membersOf(reporter: Reporter, host: Host, names: readonly string[], pointer: string): (index: number) => Host {
  const own = (["address", "address6"] as const).flatMap((key) => {
    const text = host[key];
    if (text === undefined || (names.length === 1 && !isAddressRange(text))) return [];
    return [[key, counted(reporter, text, names, `${pointer}/${key}`)] as const];
  });
  if (names.length === 1 && own.length === 0) return () => host;
  if (own.some(([, addresses]) => addresses === null)) reporter.lose(pointer);
  return (index) => {
    const member = { ...further(host, index) };
    for (const [key, addresses] of own) {
      const address = addresses?.[index];
      if (address === undefined) delete member[key];
      else member[key] = address;
    }
    return member;
  };
}

/** An address with its prefix length for each name; null after a report. */
function counted(
  reporter: Reporter,
  text: string,
  names: readonly string[],
  pointer: string,
): readonly string[] | null {
  const slash = text.lastIndexOf("/");
  const [addresses, prefix] = [text.slice(0, slash), text.slice(slash)];
  if (isAddressRange(addresses)) {
    const members = reporter.members(addressesOf(addresses), pointer);
    if (members === null || members.length === names.length) return members?.map((one) => one + prefix) ?? null;
    reporter.report("RANGES_UNEQUAL", {
      pointer,
      message: `${members.length} addresses for ${names.length === 1 ? "one host" : `${names.length} hosts`}`,
      hint: `write the first address alone, "${addresses.split("-")[0]}${prefix}", or as many addresses as names`,
      related: [{ pointer: pointer.slice(0, pointer.lastIndexOf("/")), part: "key", message: "the hosts" }],
    });
    return null;
  }
  const first = parseCidr(text);
  // What is no address is said of the first host, for all of them.
  if (first === null) return names.map(() => text);
  const members = addressesFrom(first.address, names.length);
  if (members !== null) return members.map((one) => one + prefix);
  reporter.report("RANGES_UNEQUAL", {
    pointer,
    message: `after ${first.address.text} there are fewer than ${names.length} addresses`,
    hint: "begin with a lower address",
  });
  return null;
}

/** What else of a host is an address of its own. */
function further(host: Host, offset: number): Host {
  const { rip, addresses, interfaces } = host;
  if (offset === 0) return host;
  return {
    ...host,
    ...(rip === undefined ? {} : { rip: moved(rip, offset) }),
    ...(addresses === undefined ? {} : { addresses: addresses.map((one) => moved(one, offset)) }),
    ...(interfaces === undefined ? {} : { interfaces: movedInterfaces(interfaces, offset) }),
  };
}

function movedInterfaces(interfaces: NonNullable<Host["interfaces"]>, offset: number): NonNullable<Host["interfaces"]> {
  return Object.fromEntries(
    Object.entries(interfaces).map(([name, written]) => {
      const { address, address6, addresses } = written;
      return [
        name,
        {
          ...written,
          ...(address === undefined ? {} : { address: moved(address, offset) }),
          ...(address6 === undefined ? {} : { address6: moved(address6, offset) }),
          ...(addresses === undefined ? {} : { addresses: addresses.map((one) => moved(one, offset)) }),
        },
      ];
    }),
  );
}

/** `192.168.80.14/24` of `192.168.80.11/24` and 3; what is no address stays as it is. */
function moved(text: string, offset: number): string {
  const cidr = parseCidr(text.includes("/") ? text : `${text}/0`);
  const address = cidr === null ? null : addressAfter(cidr.address, offset);
  return address === null ? text : address.text + (text.includes("/") ? text.slice(text.indexOf("/")) : "");
}
