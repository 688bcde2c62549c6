import type { Host, NetworkBackend } from "../model.ts";

/** Something that an apply on a host needs, or would run into: a question of `doctor.sh`. */
export type Need =
  | { readonly kind: "roles"; readonly roles: readonly string[] }
  | { readonly kind: "package"; readonly names: readonly string[] }
  | { readonly kind: "module"; readonly names: readonly string[] }
  /** What makes addresses last on the host. */
  | { readonly kind: "network"; readonly name: NetworkBackend }
  /** What a script asks about it before anything changes: `want backend` of the runtime. */
  | { readonly kind: "backend"; readonly words: readonly string[] }
  | { readonly kind: "sysctl"; readonly key: string; readonly value: string }
  /** Units that are to be enabled or started. */
  | { readonly kind: "unit"; readonly names: readonly string[] }
  | { readonly kind: "firewall"; readonly policy: Host["firewall"]; readonly openings: readonly string[] }
  | { readonly kind: "selinux"; readonly policy: Host["selinux"]; readonly booleans: readonly string[] }
  /** A VIP, and the NIC on whose segment nobody but a director may answer for it. */
  | { readonly kind: "vip"; readonly address: string; readonly device: string }
  /** NICs whose received packets are forwarded as they are. */
  | { readonly kind: "offload"; readonly names: readonly string[] }
  /** keepalived runs here, by a file of lvsgen's own. */
  | { readonly kind: "keepalived"; readonly path: string }
  /** Who else speaks VRRP on this interface, with which router id. */
  | {
      readonly kind: "vrrp";
      readonly device: string;
      readonly routerId: number;
      readonly peers: readonly { readonly name: string; readonly address: string }[];
    }
  /** A virtual address that something on this host is to answer at. */
  | {
      readonly kind: "answer";
      readonly protocol: "tcp" | "udp";
      readonly address: string;
      readonly port: number;
    }
  /** A machine that this host mounts shares of. */
  | { readonly kind: "nfs"; readonly server: string }
  /** A file that is written, wholly or in part. */
  | { readonly kind: "file"; readonly path: string }
  /** A program of a client's, which nothing installs. */
  | { readonly kind: "tool"; readonly names: readonly string[] };
