import { hostCidr } from "../../lvs/placement.ts";
import type { Placement } from "../../model.ts";

/** Puts an address where it belongs, whether it is there already or not: words of ip-address(8), as the scripts say them live. */
function addressCommand({ vip, device, label }: Placement): string {
  if (vip.family === 6) return `-6 address replace ${hostCidr(vip)} dev ${device} nodad preferred_lft 0`;
  const named = label === null ? "" : ` label ${label}`;
  // On lo the address is this host's alone: it never becomes the source of what the host sends itself.
  return `-4 address replace ${hostCidr(vip)} dev ${device}${named}${device === "lo" ? " scope host" : ""}`;
}

/** The host route to a VIP that the procedure has on real servers; null for IPv6, whose addresses bring their own. */
function routeCommand({ vip, device }: Placement): string | null {
  return vip.family === 6 ? null : `-4 route replace ${hostCidr(vip)} dev ${device} scope link`;
}

/** Address and, where wanted, route, as arguments of ip(8). */
export function placementCommands(placement: Placement, routes: boolean): string[] {
  const route = routes ? routeCommand(placement) : null;
  return [addressCommand(placement), ...(route === null ? [] : [route])];
}

/** The same as command lines of a unit (systemd.service(5) wants absolute paths). */
export function bootCommands(placements: readonly Placement[], routes: boolean): string[] {
  return placements.flatMap((placement) => placementCommands(placement, routes)).map((words) => `/sbin/ip ${words}`);
}
