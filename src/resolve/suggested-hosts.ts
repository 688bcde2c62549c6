import { listing, suggest } from "../diagnostics/suggest.ts";
import type { ExpandedConfig } from "../expand/index.ts";

/** Who refers to a host, and which hosts it has already: a second time would be an error as well. */
export interface Reference {
  readonly role: "director" | "realserver" | "client" | "nfs";
  readonly taken: Iterable<string | undefined>;
}

/** More comparisons of two names than a description with a few slips asks for; one with thousands of them gets the list alone. */
const maxComparisons = 1_000_000;

/** What to do about the name of a host that is not there: only names are proposed that would not be errors again. */
export function hostSuggester(config: ExpandedConfig): (name: string, reference: Reference) => string {
  const names = Object.keys(config.hosts);
  const others = new Map<Reference["role"], readonly (string | undefined)[]>();
  let left = maxComparisons;
  return (name, { role, taken }) => {
    const owner = ownerOf(name, config);
    const excluded = new Set<string | undefined>(taken);
    if (owner !== null && !excluded.has(owner)) return `write the name of the host, ${JSON.stringify(owner)}`;
    if (role === "realserver" && /^[0-9.]+$/.test(name))
      return `write "address": ${JSON.stringify(name)} of a machine that is no host here`;
    const unfit = others.get(role) ?? othersThan(role, config);
    others.set(role, unfit);
    for (const other of unfit) excluded.add(other);
    const candidates = names.filter((one) => !excluded.has(one));
    const meant = left > 0 ? suggest(name, candidates) : null;
    left -= candidates.length;
    if (meant !== null) return `did you mean ${JSON.stringify(meant)}?`;
    return `add it to "hosts"${candidates.length === 0 ? "" : `, or write one of: ${listing(candidates)}`}`;
  };
}

/** The host that has this address. */
function ownerOf(text: string, { hosts }: ExpandedConfig): string | null {
  if (!/^[0-9.]+$/.test(text)) return null;
  return Object.entries(hosts).find(([, { address }]) => address?.startsWith(`${text}/`) === true)?.[0] ?? null;
}

/** Hosts that already have a part which this one does not go with. */
function othersThan(
  role: Reference["role"],
  { directors, clients = [], services }: ExpandedConfig,
): (string | undefined)[] {
  if (role !== "client") return role === "nfs" ? [] : [...clients];
  return [...directors, ...services.flatMap(({ realservers }) => realservers.map(({ host }) => host))];
}
