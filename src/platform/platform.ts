import type { NetworkBackend, PlatformName } from "../model.ts";

/**
 * What differs from one system to the next, as data: no stage branches on a platform's name. A fact that
 * is not obvious carries its source in the platform's own file.
 */
export interface Platform {
  readonly name: PlatformName;
  /** As a person calls it. */
  readonly title: string;
  /** `ID:VERSION_ID` of os-release(5), as bash patterns; the first match decides. */
  readonly releases: readonly string[];
  readonly packageManager: "yum" | "dnf" | "apt";
  readonly packages: {
    readonly director: readonly string[];
    readonly nfsServer: readonly string[];
    readonly nfsClient: readonly string[];
  };
  readonly units: {
    /** Loads the rules file at boot. */
    readonly ipvsadm: string;
    readonly nfsServer: readonly string[];
    /** What NFS clients of version 3 need besides; empty where the mount helper starts it by itself. */
    readonly nfsClient: readonly string[];
    /** Every firewall that the system may run. */
    readonly firewalls: readonly string[];
  };
  readonly paths: {
    /** What the ipvsadm unit restores. */
    readonly ipvsRules: string;
    /** The file itself, not a symbolic link to it; null where the system has none. */
    readonly rcLocal: string | null;
    /** Null: no SELinux on this system. */
    readonly selinuxConfig: string | null;
  };
  /** Settings without which the system does not load the rules at boot, as file, key and value. */
  readonly ipvsSettings: readonly { readonly path: string; readonly key: string; readonly value: string }[];
  /** Ports that an NFS server answers on beside 2049/tcp, for versions below 4. */
  readonly nfsPorts: readonly string[];
  /** SELinux booleans without which a web server may not read an NFS mount. */
  readonly nfsBooleans: readonly string[];
  readonly network: {
    readonly default: NetworkBackend;
    readonly possible: readonly NetworkBackend[];
  };
  /** What is known not to work here. */
  readonly limits: {
    /** Version of the kernel that the system was released with, `[major, minor]`. */
    readonly kernel: readonly [number, number];
    /** Version of ipvsadm, `[major, minor]`. */
    readonly ipvsadm: readonly [number, number];
  };
}
