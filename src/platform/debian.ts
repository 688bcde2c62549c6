import type { Platform } from "./platform.ts";

/** What Debian and Ubuntu have in common: the packages are the same. */
export const debian = {
  packageManager: "apt",
  packages: {
    director: ["ipvsadm"],
    keepalived: ["keepalived"],
    nfsServer: ["nfs-kernel-server", "rpcbind"],
    nfsClient: ["nfs-common", "rpcbind"],
  },
  units: {
    // A SysV init script, made a unit by systemd-sysv-generator(8).
    ipvsadm: "ipvsadm.service",
    nfsServer: ["rpcbind.service", "nfs-server.service"],
    nfsClient: ["rpcbind.service"],
    // The last two are a site's own, where they are not other names of netfilter-persistent (its Alias=).
    firewalls: ["ufw.service", "nftables.service", "firewalld.service", "iptables.service", "ip6tables.service"],
    // netfilter-persistent(8): stop flushes nothing by default (FLUSH_ON_STOP).
    ruleLoaders: ["netfilter-persistent.service"],
  },
  paths: {
    ipvsRules: "/etc/ipvsadm.rules",
    rcLocal: null,
    selinuxConfig: null,
    // ARGS of /etc/default/prometheus-node-exporter begin with it.
    textfiles: "/var/lib/prometheus/node-exporter",
  },
  links: { "/var/run": "/run" },
  savesTable: false,
  verifiesSshSignatures: true,
  verifier: "openssh-client",
  // /etc/init.d/ipvsadm restores the rules only with AUTO="true".
  keepalivedOptions: { path: "/etc/default/keepalived", key: "DAEMON_ARGS" },
  ipvsSettings: [{ path: "/etc/default/ipvsadm", key: "AUTO", value: '"true"' }],
  // mountd takes any free port unless /etc/nfs.conf says otherwise: version 4 needs 2049 alone.
  nfsPorts: ["111/tcp", "111/udp"],
  nfsBooleans: [],
} as const satisfies Partial<Platform>;
