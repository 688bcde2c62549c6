import type { CatalogueEntry } from "../entry.ts";

/** Codes of rules about files, directories and mount points. */
export const fileCodes = {
  PATH_CONFLICT: {
    severity: "error",
    title: "A path has two owners",
    why: "Two entries for one path, or a file where another entry needs a directory, cannot both stand.",
    symptom: "Each apply changes back what the one before has done.",
    fix: "Keep one of the two.",
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
  PATH_TOO_LONG: {
    severity: "error",
    title: "A path is too long",
    why: "A name in a directory has at most 255 bytes on Linux, eight of which lvsgen needs while it replaces a file; NFS takes paths of up to 1023 bytes.",
    symptom: "The script would end at this path: File name too long.",
    fix: "Use shorter names; a letter outside ASCII has two to four bytes.",
  },
} as const satisfies Record<string, CatalogueEntry>;
