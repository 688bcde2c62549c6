import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/mounts.ts`. */
export const mountsCodes = {
  MOUNT_NOT_ALLOWED: {
    severity: "error",
    title: "A host may not mount this export",
    why: "None of the clients of the export is this host.",
    symptom: "mount.nfs: access denied by server while mounting.",
    fix: "Add the host or its network to the clients of the export.",
  },
  MOUNT_HIDES_MOUNT: {
    severity: "error",
    title: "A mount hides one that was mounted before",
    why: "Mounts are made in the order written; a mount over a parent directory hides what is mounted below it.",
    symptom: "The inner mount is there and cannot be seen.",
    fix: "Write the outer mount first.",
  },
  MOUNT_TARGET_TOO_LONG: {
    severity: "error",
    title: "A mount point's unit has too long a name",
    why: "systemd makes a unit of every mount in /etc/fstab and names it after the mount point: a slash becomes a dash, a letter, digit, dot or underscore stays, any other byte becomes four.",
    symptom: "The share is not mounted at boot: systemd-fstab-generator says that the name is too long.",
    fix: "Mount it on a shorter path of plain characters.",
  },
  FILE_ON_READ_ONLY_MOUNT: {
    severity: "error",
    title: "A file lies on a mount that is read-only",
    why: "The file is written through the mount, after it.",
    symptom: '"Read-only file system" at each apply.',
    fix: 'Export and mount it with "rw", or let the NFS server write the file.',
  },
} as const satisfies Record<string, CatalogueEntry>;
