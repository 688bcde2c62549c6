import type { Address, Family, Tunnel } from "../model.ts";

/** The fallback device of a tunnel module, which takes packets from any director. */
export interface TunnelDevice {
  readonly device: "tunl0" | "sit0" | "ip6tnl0" | "gre0";
  readonly module: "ipip" | "sit" | "ip6_tunnel" | "ip_gre";
}

/**
 * What unwraps a director's packets: by the family inside (the VIP's) and outside (the real server's). IPVS wraps IPv4
 * in IPv4 as IPIP, IPv6 in IPv4 as protocol 41, and both in IPv6 (net/netfilter/ipvs/ip_vs_xmit.c). GUE packets become IPIP
 * ones at the UDP port that takes them (ip-fou(8)).
 */
export function tunnelDevice(vip: Address, outer: Family, type: Tunnel["type"]): TunnelDevice {
  if (type === "gre") return { device: "gre0", module: "ip_gre" };
  if (outer === 6) return { device: "ip6tnl0", module: "ip6_tunnel" };
  return vip.family === 4 ? { device: "tunl0", module: "ipip" } : { device: "sit0", module: "sit" };
}

/** Devices that exist once their module is loaded, and are brought up by lvsgen's own unit. */
export function tunnelModule(device: string): TunnelDevice["module"] | null {
  switch (device) {
    case "tunl0":
      return "ipip";
    case "sit0":
      return "sit";
    case "ip6tnl0":
      return "ip6_tunnel";
    case "gre0":
      return "ip_gre";
    default:
      return null;
  }
}

/** Commands that bring an address up on a tunnel device at boot. */
export function tunnelCommands(device: string, cidr: string): string[] {
  return [`/sbin/ip address replace ${cidr} dev ${device}`, `/sbin/ip link set dev ${device} up`];
}
