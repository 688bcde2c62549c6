/** Labels of IPv4 aliases, as ifconfig shows them and initscripts name files after them. */

/** Longest name of an interface or label: IFNAMSIZ less the final NUL (linux/if.h). */
export const longestLabel = 15;

/** Room that a cut name needs to be told from others: two characters of it, a mark, and four of its sum. */
const shortestCut = 7;

export interface AliasNaming {
  /** Name of the cluster: a DNS label in lower case. */
  readonly cluster: string;
  /** The number to count from; null: named after the cluster. */
  readonly from: number | null;
}

/**
 * The label of the alias with this index on an interface: `ens33:kgc`, `ens33:kgcV2` for its second VIP, or numbered from where the
 * description says. Capitals are in no cluster's name, so that no two clusters have the same label; a name that is too long is cut
 * and gets a sum of the whole one. A number where the interface's name leaves no room even for that.
 *
 * @returns null where not even a number has room
 */
export function aliasLabel(device: string, index: number, { cluster, from }: AliasNaming): string | null {
  const room = longestLabel - device.length - 1;
  const named = from === null ? nameWithin(room, cluster, index) : null;
  const suffix = named ?? String((from ?? 0) + index);
  return suffix.length <= room ? `${device}:${suffix}` : null;
}

/** A suffix may have letters, digits and `_` (initscripts, ifup-aliases); `_` is in no cluster's name. */
function nameWithin(room: number, cluster: string, index: number): string | null {
  const name = cluster.replaceAll("-", "_");
  const ending = index === 0 ? "" : `V${index + 1}`;
  const left = room - ending.length;
  if (name.length <= left) return `${name}${ending}`;
  if (left < shortestCut) return null;
  return `${name.slice(0, left - 5)}X${shortSum(cluster)}${ending}`;
}

/** Four characters of base 36 from the FNV-1a hash of 32 bits. */
export function shortSum(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36).padStart(4, "0").slice(-4);
}
