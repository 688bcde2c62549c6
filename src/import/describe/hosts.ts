/** The machines of a description: those that files or options describe, and those that only the table names. */
import { type Address, type Cidr, contains, parseAddress, parseCidr, reservedIn, specialRange } from "../../net.ts";
import type { Facts, FoundHost } from "../facts.ts";
import { isFrom } from "../host/folder.ts";
import type { Ledger } from "../ledger.ts";
import type { ImportOptions } from "../options.ts";
import { vipsOf } from "./assumed-director.ts";
import { planDirectors, type Voice } from "./directors.ts";
import { byName, fromOption } from "./given-hosts.ts";
import { hostLabel, uniqueNames } from "./labels.ts";
import { modeOf } from "./mode.ts";
import { addressesOf } from "./networks.ts";
import type { PlannedHost, PlannedInterface } from "./planned.ts";

export interface PlannedHosts {
  readonly hosts: readonly PlannedHost[];
  /** The default interface, and why where it is assumed. */
  readonly interface: { readonly name: string; readonly why: string | null };
  /** Names by the address that `host` puts into the table. */
  readonly byAddress: ReadonlyMap<string, string>;
  /** What directors say of failover. */
  readonly voices: ReadonlyMap<string, Voice>;
}

export function planHosts(
  facts: Facts,
  options: ImportOptions,
  namesRealServers: boolean,
  ledger: Ledger,
): PlannedHosts {
  const unique = uniqueNames();
  const nic = chooseInterface(facts, options);
  const described = facts.hosts.filter(({ interfaces }) => interfaces.some(({ addresses }) => addresses.length > 0));
  const fromFiles = described.map((found) =>
    fromFolder(found, unique(hostName(found)), isDirectorFolder(found, facts)),
  );
  // A host that an option names may have files that say everything but its address.
  const unaddressed = facts.hosts.filter((host) => !described.includes(host));
  const filesOf = (name: string): FoundHost | null => unaddressed.find((host) => hostName(host) === name) ?? null;
  const given = [
    ...byName(options.directors).map((one) => fromOption(one, "director", nic.name, filesOf(one.name))),
    ...byName(options.realServers).map((one) => fromOption(one, "realserver", nic.name, filesOf(one.name))),
  ];
  tellUnaddressed(
    unaddressed.filter((host) => !given.some(({ found }) => found === host)),
    ledger,
  );
  for (const { name } of given) unique(name);
  const { directors, others, voices } = planDirectors(facts, [...given, ...fromFiles], unique, nic.name);
  const machines = [...directors, ...others];
  const realServers = namesRealServers ? assumedRealServers(facts, machines, unique, nic.name) : [];
  const hosts = [...machines, ...realServers];
  return { hosts, interface: nic, byAddress: namesByAddress(hosts), voices };
}

function hostName({ name, origin }: FoundHost): string {
  const wished = name ?? origin.slice(origin.replace(/\/+$/, "").lastIndexOf("/") + 1).replace(/\/+$/, "");
  const cleaned = wished
    .replaceAll(/[^A-Za-z0-9.-]+/g, "-")
    .replaceAll(/(?:^|\.)-+|-+(?=\.|$)/g, "")
    .slice(0, 60);
  return /^[A-Za-z0-9]/.test(cleaned) && !cleaned.includes("..") && !cleaned.endsWith(".") ? cleaned : "host";
}

function isDirectorFolder({ origin }: FoundHost, { services, instances }: Facts): boolean {
  return [...services, ...instances].some(({ place }) => isFrom(place.file, origin));
}

/** What is known of a host whose address no file says has no place in the description. */
function tellUnaddressed(hosts: readonly FoundHost[], ledger: Ledger): void {
  for (const host of hosts) {
    const name = hostName(host);
    for (const { place } of [...host.mounts, ...host.exports, ...host.sysctls])
      ledger.missed(
        place,
        `no file says the address of ${name}`,
        `give the files of its network too, or --realserver ${name}=ADDRESS/PREFIX`,
      );
  }
}

