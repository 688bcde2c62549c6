import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/real-servers.ts`. */
export const realServersCodes = {
  REAL_SERVER_PORT_DIFFERS: {
    severity: "error",
    title: "The port of a real server differs from the service's in DR or TUN",
    why: "DR and TUN do not touch the port; ipvsadm silently writes the port of the service in place of the other one.",
    symptom: "Connections to the VIP are refused: the real server listens on another port.",
    fix: "Let the server listen on the port of the service, or use NAT.",
  },
  PORT_WITHOUT_EFFECT: {
    severity: "warning",
    title: "The port of a real server has no effect",
    why: "Behind a firewall mark a packet keeps its destination port in DR and TUN, whatever the table says. With persistence it does so in NAT as well, behind a mark and in a service of every port: IPVS changes the port of the service into that of the real server, and there the service has none.",
    symptom: "Connections arrive at the port that the client asked for.",
    fix: "Take the port out. What is to arrive at another port needs NAT, and a service of that one port.",
  },
  DUPLICATE_REAL_SERVER: {
    severity: "error",
    title: "A real server stands twice in a service",
    why: "The table has one entry for each address and port.",
    symptom: 'ipvsadm: "Destination already exists"; the weight of the second is lost.',
    fix: 'Take the second out; a larger share is a larger "weight".',
  },
  REAL_SERVER_IS_VIP: {
    severity: "error",
    title: "A real server has the address of a VIP",
    why: "The director would forward the connection to the address that it takes it on.",
    symptom: "The packet is delivered on the director itself, or goes round in circles.",
    fix: "Write the real server's own address.",
  },
  HOST_BY_ADDRESS: {
    severity: "warning",
    title: "A described host is a real server by address",
    why: 'By "address" a machine is one that someone else manages: it gets no script, so no VIP on lo and no ARP settings.',
    symptom: "The host refuses connections to the VIP, or answers ARP for it.",
    fix: 'Write "host" with its name.',
  },
  THRESHOLDS_CROSSED: {
    severity: "error",
    title: "The lower threshold is above the upper one",
    why: "A real server that reached the upper threshold gets connections again below the lower one.",
    symptom: 'The kernel refuses the real server: "Numerical result out of range".',
    fix: 'Let "lowerThreshold" be at most "upperThreshold".',
  },
} as const satisfies Record<string, CatalogueEntry>;
