import type { NetworkBackend } from "../../model.ts";
import type { BootAddresses, BootConfig } from "./boot-config.ts";
import { ifcfg } from "./ifcfg.ts";
import { ifupdown } from "./ifupdown.ts";
import { netplan } from "./netplan.ts";
import { networkd } from "./networkd.ts";
import { networkmanager } from "./networkmanager.ts";

/** Heads the requirements, which come first in a script. */
export const requirementsTitle = "What has to configure this host's network: asked before anything changes";

const backends: Readonly<Record<NetworkBackend, (wanted: BootAddresses) => BootConfig>> = {
  ifcfg,
  networkmanager,
  ifupdown,
  netplan,
  networkd,
};

/** What makes addresses (and their routes) last on this host. */
export function bootConfig(wanted: BootAddresses): BootConfig {
  if (wanted.placements.length === 0) return { requirements: [], resources: [], bootCommands: [] };
  return backends[wanted.host.network](wanted);
}
