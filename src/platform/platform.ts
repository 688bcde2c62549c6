import type { Scheduler, Tunnel } from "../ipvs.ts";
import type { Keepalived } from "./keepalived.ts";

export type PlatformName =
  | "el7"
  | "el8"
  | "el9"
  | "anolis8"
  | "openeuler20"
  | "openeuler22"
  | "openeuler24"
  | "kylin10"
  | "uos20"
  | "debian11"
  | "debian12"
  | "debian13"
  | "ubuntu22"
  | "ubuntu24";

export type NetworkBackend = "ifcfg" | "networkmanager" | "ifupdown" | "netplan" | "networkd";

/** `[major, minor]` */
export type Version = readonly [number, number];

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
    /** Health checks and failover. */
    readonly keepalived: readonly string[];
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
    /** Load rules of a firewall at boot, and leave them in force when they are stopped. */
    readonly ruleLoaders: readonly string[];
  };
  readonly paths: {
    /** What the ipvsadm unit restores. */
    readonly ipvsRules: string;
    /** The file itself, not a symbolic link to it; null where the system runs none or another way is better. */
    readonly rcLocal: string | null;
    /** Null: no SELinux on this system. */
    readonly selinuxConfig: string | null;
    /** Where node_exporter of the system's package, or of EPEL, reads files of metrics. */
    readonly textfiles: string;
  };
  /** Symbolic links that the system ships, by what they lead to: a file has one owner, whichever name it is described by. */
  readonly links: Readonly<Record<string, string>>;
  /** Whether the ipvsadm unit, left alone, saves the live table over the rules file when it is stopped. */
  readonly savesTable: boolean;
  /** Whether every release of it has OpenSSH 8.1, whose `ssh-keygen -Y` verifies signatures of files. */
  readonly verifiesSshSignatures: boolean;
  /** The package of the program that verifies signatures there: `ssh-keygen`, or `openssl`. */
  readonly verifier: string;
  /** The line of the file that keepalived's unit reads its options from. */
  readonly keepalivedOptions: { readonly path: string; readonly key: string };
  /** Settings without which the system does not load the rules at boot, as file, key and value. */
  readonly ipvsSettings: readonly { readonly path: string; readonly key: string; readonly value: string }[];
  /** Ports that an NFS server answers on beside 2049/tcp, for versions below 4. */
  readonly nfsPorts: readonly string[];
  /** SELinux booleans without which a web server may not read an NFS mount. */
  readonly nfsBooleans: readonly string[];
  readonly network: {
    readonly default: NetworkBackend;
    /** Every back end that can be had there, the default among them. */
    readonly possible: readonly NetworkBackend[];
  };
  readonly limits: Limits;
  readonly keepalived: Keepalived;
}

/** What is known not to work on a system. */
export interface Limits {
  /** Version of the kernel that the system was released with. */
  readonly kernel: Version;
  readonly ipvsadm: Version;
  /** Schedulers that the system's own kernel has no module of; one that is not known for certain is not listed: the script asks the kernel. */
  readonly missingSchedulers: readonly Scheduler[];
  /** Whether ipvsadm knows services by SCTP port. A firewall mark needs nothing of ipvsadm. */
  readonly sctpServices: boolean;
  /** How a director wraps packets in TUN. An older kernel takes the others for IPIP without a word. */
  readonly tunnelTypes: readonly Tunnel["type"][];
  /** Whether a director forwards to real servers of the other family, by tunnel. */
  readonly mixedFamilies: boolean;
  /** Whether ipvsadm prints `--tun-type ipip` behind a real server in TUN, and takes it. */
  readonly printsTunnelType: boolean;
}
