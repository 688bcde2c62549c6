/**
 * What a script brings about, as data. One word of `kind` is one kind of the shell runtime
 * (`templates/lib`): `want KIND ...` in a generated script.
 */

/** Text of a file: literal, or made from a template by the render stage. */
export type Content =
  | { readonly text: string }
  | { readonly template: string; readonly view: Readonly<Record<string, unknown>> };

export type Resource =
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "module"; readonly name: string }
  | { readonly kind: "sysctl"; readonly key: string; readonly value: string }
  | ({ readonly kind: "directory"; readonly path: string } & Ownership)
  | ({ readonly kind: "file"; readonly path: string; readonly content: Content } & Ownership)
  /**
   * A marked block in a file of the system's; `place` is before a final `exit 0`, or at the end: there as well, but only
   * where the file does not bring in yet what the block sources, for `unless-sourced`.
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
  | { readonly kind: "address"; readonly cidr: string; readonly device: string; readonly label: string | null }
  /** `words` as ip-route(8) prints them after the destination. */
  | { readonly kind: "route"; readonly destination: string; readonly words: readonly string[] }
  | {
      readonly kind: "mount";
      readonly target: string;
      readonly type: string;
      readonly source: string;
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

/** Resources that belong together, under a heading that a reviewer reads. */
export interface Section {
  readonly title: string;
  readonly resources: readonly Resource[];
}

export const rootOwned: Ownership = { mode: "0644", owner: "root", group: "root" };
