import type { CatalogueEntry } from "../entry.ts";

/** Codes of the resolve stage and of rules about what the description refers to. */
export const referenceCodes = {
  UNKNOWN_HOST: {
    severity: "error",
    title: "A name refers to no host",
    why: 'Directors, real servers, clients and the NFS server are names of "hosts".',
    symptom: "The role would have no machine to run on.",
    fix: 'Write the name as it stands in "hosts", or add the host. A machine that someone else manages is a real server by "address".',
  },
  UNKNOWN_EXPORT: {
    severity: "error",
    title: "A mount refers to an export that no one serves",
    why: '"export" names a path of "nfs.exports".',
    symptom: "mount.nfs: access denied by server while mounting; the web server shows an empty directory.",
    fix: 'Write a path of "nfs.exports", add the export, or give "source" for a share from elsewhere.',
  },
  EITHER_OR: {
    severity: "error",
    title: "Exactly one of two keys is needed",
    why: "Two keys say the same thing in two ways (a VIP or a firewall mark, a host or an address, an export or a source): both contradict each other, none says nothing.",
    symptom: "It would not be clear what is built.",
    fix: "Keep the one that is meant.",
  },
  CONTRADICTING_KEYS: {
    severity: "error",
    title: "A key contradicts another",
    why: "The key has no meaning next to the other one and would be ignored.",
    symptom: "A setting that was asked for and never takes effect.",
    fix: "Take one of the two out.",
  },
  BAD_PORT_RANGE: {
    severity: "error",
    title: "A range of ports is reversed or too large",
    why: "Ports end at 65535, and a range goes from the lower to the higher.",
    symptom: "The firewall would refuse the rule that sets the mark.",
    fix: 'Write the lower port first, as in "8000-8099".',
  },
  HOST_WITHOUT_ADDRESS: {
    severity: "error",
    title: "A host has no address",
    why: "A host is found by its addresses: the script recognises its machine by them, and the table needs them.",
    symptom: "Exit code 78 on every machine.",
    fix: 'Add "address" or "address6" with its prefix length.',
  },
  HOST_WITHOUT_INTERFACE: {
    severity: "error",
    title: "A host has no interface",
    why: "The name of the interface is needed for addresses, ARP settings and files.",
    symptom: "The VIP could not be placed.",
    fix: 'Add "interface" to the host, or to "defaults" for all.',
  },
  HOST_WITHOUT_PLATFORM: {
    severity: "error",
    title: "A host has no platform",
    why: "Package, unit and file names differ between platforms.",
    symptom: "The script could not install anything.",
    fix: 'Add "platform" to the host, or to "defaults" for all.',
  },
  HOST_WITHOUT_ROLE: {
    severity: "warning",
    title: "A host has no role",
    why: "Nothing refers to the host, so it gets no script.",
    symptom: "A new real server never gets traffic because no service lists it.",
    fix: 'Add the host to a service, to "directors" or to "clients", or take it out.',
  },
  AMBIGUOUS_HOST_NAME: {
    severity: "error",
    title: "Two host names differ in letter case alone",
    why: "DNS does not tell them apart, and neither do the file systems of Windows and macOS, where their files would overwrite each other.",
    symptom: "One of the two hosts gets the files of the other.",
    fix: "Give one of them another name.",
  },
  DIRECTORS_WITHOUT_HA: {
    severity: "error",
    title: "Several directors without failover",
    why: "Two directors that both hold the VIP are an address conflict: each answers ARP for it.",
    symptom: "Clients reach now one, now the other; connections break when the ARP cache changes.",
    fix: 'Add "ha" with a "routerId", so that keepalived agrees on who has the VIPs; or keep one director.',
  },
} as const satisfies Record<string, CatalogueEntry>;
