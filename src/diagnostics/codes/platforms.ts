import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/platforms.ts`. */
export const platformsCodes = {
  SCHEDULER_NOT_ON_PLATFORM: {
    severity: "error",
    title: "The director's kernel has no such scheduler",
    why: "Each scheduler is a module of the kernel, and distributions build different ones: fo came with Linux 3.18, ovf with 4.3, mh with 4.18, twos with 5.12.",
    symptom: 'modprobe finds no module, and ipvsadm says "Scheduler or persistence engine not found".',
    fix: "Use a scheduler that the system has (rr, wrr, lc, wlc, lblc, lblcr, dh, sh, sed, nq are everywhere), or a newer system on the director.",
  },
  PROTOCOL_NOT_ON_PLATFORM: {
    severity: "error",
    title: "The director's ipvsadm does not know the protocol",
    why: "ipvsadm 1.27 names services by TCP and UDP ports and by firewall marks alone.",
    symptom: 'ipvsadm: "unknown option --sctp-service"; the table stays without the service.',
    fix: "Use a newer system on the director, or a firewall mark for the SCTP traffic.",
  },
  TUNNEL_NOT_ON_PLATFORM: {
    severity: "error",
    title: "The director's kernel has no such tunnel",
    why: "IPVS wraps packets in IPIP since ever, in GUE and GRE since Linux 5.2 and 5.3. An older kernel takes the entry and uses IPIP.",
    symptom: "Real servers get packets that they do not unwrap; connections time out.",
    fix: "Use IPIP, or a newer system on the director.",
  },
  MIXED_FAMILIES_NOT_ON_PLATFORM: {
    severity: "error",
    title: "The director's kernel does not mix IPv4 and IPv6",
    why: "A real server's address has a family of its own since Linux 3.18; before, it is taken to have that of the VIP.",
    symptom: "ipvsadm refuses the real server.",
    fix: "Use real servers of the VIP's family, or a newer system on the director.",
  },
  NETWORK_NOT_ON_PLATFORM: {
    severity: "error",
    title: "The system has no such network back end",
    why: "The back end is what brings addresses up again after a reboot. A file for one that the system does not have is read by no one.",
    symptom: "The VIP is there after apply and gone after a reboot.",
    fix: "Write what configures the interfaces of the host, or leave the key out for what its system comes with.",
  },
} as const satisfies Record<string, CatalogueEntry>;
