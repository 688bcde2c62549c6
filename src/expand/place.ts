import { moreFindings } from "../diagnostics/collector.ts";
import type { Diagnostic, Related } from "../diagnostics/index.ts";
import type { Config } from "../generated/config.ts";
import { child, tokens } from "../pointer.ts";
import type { Origins } from "./origins.ts";

/**
 * Findings about an expanded description as findings about the text. What holds for several members of one range, or services of
 * one list of ports, is said of the first, with how many more there are.
 */
export function place(found: readonly Diagnostic[], origins: Origins): readonly Diagnostic[] {
  const groups: Group[] = [];
  const byPlace = new Map<string, Group>();
  for (const one of found) {
    const pointer = origins.written(one.pointer);
    const key = `${one.code} ${one.part} ${pointer}`;
    const known = byPlace.get(key);
    if (known !== undefined && pointer !== one.pointer && !known.from.has(one.pointer)) {
      known.from.add(one.pointer);
      known.messages.add(one.message);
      continue;
    }
    const related = one.related.map((other) => ({ ...other, pointer: origins.written(other.pointer) }));
    const group: Group = {
      first: { ...one, pointer, related },
      from: new Set([one.pointer]),
      messages: new Set([one.message]),
    };
    groups.push(group);
    if (known === undefined) byPlace.set(key, group);
  }
  return groups.map(({ first, messages }) => {
    if (messages.size === 1) return first;
    const more = [...messages].reduce((sum, message) => sum + 1 + moreFindings(message), -1);
    return { ...first, message: `${first.message} (and ${more} more like this)` };
  });
}

interface Group {
  readonly first: Diagnostic;
  /** Where the same was found in the expanded description. */
  readonly from: Set<string>;
  readonly messages: Set<string>;
}

/** Services that are named of those which use a pool. */
const mostUsers = 3;

/** To a finding in a pool, the services that use it: a pool is changed for all of them. */
export function withUsers(config: Config): (found: Diagnostic) => Diagnostic {
  const users = new Map<string, Omit<Related, "part">[]>();
  for (const [index, { name, pool }] of config.services.entries()) {
    if (pool === undefined) continue;
    const known = users.get(pool) ?? [];
    users.set(pool, known);
    known.push({ pointer: `${child("/services", index)}/pool`, message: `${JSON.stringify(name)} uses this pool` });
  }
  return (found) => {
    const [room, pool] = tokens(found.pointer);
    const all = room === "pools" && pool !== undefined ? (users.get(pool) ?? []) : [];
    const more = all.length - mostUsers;
    const named = all.slice(0, mostUsers).map((one, index): Related => {
      const isLast = index === mostUsers - 1 && more > 0;
      return { ...one, part: "value", message: isLast ? `${one.message}, and ${more} more do` : one.message };
    });
    return named.length === 0 ? found : { ...found, related: [...found.related, ...named] };
  };
}
