import type { Tunnel } from "../ipvs.ts";
import type { Address, Family } from "../net.ts";

/** The fallback devices, which take packets from any director and exist once their module is loaded. */
const modules = { tunl0: "ipip", sit0: "sit", ip6tnl0: "ip6_tunnel", gre0: "ip_gre" } as const;

export type TunnelDevice = keyof typeof modules;

/**
 * What unwraps a director's packets: by the family inside (the VIP's) and outside (the real server's). IPVS wraps IPv4
 * in IPv4 as IPIP, IPv6 in IPv4 as protocol 41, and both in IPv6 (net/netfilter/ipvs/ip_vs_xmit.c). GUE packets become IPIP
 * ones at the UDP port that takes them (ip-fou(8)).
 */
export function tunnelDevice(
  vip: Address,
  outer: Family,
  type: Tunnel["type"],
): { readonly device: TunnelDevice; readonly module: (typeof modules)[TunnelDevice] } {
  const device = type === "gre" ? "gre0" : outer === 6 ? "ip6tnl0" : vip.family === 4 ? "tunl0" : "sit0";
  return { device, module: modules[device] };
}

/** The module that makes a tunnel device, or null for any other device. */
export function tunnelModule(device: string): string | null {
  return isTunnelDevice(device) ? modules[device] : null;
}

/** Tunnel devices are brought up by lvsgen's own unit: no network back end knows them. */
export function isTunnelDevice(device: string): device is TunnelDevice {
  return Object.hasOwn(modules, device);
}
