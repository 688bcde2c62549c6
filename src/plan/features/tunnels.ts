import { hostCidr } from "../../lvs/placement.ts";
import { tunnelModule } from "../../lvs/tunnel.ts";
import type { Contribution } from "../contribution.ts";
import type { Site } from "../site.ts";

/** VIPs on tunnel devices come up at boot by lvsgen's own unit: ifup-tunnel refuses tunl0, and no other back end knows it. */
export function tunnels({ placements, carried }: Site): Contribution {
  const tunnelled = placements.filter(({ device }) => tunnelModule(device) !== null);
  return {
    modules: [...placements, ...carried].flatMap(({ device }) => tunnelModule(device) ?? []),
    boot: {
      commands: tunnelled.flatMap(({ device, vip }) => [
        `/sbin/ip address replace ${hostCidr(vip)} dev ${device}${vip.family === 6 ? " nodad preferred_lft 0" : ""}`,
        `/sbin/ip link set dev ${device} up`,
      ]),
    },
  };
}
