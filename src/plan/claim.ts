/**
 * Something of a host that has one owner. A directory may have several, and a file in which each has a part of its own. Of
 * a part there is one state: those who want the same one do not disturb each other.
 */
export type Claim =
  | { readonly kind: "directory"; readonly name: string }
  /** The whole of a file, with no room for anyone else's part. */
  | { readonly kind: "file"; readonly name: string; readonly part: null }
  | {
      readonly kind: "file" | "address" | "route" | "sysctl" | "unit";
      readonly name: string;
      /** Such as the key of a setting, or the device of an address. */
      readonly part: string;
      readonly state: string;
    };

/** What the runtime keeps on every host beside what the scripts declare (templates/lib: journal, log, lock, packages). */
export const runtimePaths: readonly string[] = [
  "/var/lib/lvsgen",
  "/var/log/lvsgen",
  "/run/lvsgen.lock",
  "/run/lvsgen-packages",
];
