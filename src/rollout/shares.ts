import type { ScriptRole } from "../diff/change.ts";
import { readTable } from "../diff/read/rules.ts";
import { hostsOf, partOf, type Snapshot } from "../diff/snapshot.ts";

/** The machines behind each service, by the tables of the bundle's directors; each service once. */
export function sharesOf(snapshot: Snapshot): readonly (readonly string[])[] {
  const role: ScriptRole = "director";
  const machines = new Map<string, Set<string>>();
  for (const director of hostsOf(snapshot, role)) {
    for (const { key, servers } of readTable(partOf(snapshot, director, role)?.declared ?? []).values()) {
      const behind = machines.get(key) ?? new Set();
      for (const { address } of servers.values()) behind.add(snapshot.serverNames.get(address) ?? address);
      machines.set(key, behind);
    }
  }
  return [...machines.values()].map((behind) => [...behind]);
}
