import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/gateways.ts`. */
export const gatewaysCodes = {
  GATEWAY_OUTSIDE_SUBNET: {
    severity: "error",
    title: "A gateway lies in none of the networks of the host",
    why: "A gateway is reached without a router, so it has to be a neighbour.",
    symptom: 'ip route: "Nexthop has invalid gateway"; the host has no default route.',
    fix: "Write the address of the router on the host's own segment.",
  },
  GATEWAY_IS_SELF: {
    severity: "error",
    title: "A host is its own gateway",
    why: "Packets for other networks would never leave the host.",
    symptom: '"Network is unreachable" for everything but the own segment.',
    fix: "Write the address of the router.",
  },
  GATEWAY_IS_DIRECTOR: {
    severity: "error",
    title: "The gateway of a DR or TUN real server is a director",
    why: "In DR and TUN replies go straight to the client with the VIP as their source. A director drops packets from outside that come from its own address (the VIP).",
    symptom: "Connections hang in SYN_RECV; the director counts martian sources.",
    fix: "Let the gateway be the router. Only NAT needs the director as gateway.",
  },
  GATEWAY_NOT_DIRECTOR: {
    severity: "error",
    title: "The gateway of a NAT real server is not the director",
    why: "In NAT the director rewrote the destination and has to rewrite the source of the reply: replies have to pass through it.",
    symptom: "The client gets replies from the address of the real server and resets the connection.",
    fix: 'Let "gateway" of the real server be an address of the director; with "ha", the "gateway" of "ha", which moves between the directors.',
  },
} as const satisfies Record<string, CatalogueEntry>;
