/** The hosts of the resolved cluster; `model.ts` says what holds of all of it. */
import type { Address, Cidr } from "./net.ts";
import type { NetworkBackend, Platform } from "./platform/platform.ts";
import type { AllowedSigner, SignerProblem } from "./sign/signer.ts";

export type FirewallPolicy = "open" | "disable" | "keep";
export type SelinuxPolicy = "keep" | "permissive";
export type Forwarding = "keep" | "off" | "on";
export type Role = "director" | "realserver" | "nfs" | "client";

/** One network interface of a host, with the addresses it has before lvsgen touches it. */
export interface Interface {
  readonly name: string;
  readonly addresses: readonly OwnAddress[];
}

/** An address of a host, and where it is written. */
export interface OwnAddress extends Cidr {
  readonly pointer: string;
}

export interface ManagedFile {
  readonly pointer: string;
  readonly path: string;
  /** Of a secret: empty, but for who asks for secrets. */
  readonly content: string;
  /** Whether its text is in no script and no artifact. */
  readonly secret: boolean;
  /** Octal text such as `0644`, or null where the description does not say. */
  readonly mode: string | null;
  readonly owner: string | null;
  readonly group: string | null;
}

export interface Directory {
  readonly pointer: string;
  readonly path: string;
  readonly mode: string | null;
  readonly owner: string | null;
  readonly group: string | null;
}

/** A systemd unit that a host enables and starts; `.service` may be left out of the name. */
export interface Unit {
  readonly pointer: string;
  readonly name: string;
}

/** A kernel setting of the description; its name has dots, or slashes where a word has a dot in it. */
export interface Sysctl {
  readonly pointer: string;
  readonly key: string;
  readonly value: string;
}

/** A mount of a host; `source` is complete (`192.168.80.13:/opt/kgc`). */
export interface Mount {
  readonly pointer: string;
  readonly source: string;
  /** Name or address of the machine whose share it is, without brackets; null where it is the host itself. */
  readonly server: string | null;
  readonly target: string;
  readonly options: readonly string[];
  /** The path in `nfs.exports`, or null where the description gave a `source` of its own. */
  readonly export: string | null;
  /** True when the host mounts an export that it serves itself (pitfall 28). */
  readonly own: boolean;
}

/** A way out for the replies from some VIPs of a real server. */
export interface Uplink {
  readonly pointer: string;
  readonly gateway: Address;
  readonly interface: string;
  readonly vips: readonly OwnVip[];
}

/** A VIP as an uplink names it. */
export interface OwnVip {
  readonly pointer: string;
  readonly address: Address;
}

export interface Host {
  readonly pointer: string;
  readonly name: string;
  readonly platform: Platform;
  /** What makes addresses last on the host. */
  readonly network: NetworkBackend;
  /** The default interface: the one that carries `address` and `address6`. */
  readonly interface: string;
  readonly address: Cidr | null;
  readonly address6: Cidr | null;
  /** Every NIC, the default interface first, then `interfaces` in the order written. */
  readonly interfaces: readonly Interface[];
  /** The address that directors forward to in its family, as written; null: the one that is nearest to them. */
  readonly rip: Address | null;
  readonly gateway: Address | null;
  readonly gateway6: Address | null;
  readonly uplinks: readonly Uplink[];
  readonly firewall: FirewallPolicy;
  readonly selinux: SelinuxPolicy;
  /** Number from which its aliases are counted; null: they are named after the cluster. */
  readonly alias: number | null;
  /** Whether it forwards packets, as a director. */
  readonly forwarding: Forwarding;
  /** Roles in the order director, realserver, nfs, client. */
  readonly roles: readonly Role[];
  /** The host's own entries merged with `realserver` where it is one; the host's own entry for the same path wins. */
  readonly sysctls: readonly Sysctl[];
  readonly packages: readonly string[];
  readonly units: readonly Unit[];
  readonly directories: readonly Directory[];
  readonly files: readonly ManagedFile[];
  readonly mounts: readonly Mount[];
}

/** Whose signature a bundle needs before a host runs anything of it. */
export interface Trust {
  readonly signers: readonly { readonly pointer: string; readonly signer: AllowedSigner | SignerProblem }[];
}

/** What a timer on each host asks its script for, and where the answers go. */
export interface Monitoring {
  /** Seconds from the end of one run to the next. */
  readonly interval: number;
  /** Reports of each command that are kept. */
  readonly keep: number;
  /** Where node_exporter reads files of metrics; null: where that of the platform does. */
  readonly textfile: string | null;
}
