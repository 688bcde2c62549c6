import type { Config, RealServer } from "../generated/config.ts";
import type { Mode } from "../ipvs.ts";
import { child } from "../pointer.ts";
import type { Listed } from "./hosts.ts";
import { addressesOf, isAddressRange, isNameRange, namesOf, type Range } from "./ranges.ts";
import type { Reporter } from "./reporter.ts";

export type Entries = Listed<RealServer>;

/** Real servers one by one: the very list where none of them is a range, since it may be long. */
export function expandServers(reporter: Reporter, written: readonly RealServer[], base: string): Entries {
  if (!written.some(isRange)) return { items: written, indexes: null };
  const items: RealServer[] = [];
  const indexes: number[] = [];
  written.forEach((entry, index) => {
    const members = membersOf(reporter, entry, child(base, index));
    if (members === null) reporter.lose(base);
    for (const member of members ?? []) {
      items.push(member);
      indexes.push(index);
    }
  });
  return { items, indexes };
}

function isRange({ host, address }: RealServer): boolean {
  return (host !== undefined && isNameRange(host)) || (address !== undefined && isAddressRange(address));
}

function membersOf(reporter: Reporter, entry: RealServer, pointer: string): readonly RealServer[] | null {
  const { host, address } = entry;
  if (!isRange(entry)) return [entry];
  if (host !== undefined && address !== undefined) {
    reporter.report("EITHER_OR", {
      pointer: `${pointer}/address`,
      part: "key",
      message: 'a real server has "host" or "address", not both',
      hint: 'keep "host" for hosts of this description, "address" for machines that someone else manages',
      related: [{ pointer: `${pointer}/host`, part: "key", message: "the other one" }],
    });
    return null;
  }
  const [key, range]: readonly ["host" | "address", Range<string>] =
    host === undefined ? ["address", addressesOf(address ?? "")] : ["host", namesOf(host)];
  return reporter.members(range, `${pointer}/${key}`)?.map((member) => ({ ...entry, [key]: member })) ?? null;
}

/** What a service says of all real servers of its pool. */
export interface Overrides {
  readonly mode: Mode | undefined;
  readonly weight: number | undefined;
  /** Where the packet keeps its port, the service's is the only one; null: the service has none. */
  readonly port: number | null;
  /** Of an entry, and a service, that say nothing of it. */
  readonly otherwise: Mode;
}

export interface Pool extends Entries {
  readonly name: string;
  /** Whether every range of it could be read. */
  readonly isWhole: boolean;
  /** The entries as this service has them; the same list for every service that wants the same. */
  as(overrides: Overrides): readonly RealServer[];
}

/** The pools, each read when a service first names it. */
export function poolReader(reporter: Reporter, pools: NonNullable<Config["pools"]>): (name: string) => Pool | null {
  const read = new Map<string, Pool>();
  return (name) => {
    const known = read.get(name);
    if (known !== undefined) return known;
    const written = Object.hasOwn(pools, name) ? pools[name] : undefined;
    if (written === undefined) return null;
    let isWhole = true;
    const lose = (pointer: string): void => {
      isWhole = false;
      reporter.lose(pointer);
    };
    const entries = expandServers({ ...reporter, lose }, written, child("/pools", name));
    const pool = { name, isWhole, ...entries, as: variants(entries.items) };
    read.set(name, pool);
    return pool;
  };
}

function variants(items: readonly RealServer[]): Pool["as"] {
  const hasMode = items.some(({ mode }) => mode !== undefined);
  const hasPort = items.some(({ port }) => port !== undefined);
  const made = new Map<string, readonly RealServer[]>();
  return (overrides) => {
    const mode = hasMode ? overrides.mode : undefined;
    const fallback = overrides.mode ?? overrides.otherwise;
    const fixesPort = hasPort && overrides.port !== null;
    const { weight } = overrides;
    if (mode === undefined && weight === undefined && !fixesPort) return items;
    const key = `${mode} ${weight} ${fixesPort ? fallback : ""}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const variant = items.map((entry) => {
      const one = { ...entry, ...(mode === undefined ? {} : { mode }), ...(weight === undefined ? {} : { weight }) };
      if (fixesPort && (one.mode ?? fallback) !== "nat") delete one.port;
      return one;
    });
    made.set(key, variant);
    return variant;
  };
}
