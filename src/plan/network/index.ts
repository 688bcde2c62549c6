import type { Host, NetworkBackend } from "../../model.ts";
import { platformOf } from "../../platform/index.ts";
import type { Resource } from "../resource.ts";
import type { Placement } from "../vip.ts";
import { ifcfg } from "./ifcfg.ts";
import { ifupdown } from "./ifupdown.ts";

/** What a network back end has to bring up at boot; live, iproute2 does it at once. */
export interface Persistent {
  readonly cluster: string;
  readonly role: string;
  readonly host: Host;
  readonly placements: readonly Placement[];
  /** A host route to each VIP over its device, as the procedure has it on real servers. */
  readonly routes: boolean;
}

const backends: Readonly<Partial<Record<NetworkBackend, (wanted: Persistent) => Resource[]>>> = { ifcfg, ifupdown };

/** The files that make addresses (and their routes) last on this host. */
export function persistAddresses(wanted: Persistent): Resource[] {
  if (wanted.placements.length === 0) return [];
  const name = wanted.host.network ?? platformOf(wanted.host.platform).network.default;
  const backend = backends[name];
  if (!backend) throw new Error(`no network back end ${name}: the checks should have refused it`);
  return backend(wanted);
}
