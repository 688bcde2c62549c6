import type { Host, NetworkBackend } from "../../model.ts";
import { networkOf } from "../../platform/index.ts";
import type { Resource } from "../resource.ts";
import type { Placement } from "../vip.ts";
import { ifcfg } from "./ifcfg.ts";
import { ifupdown } from "./ifupdown.ts";
import { netplan } from "./netplan.ts";
import { networkd } from "./networkd.ts";
import { networkmanager } from "./networkmanager.ts";

/** What has to come up at boot; live, iproute2 does it at once. */
export interface Persistent {
  readonly cluster: string;
  readonly role: string;
  readonly host: Host;
  /** VIPs on lo and on NICs; those on tunnel devices are the boot unit's. */
  readonly placements: readonly Placement[];
  /** A host route to each VIP over its device, as the procedure has it on real servers. */
  readonly routes: boolean;
}

export interface Persistence {
  /** What the host is asked before anything changes: whether the back end is the one that configures it. */
  readonly requirements: readonly Resource[];
  readonly resources: readonly Resource[];
  /** What the back end has no place for: command lines for the boot unit (`../boot.ts`). */
  readonly bootCommands: readonly string[];
}

/** Heads the requirements, which come first in a script. */
export const requirementsTitle = "What has to configure this host's network: asked before anything changes";

const backends: Readonly<Record<NetworkBackend, (wanted: Persistent) => Persistence>> = {
  ifcfg,
  networkmanager,
  ifupdown,
  netplan,
  networkd,
};

/** What makes addresses (and their routes) last on this host. */
export function persistAddresses(wanted: Persistent): Persistence {
  if (wanted.placements.length === 0) return { requirements: [], resources: [], bootCommands: [] };
  return backends[networkOf(wanted.host)](wanted);
}
