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

/** What became of entries and lists in services with the same family and mode. */
export interface Shared {
  /** Entries without a port, a method or crossed thresholds, by their address or host: those of different weight or thresholds. */
  readonly plain: Map<string, RealServer[]>;
  readonly lists: (readonly RealServer[])[];
  /** What became of a list that several services have. */
  readonly written: Map<readonly RealServerConfig[], ResolvedRealServers>;
}

export interface SharedRealServers {
  of(written: readonly RealServerConfig[], setting: RealServerSetting): Shared;
}

/**
 * Real servers by what decides about them: entries that say the same share one object, and lists that say the same one list,
 * in services with the same family and mode; where an entry names a port, with the same port too, for whether it may depends on that.
 */
export function sharedRealServers(): SharedRealServers {
  const bySetting = new Map<string, Shared>();
  const namesPorts = new Map<readonly RealServerConfig[], boolean>();
  return {
    of: (written, { family, mode, port }) => {
      const names = namesPorts.get(written) ?? written.some((entry) => entry.port !== undefined);
      namesPorts.set(written, names);
      const key = `${family} ${mode}${names ? ` ${port}` : ""}`;
      const known = bySetting.get(key) ?? { plain: new Map(), lists: [], written: new Map() };
      bySetting.set(key, known);
      return known;
    },
  };
}

/** A list that says the very same and was there before, or this one, which later ones are compared with. */
export function listLike(lists: (readonly RealServer[])[], realServers: readonly RealServer[]): readonly RealServer[] {
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

/**
 * Host or address of an entry that may be the same as others; a host name is told apart by a leading space. Not one with a finding
 * about what only it says: every place of that is named.
 */
export function plainKey({
  host,
  address,
  port,
  mode,
  upperThreshold,
  lowerThreshold,
}: RealServerConfig): string | null {
  if (port !== undefined || mode !== undefined) return null;
  if (lowerThreshold !== undefined && lowerThreshold > (upperThreshold ?? defaults.threshold)) return null;
  if (host === undefined) return address ?? null;
  return address === undefined ? ` ${host}` : null;
}

/** That of `known` which says what the entry says, all of them being of its host or address. */
export function sameEntry(known: readonly RealServer[], entry: RealServerConfig): RealServer | undefined {
  const { weight = defaults.weight, upperThreshold = defaults.threshold, lowerThreshold = defaults.threshold } = entry;
  for (const one of known)
    if (one.weight === weight && one.upperThreshold === upperThreshold && one.lowerThreshold === lowerThreshold)
      return one;
  return undefined;
}

/** Of one host or address; more would only be looked through. */
export const maxVariants = 16;
