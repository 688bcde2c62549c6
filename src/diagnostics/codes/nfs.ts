import type { CatalogueEntry } from "../entry.ts";

/** Codes of rules about exports and mounts. */
export const nfsCodes = {
  DUPLICATE_EXPORT: {
    severity: "error",
    title: "A path is exported twice",
    why: "One path has one set of clients and options.",
    symptom: "exportfs warns about the duplicate and uses one of the two.",
    fix: "Put all clients in one export.",
  },
  NESTED_EXPORTS: {
    severity: "warning",
    title: "An export lies within another",
    why: "A client that mounts the outer one sees the inner one with the options of the outer, or an empty directory where it is another file system.",
    symptom: "Clients that may not use the inner export reach its files through the outer one.",
    fix: "Export one of the two, or separate directories.",
  },
  WORLD_WRITABLE_EXPORT: {
    severity: "warning",
    title: "Everyone may write in an exported directory",
    why: "Every account on every client can change and delete what the others serve.",
    symptom: "A single broken client defaces every web page.",
    fix: 'Use an owner or group and a mode such as "0755" or "0775".',
  },
  EXPORT_TO_EVERYONE: {
    severity: "warning",
    title: "Everyone may mount an export",
    why: '"*" allows every machine that reaches the server.',
    symptom: "Machines outside the cluster read or write its files.",
    fix: 'Name the network of the real servers, such as "192.168.80.0/24".',
  },
  MOUNT_NOT_ALLOWED: {
    severity: "error",
    title: "A host may not mount this export",
    why: "None of the clients of the export is this host.",
    symptom: "mount.nfs: access denied by server while mounting.",
    fix: "Add the host or its network to the clients of the export.",
  },
  CONTRADICTING_OPTIONS: {
    severity: "error",
    title: "Two options contradict each other",
    why: "Of two such options the last one wins, which one is a matter of the tool.",
    symptom: "A share is writable that was meant to be read-only, or the other way round.",
    fix: "Take one of the two out.",
  },
  FILE_ON_READ_ONLY_MOUNT: {
    severity: "error",
    title: "A file lies on a mount that is read-only",
    why: "The file is written through the mount, after it.",
    symptom: '"Read-only file system" at each apply.',
    fix: 'Export and mount it with "rw", or let the NFS server write the file.',
  },
} as const satisfies Record<string, CatalogueEntry>;
