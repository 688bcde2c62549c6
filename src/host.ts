/** The hosts of the resolved cluster; `model.ts` says what holds of all of it. */
import type { Address, Cidr } from "./net.ts";
import type { NetworkBackend, Platform } from "./platform/platform.ts";

export type FirewallPolicy = "open" | "disable" | "keep";
export type SelinuxPolicy = "keep" | "permissive";
export type Role = "director" | "realserver" | "nfs" | "client";

/** One network interface of a host, with the addresses it has before lvsgen touches it. */
export interface Interface {
  readonly name: string;
  readonly addresses: readonly Cidr[];
}

export interface ManagedFile {
  readonly pointer: string;
  readonly path: string;
  readonly content: string;
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
  readonly gateway: Address | null;
  readonly gateway6: Address | null;
  readonly firewall: FirewallPolicy;
  readonly selinux: SelinuxPolicy;
  /** Roles in the order director, realserver, nfs, client. */
  readonly roles: readonly Role[];
  /** The host's own entries merged with `realserver` where it is one; the host's own entry for the same path wins. */
  readonly packages: readonly string[];
  readonly units: readonly Unit[];
  readonly directories: readonly Directory[];
  readonly files: readonly ManagedFile[];
  readonly mounts: readonly Mount[];
}
