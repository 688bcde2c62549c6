import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/tunnels.ts`. */
export const tunnelsCodes = {
  TUNNEL_MISMATCH: {
    severity: "error",
    title: "The tunnel's settings do not go together",
    why: "GUE runs over a UDP port, GRE and IPIP have none; only GUE is built with checksums; and nothing is wrapped where no real server is in tun.",
    symptom: "ipvsadm refuses the real server, or the packets arrive where nobody unwraps them.",
    fix: 'Write "mode": "tun" with { "type": "gre" } or { "type": "gue", "port": 6080 }, on IPv4.',
  },
  MSS_WITHOUT_TUNNEL: {
    severity: "error",
    title: "A segment size where nothing is wrapped",
    why: '"mss" lowers what real servers offer to their clients so that a packet still fits when the director has put another header before it. In DR and NAT there is none, and UDP and SCTP have no such option.',
    symptom: "None: the setting would do nothing.",
    fix: 'Take "mss" out, or use "mode": "tun".',
  },
} as const satisfies Record<string, CatalogueEntry>;
