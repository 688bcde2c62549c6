import { type Address, type Placement, vipPointer } from "../model.ts";

/**
 * What a script brings about, as data: `want KIND ...` in a generated script. What each kind means is in `kinds.ts`, and
 * how the shell runtime brings it about in `templates/lib`.
 */

/** Text of a file: literal, in chunks where it is long, or made from a template by the render stage. */
export type Content =
  | { readonly text: string }
  | { readonly chunks: readonly string[] }
  | { readonly template: string; readonly view: Readonly<Record<string, unknown>> };

/** Where a resource comes from. */
export interface Origin {
  /** JSON pointer to what in the description brings it about; left out: what brings about the contribution that it is part of. */
  readonly pointer?: string;
  /** Whether the description asks for it in as many words; everything else is lvsgen's own. */
  readonly described?: true;
}

export type Resource = Origin & Kinds;

type Kinds =
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "module"; readonly name: string }
  | { readonly kind: "sysctl"; readonly key: string; readonly value: string }
  | ({ readonly kind: "directory"; readonly path: string } & Ownership)
  | ({ readonly kind: "file"; readonly path: string; readonly content: Content } & Ownership)
  /**
   * A marked block in a file of the system's. `before-exit` is before a final `exit 0`. `unless-sourced` is at the end as
   * `end` is, but only in a file that does not bring in yet what the block sources.
   */
  | {
      readonly kind: "block";
      readonly path: string;
      readonly place: "end" | "before-exit" | "unless-sourced";
      readonly content: Content;
    }
  /** One `KEY=VALUE` line of a file of the system's. */
  | { readonly kind: "setting"; readonly path: string; readonly key: string; readonly value: string }
  | { readonly kind: "mode"; readonly path: string; readonly mode: string }
  /** The network back end that has to be in charge of this host: `ifcfg`, `ifupdown` or `networkd` with interfaces, or `netplan` with type and interface. */
  | {
      readonly kind: "backend";
      readonly name: "ifcfg" | "ifupdown" | "netplan" | "networkd";
      readonly words: readonly string[];
    }
  /** A link to a drop-in, in the directory of the .network file that configures the device. */
  | { readonly kind: "networkd"; readonly device: string }
  /** `label` is the alias that ifconfig shows (`ens33:0`). */
  | { readonly kind: "address"; readonly vip: Address; readonly device: string; readonly label: string | null }
  /** `words` as ip-route(8) prints them after the destination. */
  | { readonly kind: "route"; readonly destination: string; readonly words: readonly string[] }
  | {
      readonly kind: "mount";
      readonly target: string;
      readonly type: string;
      readonly source: string;
      /** Name or address of the machine whose share it is, without brackets; null where it is the host itself. */
      readonly server: string | null;
      readonly options: readonly string[];
    }
  | { readonly kind: "export"; readonly client: string; readonly path: string; readonly options: readonly string[] }
  /** Null leaves that side of the unit alone. */
  | { readonly kind: "unit"; readonly name: string; readonly enabled: boolean | null; readonly active: boolean | null }
  /** The rules file and the live table, both `ipvsadm-save -n`. */
  | { readonly kind: "table"; readonly path: string; readonly rules: readonly string[] }
  /** Lines for `ipvsadm -R` that carry thresholds, which the rules file does not hold. */
  | { readonly kind: "thresholds"; readonly path: string; readonly lines: string }
  /** Seconds for TCP, TCP after a FIN, and UDP: `ipvsadm --set`. */
  | { readonly kind: "timeouts"; readonly seconds: readonly [number, number, number] }
  /** A UDP port that unwraps GUE (ip-fou(8)). */
  | { readonly kind: "fou"; readonly port: number }
  /** Rules of nftables or iptables: the script that loads them, and their comments. */
  | { readonly kind: "netfilter"; readonly loader: string; readonly ids: readonly string[] }
  | { readonly kind: "firewall"; readonly port: string }
  | { readonly kind: "selinux"; readonly mode: "permissive" }
  | { readonly kind: "boolean"; readonly name: string }
  /** What `verify` proves and `apply` does not bring about. */
  | { readonly kind: "gateway"; readonly address: string; readonly not: boolean }
  | { readonly kind: "listener"; readonly protocol: "tcp" | "udp"; readonly port: number };

/** Null leaves it as it is. */
export interface Ownership {
  readonly mode: string | null;
  readonly owner: string | null;
  readonly group: string | null;
}

export const rootOwned: Ownership = { mode: "0644", owner: "root", group: "root" };

/** The address of a VIP on its interface. */
export function placementResource(placement: Placement): Resource {
  const { vip, device, label } = placement;
  return { kind: "address", vip, device, label, pointer: placementPointer(placement) };
}

/** Where the VIP of a placement is written. */
export function placementPointer({ service, vip }: Placement): string {
  return vipPointer(service, vip);
}
