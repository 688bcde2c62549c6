/** Real servers that say the same are one object, and lists of them one list, however often a description has them. */
import type { RealServer as RealServerConfig } from "../generated/config.ts";
import type { Family, Host, Mode, RealServer } from "../model.ts";
import { defaults } from "./defaults.ts";

/** What the entries of one service have in common. */
export interface RealServerSetting {
  readonly pointer: string;
  readonly family: Family;
  readonly mode: Mode;
  /** The port of an entry that names none. */
  readonly port: number;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly directors: readonly Host[];
}

export interface ResolvedRealServers {
  readonly realServers: readonly RealServer[];
  /** Where they stand in the description; null when none was left out. */
  readonly indexes: readonly number[] | null;
}

/** What the entries of a list may share with those of other services with the same family and mode. */
export interface Shared {
  /** What became of this very list in another service. */
  before(written: readonly RealServerConfig[]): ResolvedRealServers | undefined;
  /** The object of an entry: that of one which says the same, or what `make` gives. */
  entry(written: RealServerConfig, make: () => RealServer | null): RealServer | null;
  /** Notes what became of a list, and gives the list of the same objects that is there already in its place. */
  keep(written: readonly RealServerConfig[], made: ResolvedRealServers): ResolvedRealServers;
}

/**
 * Which entries are one object. `all`: those of addresses with their weights too, so that what is found of one is not said of every place;
 * `plain`: those that say nothing else, so that it is.
 */
export type Sharing = "all" | "plain";

export interface SharedRealServers {
  /** Whether some of them stand in several places of which `plain` would tell. */
  isUsed(): boolean;
  of(written: readonly RealServerConfig[], setting: RealServerSetting): Shared;
}

/**
 * Real servers by what decides about them: entries that say the same share one object, and lists that say the same one list,
 * in services with the same family and mode; where an entry names a port, with the same port too, for whether it may depends on that.
 * Weighted entries do so between lists that name no host: what is found of an address may depend on the hosts beside it.
 */
export function sharedRealServers(sharing: Sharing): SharedRealServers {
  const bySetting = new Map<string, Known>();
  const read = new Map<readonly RealServerConfig[], Named>();
  let isUsed = false;
  const use = (): void => {
    isUsed = true;
  };
  return {
    isUsed: () => isUsed,
    of: (written, { family, mode, port }) => {
      const named = read.get(written) ?? namedIn(written);
      read.set(written, named);
      const key = `${family} ${mode}${named.ports ? ` ${port}` : ""}`;
      const known = bySetting.get(key) ?? { plain: new Map(), weighted: new Map(), lists: [], written: new Map() };
      bySetting.set(key, known);
      return sharedOf(known, sharing === "all" && !named.hosts, use);
    },
  };
}

/** What became of entries and lists in services with the same family and mode. */
interface Known {
  /** Entries that say nothing but their address or host. */
  readonly plain: Map<string, RealServer>;
  /** Others with weights and thresholds, by their address. */
  readonly weighted: Map<string, RealServer[]>;
  readonly lists: (readonly RealServer[])[];
  readonly written: Map<readonly RealServerConfig[], ResolvedRealServers>;
}

/** @param use is told where something is shared that may stand in several places */
function sharedOf({ plain, weighted, lists, written: known }: Known, sharesWeighted: boolean, use: () => void): Shared {
  return {
    before: (written) => {
      const before = known.get(written);
      if (before !== undefined) use();
      return before;
    },
    entry: (written, make) => {
      const key = plainKey(written);
      if (key !== null) {
        const same = plain.get(key);
        if (same !== undefined) return same;
        const made = make();
        if (made !== null) plain.set(key, made);
        return made;
      }
      const address = sharesWeighted ? weightedKey(written) : null;
      if (address === null) return make();
      const variants = weighted.get(address) ?? [];
      const same = sameEntry(variants, written);
      if (same !== undefined) {
        use();
        return same;
      }
      const made = make();
      if (made === null || variants.length >= maxVariants) return made;
      variants.push(made);
      weighted.set(address, variants);
      return made;
    },
    keep: (written, { realServers, indexes }) => {
      const kept = { realServers: listLike(lists, realServers), indexes };
      known.set(written, kept);
      return kept;
    },
  };
}

/** What some entry of a list names. */
interface Named {
  readonly ports: boolean;
  readonly hosts: boolean;
}

function namedIn(written: readonly RealServerConfig[]): Named {
  return {
    ports: written.some(({ port }) => port !== undefined),
    hosts: written.some(({ host }) => host !== undefined),
  };
}

/** A list that says the very same and was there before, or this one, which later ones are compared with. */
function listLike(lists: (readonly RealServer[])[], realServers: readonly RealServer[]): readonly RealServer[] {
  const same = lists.find((list) => isSameList(list, realServers));
  if (same === undefined && lists.length < maxLists) lists.push(realServers);
  return same ?? realServers;
}

/** Lists that are compared with a new one; pools of real servers are few, and the comparison mostly ends at once. */
const maxLists = 16;

function isSameList(a: readonly RealServer[], b: readonly RealServer[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** Host or address of an entry that says nothing else; a host name is told apart by a leading space. */
function plainKey({
  host,
  address,
  port,
  weight,
  upperThreshold,
  lowerThreshold,
  mode,
}: RealServerConfig): string | null {
  if (port !== undefined || weight !== undefined || mode !== undefined) return null;
  if (upperThreshold !== undefined || lowerThreshold !== undefined) return null;
  if (host === undefined) return address ?? null;
  return address === undefined ? ` ${host}` : null;
}

/** Address of an entry that says its weight or thresholds and nothing else. */
function weightedKey({ host, address, port, mode }: RealServerConfig): string | null {
  return host === undefined && port === undefined && mode === undefined ? (address ?? null) : null;
}

/** That of `known` which says what the entry says, all of them being of its host or address. */
function sameEntry(known: readonly RealServer[], entry: RealServerConfig): RealServer | undefined {
  const { weight = defaults.weight, upperThreshold = defaults.threshold, lowerThreshold = defaults.threshold } = entry;
  for (const one of known)
    if (one.weight === weight && one.upperThreshold === upperThreshold && one.lowerThreshold === lowerThreshold)
      return one;
  return undefined;
}

/** Of one host or address; more would only be looked through. */
const maxVariants = 16;
