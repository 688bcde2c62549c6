import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/exports.ts`. */
export const exportsCodes = {
  DUPLICATE_EXPORT: {
    severity: "error",
    title: "A path is exported twice",
    why: "One path has one set of clients and options.",
    symptom: "exportfs warns about the duplicate and uses one of the two.",
    fix: "Put all clients in one export.",
  },
  UNEXPORTABLE_PATH: {
    severity: "error",
    title: "A path that the NFS server reads as another",
    why: "nfs-utils decodes a backslash with three octal digits twice: once in exports(5), and again in its own etab, where exportfs writes it without an escape.",
    symptom: "Another directory is exported than the one described, or none.",
    fix: "Export a directory whose path has no backslash followed by three octal digits.",
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
} as const satisfies Record<string, CatalogueEntry>;
