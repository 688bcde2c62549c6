/** The words of IPVS, as ipvsadm(8) and the kernel have them. */

export type Mode = "dr" | "tun" | "nat";
export type Protocol = "tcp" | "udp" | "sctp";
export type Scheduler =
  | "rr"
  | "wrr"
  | "lc"
  | "wlc"
  | "lblc"
  | "lblcr"
  | "dh"
  | "sh"
  | "sed"
  | "nq"
  | "fo"
  | "ovf"
  | "mh"
  | "twos";
export type SchedulerFlag = "sh-fallback" | "sh-port" | "mh-fallback" | "mh-port";

/** How the director wraps packets in TUN (ipvsadm(8), `--tun-type`). */
export interface Tunnel {
  readonly type: "ipip" | "gre" | "gue";
  /** UDP port of GUE; null for the others. */
  readonly port: number | null;
  /** Of GUE alone; `remote` is remote checksum offload. */
  readonly checksum: "none" | "full" | "remote";
}
