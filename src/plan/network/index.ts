import type { NetworkBackend, Placement } from "../../model.ts";
import type { Site } from "../site.ts";
import type { BootAddresses, BootConfig } from "./boot-config.ts";
import { ifcfg } from "./ifcfg.ts";
import { ifupdown } from "./ifupdown.ts";
import { netplan } from "./netplan.ts";
import { networkd } from "./networkd.ts";
import { networkmanager } from "./networkmanager.ts";

const backends: Readonly<Record<NetworkBackend, (wanted: BootAddresses) => BootConfig>> = {
  ifcfg,
  networkmanager,
  ifupdown,
  netplan,
  networkd,
};

/** Those that take off what they did not put there, when they configure a link again. */
const removesForeign: readonly NetworkBackend[] = ["networkd", "netplan"];

/**
 * What makes addresses last on a host, by its back end.
 *
 * @param placements VIPs on lo and on NICs; those on tunnel devices are the boot unit's
 * @param options.shared NICs on which keepalived has addresses come and go
 * @param options.routes with a host route to each VIP over its device, as the procedure has it on real servers
 */
export function bootConfig(
  at: Site,
  placements: readonly Placement[],
  { routes, shared = [] }: { readonly routes: boolean; readonly shared?: readonly string[] },
): BootConfig {
  const isAsked = placements.length > 0 || (shared.length > 0 && removesForeign.includes(at.host.network));
  if (!isAsked) return { requirements: [], resources: [], bootCommands: [] };
  return backends[at.host.network]({ at, placements, routes, shared });
}
