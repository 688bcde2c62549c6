import type { ScriptRole } from "../change.ts";

export const roles: readonly ScriptRole[] = ["director", "realserver", "nfs"];

/** What of a bundle is read: nothing else of a folder is looked at, but for `SHA256SUMS`, by whose sum people know it. */
export const comparedFiles: readonly string[] = [
  "manifest.json",
  ...roles.map((role) => `${role}.sh`),
  "client-test.sh",
  "doctor.sh",
  "fetch-packages.sh",
];
