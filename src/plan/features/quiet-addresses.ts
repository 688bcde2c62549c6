import { hostCidr } from "../../lvs/placement.ts";
import { isTunnelDevice } from "../../lvs/tunnel.ts";
import type { Contribution, Setting } from "../contribution.ts";
import { interfaceKey } from "../naming.ts";
import { bootConfig } from "../network/index.ts";
import { placementPointer, placementResource, type Resource } from "../resource.ts";
import type { Site } from "../site.ts";

/**
 * The VIPs of a real server, which takes the packets that the director hands over and never answers ARP for them: the
 * settings that keep it silent come before the addresses.
 */
export function quietAddresses(at: Site): Contribution {
  const { placements } = at;
  const onLoopback = placements.filter(({ device }) => device === "lo");
  const lasting = bootConfig(at, onLoopback, { routes: true });
  const routes = onLoopback
    .filter(({ vip }) => vip.family === 4)
    .map((placement): Resource => {
      const { vip, device } = placement;
      const words = ["dev", device, "scope", "link"];
      return { kind: "route", destination: hostCidr(vip), words, pointer: placementPointer(placement) };
    });
  return {
    settings: silence(at),
    resources: {
      requirements: lasting.requirements,
      quietAddresses: [...placements.map(placementResource), ...routes, ...lasting.resources],
    },
    boot: { commands: lasting.bootCommands },
  };
}

/** Kernel document ip-sysctl.rst: for arp_ignore, arp_announce and rp_filter the larger of `all` and the interface holds. */
function silence({ host, placements }: Site): Setting[] {
  if (!placements.some(({ vip }) => vip.family === 4)) return [];
  const isDirect = placements.some(({ device }) => device === "lo");
  const tunnels = [...new Set(placements.map(({ device }) => device).filter(isTunnelDevice))];
  const each = (devices: readonly string[], name: string, value: string, why: string): Setting[] =>
    devices.map((device) => ({ key: interfaceKey("ipv4", device, name), value, why }));
  return [
    ...each(
      ["all", "lo"],
      "arp_ignore",
      "1",
      "Answer ARP only for addresses of the interface that was asked: not for a VIP on lo or a tunnel.",
    ),
    ...each(
      ["all", "lo"],
      "arp_announce",
      "2",
      "Ask by ARP with an address of the interface itself, never with the VIP as the sender.",
    ),
    ...each(
      [...(isDirect ? host.interfaces.map(({ name }) => name) : []), ...tunnels],
      "rp_filter",
      "2",
      "A client's packet comes from the director's side: accept it wherever its reply would leave (RFC 3704, loose).",
    ),
  ];
}
