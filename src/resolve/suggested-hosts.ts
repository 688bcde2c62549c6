import { listing, suggest } from "../diagnostics/suggest.ts";
import type { ExpandedConfig } from "../expand/index.ts";

/** Who refers to a host, and which hosts it has already: a second time would be an error as well. */
export interface Reference {
  readonly role: "director" | "realserver" | "sorry" | "client" | "nfs";
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
    const isServer = role === "realserver" || role === "sorry";
    if (isServer && /^[0-9.]+$/.test(name))
      return `write "address": ${JSON.stringify(name)} of a machine that is no host here`;
    const unfit = others.get(role) ?? othersThan(role, config);
    others.set(role, unfit);
    for (const other of unfit) excluded.add(other);
    const candidates = names.filter((one) => !excluded.has(one));
    const there = role === "sorry" ? [] : knownOf(taken, config);
    // Of two that are as near, the one that is not there.
    const meant = left > 0 ? suggest(name, [...candidates, ...there]) : null;
    left -= candidates.length + there.length;
    if (meant !== null && there.includes(meant))
      return `add it to "hosts", or take it out where ${JSON.stringify(meant)} is meant, which stands there already`;
    if (meant !== null) return `did you mean ${JSON.stringify(meant)}?`;
    // A director can be one too, but nobody writes that by another name.
    const listed = isServer ? candidates.filter((one) => !config.directors.includes(one)) : candidates;
    return `add it to "hosts"${listed.length === 0 ? "" : `, or write one of: ${listing(listed)}`}`;
  };
}

/** What of a list are hosts: another slip in it is no remedy. */
function knownOf(taken: Reference["taken"], { hosts }: ExpandedConfig): string[] {
  return Array.from(taken).filter((name) => name !== undefined && Object.hasOwn(hosts, name)) as string[];
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
