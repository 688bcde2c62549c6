/** `[major, minor, patch]` */
export type Release = readonly [number, number, number];

/**
 * What a system's keepalived can do, by the tags of github.com/acassen/keepalived in whose parser a word is first. Of several
 * releases that a system has had, the oldest counts.
 */
export interface Keepalived {
  readonly release: Release;
  /** `keepalived -t`: whether a file is one that it would take. */
  readonly testsFiles: boolean;
  /** The word that names the process of the health checks, by which a running configuration is known; null: there is none. */
  readonly processName: "lvs_process_name" | "checker_process_name" | null;
  /** `vrrp_startup_delay` */
  readonly waitsAtStart: boolean;
  /** Whether an http check knows a range of statuses; else it compares one. */
  readonly statusRanges: boolean;
  /** Whether an http check looks for a text in the body (`regex`): Debian builds with --enable-regex, the RPMs do not. */
  readonly bodies: boolean;
  /** Whether https names the host that it asks (`enable_sni`), and `virtualhost` stands with the url. */
  readonly namesInTls: boolean;
  /** UDP_CHECK */
  readonly udpChecks: boolean;
  /** Whether a real server, or a sorry server, has a forwarding method of its own. */
  readonly methodsOfServers: boolean;
  /** Whether a client mask of IPv4 is taken: 1.3.5 refuses the ones that are right (`pgr_handler` in check_parser.c). */
  readonly clientMasks: boolean;
  /**
   * Whether the sync of connections can be told by IPv6: the kernel can from 4.3 on, and keepalived where it was built by the headers of such
   * a one (`_HAVE_IPVS_SYNCD_ATTRIBUTES_`).
   */
  readonly syncByIpv6: boolean;
  /** Whether `weight 0` stays 0: up to 2.1.5 it becomes 1 (github.com/acassen/keepalived/issues/1757). */
  readonly zeroWeights: boolean;
  /** Whether `twos` is one of its schedulers. */
  readonly twos: boolean;
  /** Whether a reload takes longer by the square of the number of real servers (github.com/acassen/keepalived/issues/2318). */
  readonly squareReloads: boolean;
}

/** EL7: 1.3.5-6.el7 and what its updates made of it. */
export const keepalived135: Keepalived = {
  release: [1, 3, 5],
  testsFiles: false,
  processName: null,
  waitsAtStart: false,
  statusRanges: false,
  bodies: false,
  namesInTls: false,
  udpChecks: false,
  methodsOfServers: false,
  clientMasks: false,
  syncByIpv6: false,
  zeroWeights: true,
  twos: false,
  squareReloads: true,
};

/** openEuler 20.03 and what descends from it. That weight 0 becomes 1 there too was not tried: it is taken for so, which does no harm. */
export const keepalived2020: Keepalived = {
  ...keepalived135,
  release: [2, 0, 20],
  testsFiles: true,
  processName: "lvs_process_name",
  waitsAtStart: true,
  statusRanges: true,
  namesInTls: true,
  methodsOfServers: true,
  clientMasks: true,
  syncByIpv6: true,
  zeroWeights: false,
};

/** EL8: 2.1.5-9.el8 and later; Debian 11. keepalived.spec of both EL and openEuler has no --enable-regex. */
export const keepalived215: Keepalived = { ...keepalived2020, release: [2, 1, 5], udpChecks: true };

/** EL9 up to 9.2, openEuler 22.03, Ubuntu 22.04. */
export const keepalived224: Keepalived = {
  ...keepalived215,
  release: [2, 2, 4],
  processName: "checker_process_name",
  zeroWeights: true,
};

/** Debian 12. */
export const keepalived227: Keepalived = { ...keepalived224, release: [2, 2, 7], twos: true };

/** Ubuntu 24.04, openEuler 24.03. */
export const keepalived228: Keepalived = { ...keepalived227, release: [2, 2, 8] };

/** Debian 13. */
export const keepalived233: Keepalived = { ...keepalived228, release: [2, 3, 3], squareReloads: false };
