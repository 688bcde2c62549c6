import type { Host } from "../model.ts";
import type { ScriptRole } from "./site.ts";
import type { Section } from "./want.ts";

/** One role's script: what each host of that role gets, in the order in which it is applied. */
export interface Script {
  readonly role: ScriptRole;
  readonly hosts: readonly ScriptHost[];
  /** Real servers that `drain` knows by name, with their addresses in the table; the director's alone. */
  readonly realServers: readonly { readonly name: string; readonly addresses: readonly string[] }[];
}

export interface ScriptHost {
  readonly host: Host;
  readonly sections: readonly Section[];
}

/** What each host gets in all of its roles. */
export function sectionsByHost(scripts: readonly Script[]): ReadonlyMap<Host, readonly Section[]> {
  const byHost = new Map<Host, readonly Section[]>();
  for (const { hosts } of scripts) {
    for (const { host, sections } of hosts) {
      const others = byHost.get(host);
      byHost.set(host, others === undefined ? sections : [...others, ...sections]);
    }
  }
  return byHost;
}
