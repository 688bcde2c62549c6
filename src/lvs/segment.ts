import type { Tunnel } from "../ipvs.ts";
import type { Family } from "../net.ts";

/** Bytes of an IP header without options (RFC 791, RFC 8200). */
const ipHeader = { 4: 20, 6: 40 } as const;
/** Of a TCP header without options (RFC 9293). */
const tcpHeader = 20;
/** Of Ethernet, and of what most providers carry. */
const usualMtu = 1500;

/** What a tunnel puts between the outer and the inner header: GRE its four bytes (RFC 2784), GUE those of UDP and its own. */
const shim = { ipip: 0, gre: 4, gue: 8 + 4 } as const satisfies Record<Tunnel["type"], number>;

/** What remote checksum offload adds to GUE: the private flags and their field (net/ipv4/fou_core.c). */
const remoteChecksum = 8;

/**
 * The largest TCP segment, in bytes, whose packet still fits into an MTU of 1500 after a director has wrapped it (pitfall 20).
 *
 * @param inner family of the VIP
 * @param outer family of the real server
 */
export function segmentThatFits(inner: Family, outer: Family, { type, checksum }: Tunnel): number {
  const wrapping = ipHeader[outer] + shim[type] + (type === "gue" && checksum === "remote" ? remoteChecksum : 0);
  return usualMtu - wrapping - ipHeader[inner] - tcpHeader;
}