function fromFolder(found: FoundHost, name: string, isDirector: boolean): PlannedHost {
  const interfaces = found.interfaces
    .filter(({ addresses, name: nic }) => addresses.length > 0 && nic !== "lo")
    .map(
      ({ name: nic, addresses }): PlannedInterface => ({
        name: nic,
        address: addresses.find((one) => !one.includes(":")) ?? null,
        address6: addresses.find((one) => one.includes(":")) ?? null,
      }),
    );
  const gateways = found.interfaces.flatMap((one) => one.gateways);
  return { name, role: isDirector ? "director" : "realserver", assumed: null, interfaces, gateways, found };
}

function chooseInterface(facts: Facts, options: ImportOptions): PlannedHosts["interface"] {
  if (options.interface !== null) return { name: options.interface, why: null };
  const found = facts.hosts.flatMap(({ interfaces }) =>
    interfaces.filter(({ name, addresses }) => name !== "lo" && addresses.length > 0),
  )[0];
  if (found !== undefined) return { name: found.name, why: null };
  const devices = [
    ...facts.instances.flatMap((one) => [one.interface, ...one.vips.map(({ device }) => device)]),
    ...facts.vips.map(({ device }) => device),
    ...facts.marks.map((one) => one.interface),
  ];
  const device = devices.find((one) => one !== null && one !== "lo" && /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/.test(one));
  if (device) return { name: device, why: null };
  return { name: "eth0", why: "no input names a network interface" };
}

/** More machines than these stay addresses: each host is compared with each VIP and each network. */
const mostHosts = 4096;
const mostPairs = 4_000_000;

/** Real servers that get a script of their own: in DR and TUN, where that needs nothing that is not known. */
function assumedRealServers(
  facts: Facts,
  machines: readonly PlannedHost[],
  unique: (name: string) => string,
  nic: string,
): PlannedHost[] {
  const vips = new Set(vipsOf(facts).map(({ text }) => text));
  const known = new Set(
    machines.flatMap(({ interfaces }) =>
      interfaces.flatMap(({ address, address6 }) => [address, address6].map((one) => one?.replace(/\/.*$/, ""))),
    ),
  );
  const networks = machines
    .flatMap(({ interfaces }) => interfaces.flatMap(({ address, address6 }) => [address, address6]))
    .flatMap((text) => (text === null ? [] : [parseCidr(text)]))
    .filter((cidr): cidr is Cidr => cidr !== null);
  const inNat = new Set(
    facts.services
      .flatMap((one) => one.servers.filter(({ mode, off }) => mode === "nat" || off !== null))
      .map(({ address }) => address),
  );
  const wanted = addressesOf(
    facts.services
      .filter(({ off }) => off === null)
      .flatMap((service) =>
        service.servers
          .filter(({ off, mode }) => off === null && mode !== "nat" && modeOf(service) !== "nat")
          .map(({ address }) => address),
      ),
  );
  if (wanted.length > mostHosts || wanted.length * vips.size > mostPairs) return [];
  return wanted
    .filter(
      (address) =>
        !known.has(address.text) &&
        !vips.has(address.text) &&
        !inNat.has(address.text) &&
        specialRange(address) === null,
    )
    .map((address): PlannedHost => {
      const cidr = `${address.text}/${prefixFor(address, networks)}`;
      const isV6 = address.family === 6;
      return {
        name: unique(hostLabel(address.text)),
        role: "realserver",
        assumed: "no input says their names and prefix lengths (--realserver NAME=ADDRESS/PREFIX)",
        interfaces: [{ name: nic, address: isV6 ? null : cidr, address6: isV6 ? cidr : null }],
        gateways: [],
        found: null,
      };
    });
}

/** That of a network which is known, else the usual one, else none but the address. */
function prefixFor(address: Address, networks: readonly Cidr[]): number {
  const own = networks.find((network) => contains(network, address));
  if (own !== undefined) return own.prefix;
  const usual = { address, prefix: address.family === 4 ? 24 : 64 };
  return reservedIn(usual, address) === null ? usual.prefix : address.family === 4 ? 32 : 128;
}

function namesByAddress(hosts: readonly PlannedHost[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { name, interfaces } of hosts) {
    const [first] = interfaces;
    for (const text of [first?.address, first?.address6]) {
      const address = text ? parseAddress(text.replace(/\/.*$/, "")) : null;
      if (address !== null && !names.has(address.text)) names.set(address.text, name);
    }
  }
  return names;
}
