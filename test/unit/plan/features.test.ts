/** Each feature as a table: a host in, what the feature gives it out. */
import { describe, expect, test } from "vitest";
import type { Match } from "../../../src/generated/config.ts";
import type { Feature } from "../../../src/plan/contribution.ts";
import { addresses } from "../../../src/plan/features/addresses.ts";
import { answers } from "../../../src/plan/features/answers.ts";
import { content, ownPackages, ownPackagesLast } from "../../../src/plan/features/content.ts";
import { failover } from "../../../src/plan/features/failover.ts";
import { forwarding } from "../../../src/plan/features/forwarding.ts";
import { ftp } from "../../../src/plan/features/ftp.ts";
import { gue } from "../../../src/plan/features/gue.ts";
import { healthChecks } from "../../../src/plan/features/health-checks.ts";
import { ipvs } from "../../../src/plan/features/ipvs.ts";
import { log } from "../../../src/plan/features/log.ts";
import { marks } from "../../../src/plan/features/marks.ts";
import { monitoring } from "../../../src/plan/features/monitoring.ts";
import { natReplies } from "../../../src/plan/features/nat-replies.ts";
import { nfsClient } from "../../../src/plan/features/nfs-client.ts";
import { nfsServer } from "../../../src/plan/features/nfs-server.ts";
import { ownSettings } from "../../../src/plan/features/own-settings.ts";
import { quietAddresses } from "../../../src/plan/features/quiet-addresses.ts";
import { replies } from "../../../src/plan/features/replies.ts";
import { segments } from "../../../src/plan/features/segments.ts";
import { servedPorts } from "../../../src/plan/features/served-ports.ts";
import { servicePorts } from "../../../src/plan/features/service-ports.ts";
import { sourceNat } from "../../../src/plan/features/source-nat.ts";
import { table } from "../../../src/plan/features/table.ts";
import { trust } from "../../../src/plan/features/trust.ts";
import { tunnelPackets } from "../../../src/plan/features/tunnel-packets.ts";
import { tunnels } from "../../../src/plan/features/tunnels.ts";
import { untracked } from "../../../src/plan/features/untracked.ts";
import { uplinks } from "../../../src/plan/features/uplinks.ts";
import { roles } from "../../../src/plan/roles.ts";
import type { Site } from "../../../src/plan/site.ts";
import { contributed, hosts, service, site } from "./site.ts";

interface Row {
  readonly name: string;
  readonly at: Site;
  readonly gives: Record<string, unknown>;
}

const { vip: _vip, port: _port, ...plain } = service();
const marked = {
  ...plain,
  fwmark: 7,
  match: [
    { vip: "192.168.80.188", port: 80 },
    { vip: "192.168.80.188", port: "8000-8099" },
  ],
};
/** A service whose mark this traffic gets. */
function markedBy(...match: Match[]) {
  return { ...plain, fwmark: 7, match };
}
/** A second director that takes over. */
const pair = {
  ...hosts("lb2", { address: "192.168.80.11/24", address6: "2001:db8::11/64" }),
  directors: ["lb", "lb2"],
  ha: { routerId: 80 },
};
const twoNics = hosts("lb", { interfaces: { ens34: { address: "10.0.0.10/24" } } });
const gueTunnel = { mode: "tun", tunnel: { type: "gue", port: 6080 } } as const;
const nfs = {
  server: "nas",
  exports: [{ path: "/srv", mode: "0755", clients: { "192.168.80.0/24": ["ro", "sync"] } }],
};
/** What may take rules of others away, on Debian. */
const firewallUnits = [
  ...["ufw.service", "nftables.service", "firewalld.service", "iptables.service", "ip6tables.service"],
  "netfilter-persistent.service",
];
/** Public keys of those who may sign; the second is one of RSA. */
const signers = [
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAjWlpUvCZCvEqzv0DqB2DynSMSzs7vA9Vk17KnN6PKJ release@example.org",
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC54fPKYZNuvmVlOaanKe2Jwj3WjZTy0VnhqwTSbu6OpvNcaYiiwTA6iM0gssTiPSxAvbeSHHpVvLRNSBAk55/lvGEiUl5fNs5bbk6F4sVl1TeY+pDtRrrkPc/esCaXbKc9yHzg8MmJ+2Wz4ddgU1yUdunpB45Wz+LLIpLHNwkTvFBcFErW8cQmjLzXhIzmDXXzzEUB0T+KNywJHQ6ldtvVdNSnFrfw/OuIsm3kqMzF16Nv0+ffuVUE551XB/Bnbw9lurPto1nGMI5nFWrElcLafLzsFu1KzcN/iyYwRS/Z9lzd1VurLziDh4VNkbqRkjwIiAzJPPcijKOggHK0O8aTjY8jsB9l/dIi00NfglqiGUoQ0wiRZ662b9PLLnhdM9tNL3/wG+rlRa0+GEL01ZomyTxNbx2vViegjPkKEtqd0l6eHNd5E4V495f1B82Ql8lXrV1EhaNZnsq/Xw6hN8yMCv/T6+WcmacOO6hyPucdGHtQOb6/kleMIdfVBIth2RE= release@example.org",
];
const mounting = { mounts: [{ export: "/srv", target: "/mnt" }] };

const tables: Readonly<Record<string, readonly [Feature, readonly Row[]]>> = {
  ipvs: [
    ipvs,
    [
      {
        name: "the tool, IPVS, and the module of each scheduler",
        at: site("lb", "director", {
          services: [service(), service({ name: "b", vip: "192.168.80.189", scheduler: "rr" })],
        }),
        gives: { packages: ["ipvsadm"], modules: ["ip_vs", "ip_vs_wlc", "ip_vs_rr"] },
      },
      {
        name: "a persistence engine is a module too",
        at: site("lb", "director", {
          services: [service({ protocol: "udp", persistence: {}, persistenceEngine: "sip" })],
        }),
        gives: { packages: ["ipvsadm"], modules: ["ip_vs", "ip_vs_wlc", "ip_vs_pe_sip"] },
      },
    ],
  ],
  ftp: [
    ftp,
    [
      {
        name: "nothing where nobody speaks FTP",
        at: site("lb", "director", { services: [service({ mode: "nat" })] }),
        gives: {},
      },
      {
        name: "nothing in DR, where no packet is changed",
        at: site("lb", "director", { services: [service({ port: 21 })] }),
        gives: {},
      },
      {
        name: "in NAT the module that mends what is said of data connections, with its port",
        at: site("lb", "director", { services: [service({ port: 21, mode: "nat" })] }),
        gives: { modules: ["file /etc/modprobe.d/lvsgen-kgc-director.conf 0644 root root"] },
      },
    ],
  ],
  natReplies: [
    natReplies,
    [
      { name: "nothing in DR", at: site("lb", "director"), gives: {} },
      {
        name: "answers of the real servers' networks, each once, known by the tracking of IPVS",
        at: site("lb", "director", {
          services: [service({ mode: "nat" }), service({ name: "b", vip: "2001:db8::188", mode: "nat" })],
        }),
        gives: {
          settings: ["net.ipv4.vs.conntrack=1"],
          openings: ["answers from 192.168.80.0/24", "answers from 2001:db8::/64"],
        },
      },
      {
        name: "with source NAT all that its network sends",
        at: site("lb", "director", { services: [service({ mode: "nat" })], sourceNat: ["192.168.80.0/24"] }),
        gives: { settings: ["net.ipv4.vs.conntrack=1"], openings: ["forwarding from 192.168.80.0/24"] },
      },
      {
        name: "a real server behind a router stands for itself; a firewall that is kept is not lvsgen's to count on",
        at: site("lb", "director", {
          ...hosts("lb", { firewall: "keep" }),
          services: [service({ mode: "nat", realservers: [{ address: "10.9.8.7" }] })],
        }),
        gives: { openings: ["answers from 10.9.8.7/32"] },
      },
    ],
  ],
  untracked: [
    untracked,
    [
      {
        name: "in NAT all is tracked",
        at: site("lb", "director", { services: [service({ mode: "nat" })] }),
        gives: {},
      },
      {
        name: "where the firewall is kept, so is its tracking",
        at: site("lb", "director", hosts("lb", { firewall: "keep" })),
        gives: {},
      },
      {
        name: "nothing of a service on every port",
        at: site("lb", "director", { services: [service({ port: 0, persistence: {} })] }),
        gives: {},
      },
      {
        name: "nothing of a match of every port",
        at: site("lb", "director", { services: [markedBy({ vip: "192.168.80.188", protocol: "tcp" })] }),
        gives: {},
      },
      {
        name: "nothing of a port that a service in NAT has too, from other clients or among every port",
        at: site("lb", "director", {
          services: [
            service(),
            markedBy({ vip: "192.168.80.189", port: 80 }, { vip: "192.168.80.190", port: 80 }),
            {
              ...markedBy({ vip: "192.168.80.188", port: 80, source: "10.0.0.0/8" }, { vip: "192.168.80.189" }),
              ...{ name: "nat", fwmark: 8, mode: "nat" },
            },
          ],
        }),
        gives: {
          openings: ["untracked 192.168.80.190 80/tcp on ens33"],
          untracked: [
            "file /etc/lvsgen/kgc/untracked.nft 0644 root root",
            "file /etc/lvsgen/kgc/untracked.iptables 0644 root root",
            "file /etc/lvsgen/kgc/load-untracked 0755 root root",
            "netfilter /etc/lvsgen/kgc/load-untracked untracked 192.168.80.190 80/tcp",
          ],
          boot: ["/etc/lvsgen/kgc/load-untracked"],
          flushedBy: firewallUnits,
        },
      },
      {
        name: "in DR what clients send is not tracked, and let through so",
        at: site("lb", "director", { services: [service(), marked] }),
        gives: {
          openings: [
            "untracked 192.168.80.188 80/tcp on ens33",
            "untracked 192.168.80.188 80/tcp on ens33",
            "untracked 192.168.80.188 8000-8099/tcp on ens33",
          ],
          untracked: [
            "file /etc/lvsgen/kgc/untracked.nft 0644 root root",
            "file /etc/lvsgen/kgc/untracked.iptables 0644 root root",
            "file /etc/lvsgen/kgc/load-untracked 0755 root root",
            "netfilter /etc/lvsgen/kgc/load-untracked untracked 192.168.80.188 80/tcp untracked 192.168.80.188 8000-8099/tcp",
          ],
          boot: ["/etc/lvsgen/kgc/load-untracked"],
          flushedBy: firewallUnits,
        },
      },
    ],
  ],
  tunnelPackets: [
    tunnelPackets,
    [
      { name: "nothing in DR", at: site("web", "realserver"), gives: {} },
      {
        name: "IPIP and 6in4 by number, from the director's addresses of the outer family",
        at: site("web", "realserver", {
          services: [service({ mode: "tun" }), service({ name: "six", vip: "2001:db8::188", mode: "tun" })],
        }),
        gives: { openings: ["protocol 4 from 192.168.80.10 on ens33", "protocol 41 from 2001:db8::10 on ens33"] },
      },
      {
        name: "GRE by number; GUE has a port",
        at: site("web", "realserver", {
          services: [
            service({ mode: "tun", tunnel: { type: "gre" } }),
            service({ ...gueTunnel, name: "b", vip: "192.168.80.189" }),
          ],
        }),
        gives: { openings: ["protocol 47 from 192.168.80.10 on ens33"] },
      },
    ],
  ],
  forwarding: [
    forwarding,
    [
      {
        name: "in DR it leaves forwarding alone",
        at: site("lb", "director"),
        gives: {
          settings: [
            "net.ipv4.conf.all.send_redirects=0",
            "net.ipv4.conf.default.send_redirects=0",
            "net.ipv4.conf.ens33.send_redirects=0",
          ],
        },
      },
      {
        name: "or turns it off where that is described, in the families that it has",
        at: site("lb", "director", hosts("lb", { forwarding: "off" })),
        gives: {
          settings: [
            "net.ipv4.ip_forward=0",
            "net.ipv6.conf.all.forwarding=0",
            "net.ipv4.conf.all.send_redirects=0",
            "net.ipv4.conf.default.send_redirects=0",
            "net.ipv4.conf.ens33.send_redirects=0",
          ],
        },
      },
      {
        name: "off, with IPv6 alone",
        at: site("lb", "director", {
          ...hosts("lb", { address: undefined, forwarding: "off" }),
          services: [service({ vip: "2001:db8::188" })],
        }),
        gives: {
          settings: [
            "net.ipv6.conf.all.forwarding=0",
            "net.ipv4.conf.all.send_redirects=0",
            "net.ipv4.conf.default.send_redirects=0",
            "net.ipv4.conf.ens33.send_redirects=0",
          ],
        },
      },
      {
        name: "or on",
        at: site("lb", "director", hosts("lb", { address6: undefined, forwarding: "on" })),
        gives: {
          settings: [
            "net.ipv4.ip_forward=1",
            "net.ipv4.conf.all.send_redirects=0",
            "net.ipv4.conf.default.send_redirects=0",
            "net.ipv4.conf.ens33.send_redirects=0",
          ],
        },
      },
      {
        name: "in NAT it forwards, per family; a NIC with a dot has slashes in its key",
        at: site("lb", "director", {
          ...hosts("lb", { interface: "eth0.5" }),
          services: [service({ mode: "nat" }), service({ name: "six", vip: "2001:db8::188", mode: "nat" })],
        }),
        gives: {
          advertised: ["advertised eth0.5 /etc/sysctl.d/99-zz-lvsgen-kgc-director-eth0.5.conf"],
          settings: [
            "net.ipv4.ip_forward=1",
            "net.ipv6.conf.all.forwarding=1",
            "net.ipv4.conf.all.send_redirects=0",
            "net.ipv4.conf.default.send_redirects=0",
            "net/ipv4/conf/eth0.5/send_redirects=0",
          ],
        },
      },
    ],
  ],
  addresses: [
    addresses,
    [
      { name: "nothing where they move: keepalived has them", at: site("lb", "director", pair), gives: {} },
      {
        name: "on the NIC whose network holds the VIP, with its label, by the back end of the host",
        at: site("lb", "director"),
        gives: {
          requirements: ["backend ifupdown ens33"],
          boot: ["/etc/lvsgen/kgc/announce"],
          addresses: [
            "file /etc/lvsgen/kgc/announce 0755 root root",
            "address 192.168.80.188/32 ens33 ens33:kgc",
            "file /etc/network/interfaces.d/lvsgen-kgc-director 0644 root root",
            "block /etc/network/interfaces unless-sourced",
            "file /etc/systemd/system/networking.service.d/lvsgen-kgc-director.conf 0644 root root",
          ],
        },
      },
      {
        name: "NetworkManager has no file for it: the boot unit brings it up",
        at: site("lb", "director", hosts("lb", { network: "networkmanager" })),
        gives: {
          addresses: ["file /etc/lvsgen/kgc/announce 0755 root root", "address 192.168.80.188/32 ens33 ens33:kgc"],
          boot: ["/sbin/ip -4 address replace 192.168.80.188/32 dev ens33 label ens33:kgc", "/etc/lvsgen/kgc/announce"],
        },
      },
      {
        name: "none where the VIP is the director's own address",
        at: site("lb", "director", { services: [service({ vip: "192.168.80.10", mode: "nat" })] }),
        gives: {},
      },
    ],
  ],
  quietAddresses: [
    quietAddresses,
    [
      {
        name: "a director that is a real server too carries them silently while another is the master",
        at: site("lb", "realserver", {
          ...pair,
          services: [service({ realservers: [{ host: "lb" }, { host: "lb2" }] })],
        }),
        gives: {
          quietAddresses: [
            "address 192.168.80.188/32 lo lo:kgc",
            "route 192.168.80.188/32 dev lo scope link",
            "file /etc/network/interfaces.d/lvsgen-kgc-realserver 0644 root root",
            "block /etc/network/interfaces unless-sourced",
            "file /etc/systemd/system/networking.service.d/lvsgen-kgc-realserver.conf 0644 root root",
          ],
          requirements: ["backend ifupdown"],
          settings: [
            "net.ipv4.conf.all.arp_ignore=1",
            "net.ipv4.conf.lo.arp_ignore=1",
            "net.ipv4.conf.all.arp_announce=2",
            "net.ipv4.conf.lo.arp_announce=2",
            "net.ipv4.conf.ens33.rp_filter=2",
          ],
        },
      },
      {
        name: "in DR on lo, silent before it is there, with the route of the procedure",
        at: site("web", "realserver", hosts("web", { network: "networkmanager" })),
        gives: {
          settings: [
            "net.ipv4.conf.all.arp_ignore=1",
            "net.ipv4.conf.lo.arp_ignore=1",
            "net.ipv4.conf.all.arp_announce=2",
            "net.ipv4.conf.lo.arp_announce=2",
            "net.ipv4.conf.ens33.rp_filter=2",
          ],
          quietAddresses: ["address 192.168.80.188/32 lo lo:kgc", "route 192.168.80.188/32 dev lo scope link"],
          boot: [
            "/sbin/ip -4 address replace 192.168.80.188/32 dev lo label lo:kgc scope host",
            "/sbin/ip -4 route replace 192.168.80.188/32 dev lo scope link",
          ],
        },
      },
      {
        name: "in NAT it carries nothing",
        at: site("web", "realserver", { services: [service({ mode: "nat" })] }),
        gives: {},
      },
      {
        name: "IPv6 has no ARP to keep silent",
        at: site("web", "realserver", {
          ...hosts("web", { network: "networkmanager" }),
          services: [service({ vip: "2001:db8::188" })],
        }),
        gives: {
          quietAddresses: ["address 2001:db8::188/128 lo"],
          boot: ["/sbin/ip -6 address replace 2001:db8::188/128 dev lo nodad preferred_lft 0"],
        },
      },
    ],
  ],
  tunnels: [
    tunnels,
    [
      { name: "nothing in DR", at: site("web", "realserver"), gives: {} },
      {
        name: "the module and, at boot, address and device",
        at: site("web", "realserver", { services: [service({ mode: "tun" })] }),
        gives: {
          modules: ["ipip"],
          boot: ["/sbin/ip address replace 192.168.80.188/32 dev tunl0", "/sbin/ip link set dev tunl0 up"],
        },
      },
    ],
  ],
  gue: [
    gue,
    [
      {
        name: "nothing without GUE",
        at: site("web", "realserver", { services: [service({ mode: "tun" })] }),
        gives: {},
      },
      {
        name: "one port of two services is one",
        at: site("web", "realserver", {
          services: [service(gueTunnel), service({ ...gueTunnel, name: "b", vip: "192.168.80.189" })],
        }),
        gives: {
          modules: ["ipip", "ipip", "fou"],
          openings: ["6080/udp on ens33", "6080/udp on ens33"],
          gue: ["fou 6080 gue"],
          boot: ["/sbin/ip fou add port 6080 gue"],
        },
      },
    ],
  ],
  marks: [
    marks,
    [
      { name: "nothing without a mark", at: site("lb", "director"), gives: {} },
      {
        name: "rules for nftables and iptables, loaded now and at boot",
        at: site("lb", "director", { services: [marked] }),
        gives: {
          pointer: "/services/0/fwmark",
          marks: [
            "file /etc/lvsgen/kgc/marks.nft 0644 root root",
            "file /etc/lvsgen/kgc/marks.iptables 0644 root root",
            "file /etc/lvsgen/kgc/load-marks 0755 root root",
            "netfilter /etc/lvsgen/kgc/load-marks 7 tcp 192.168.80.188 80 7 tcp 192.168.80.188 8000-8099",
          ],
          boot: ["/etc/lvsgen/kgc/load-marks"],
          flushedBy: firewallUnits,
        },
      },
    ],
  ],
  sourceNat: [
    sourceNat,
    [
      {
        name: "a rule set a family",
        at: site("lb", "director", { sourceNat: ["10.0.0.0/24", "2001:db8:1::/64"] }),
        gives: {
          pointer: "/sourceNat",
          sourceNat: [
            "file /etc/lvsgen/kgc/source-nat.nft 0644 root root",
            "file /etc/lvsgen/kgc/source-nat.iptables 0644 root root",
            "file /etc/lvsgen/kgc/load-source-nat 0755 root root",
            "netfilter /etc/lvsgen/kgc/load-source-nat source-nat 10.0.0.0/24",
            "file /etc/lvsgen/kgc/source-nat6.nft 0644 root root",
            "file /etc/lvsgen/kgc/source-nat6.ip6tables 0644 root root",
            "file /etc/lvsgen/kgc/load-source-nat6 0755 root root",
            "netfilter /etc/lvsgen/kgc/load-source-nat6 source-nat 2001:db8:1::/64",
          ],
          boot: ["/etc/lvsgen/kgc/load-source-nat", "/etc/lvsgen/kgc/load-source-nat6"],
          flushedBy: firewallUnits,
        },
      },
    ],
  ],
  table: [
    table,
    [
      {
        name: "the rules, their unit, and that unit's own settings",
        at: site("lb", "director", hosts("lb", { platform: "el9" })),
        gives: {
          settings: ["net.ipv4.vs.expire_nodest_conn=1"],
          table: [
            "file /etc/lvsgen/kgc/services 0644 root root",
            "file /etc/lvsgen/kgc/keep-services 0755 root root",
            "file /etc/systemd/system/ipvsadm.service.d/lvsgen-kgc-director.conf 0644 root root",
            "table /etc/sysconfig/ipvsadm",
            "unit ipvsadm.service enabled -",
          ],
          after: ["ipvsadm.service"],
        },
      },
      {
        name: "thresholds and timeouts, which the rules file does not hold, at boot as well",
        at: site("lb", "director", {
          ...hosts("lb", { platform: "el9" }),
          services: [service({ realservers: [{ host: "web", upperThreshold: 9, lowerThreshold: 3 }] })],
          timeouts: { tcp: 900 },
        }),
        gives: {
          settings: ["net.ipv4.vs.expire_nodest_conn=1"],
          table: [
            "file /etc/lvsgen/kgc/services 0644 root root",
            "file /etc/lvsgen/kgc/keep-services 0755 root root",
            "file /etc/systemd/system/ipvsadm.service.d/lvsgen-kgc-director.conf 0644 root root",
            "thresholds /etc/lvsgen/kgc/thresholds.rules",
            "table /etc/sysconfig/ipvsadm",
            "timeouts ipvs 900 0 0",
            "unit ipvsadm.service enabled -",
          ],
          after: ["ipvsadm.service"],
          boot: ['/bin/sh -c "exec /sbin/ipvsadm -R </etc/lvsgen/kgc/thresholds.rules"', "/sbin/ipvsadm --set 900 0 0"],
        },
      },
      {
        name: "with health checks nobody but keepalived's own start loads it",
        at: site("lb", "director", {
          services: [service({ realservers: [{ host: "web", upperThreshold: 9, lowerThreshold: 3 }] })],
          timeouts: { tcp: 900 },
          ha: {},
        }),
        gives: {
          settings: ["net.ipv4.vs.expire_nodest_conn=1"],
          table: [
            "file /etc/lvsgen/kgc/services 0644 root root",
            "file /etc/systemd/system/ipvsadm.service.d/lvsgen-kgc-director.conf 0644 root root",
            "thresholds /etc/lvsgen/kgc/thresholds.rules",
            "table /etc/ipvsadm.rules",
            "timeouts ipvs 900 0 0",
            "unit ipvsadm.service disabled -",
          ],
          boot: ["/sbin/ipvsadm --set 900 0 0"],
        },
      },
    ],
  ],
  healthChecks: [
    healthChecks,
    [
      { name: "nothing where nobody asks for them", at: site("lb", "director"), gives: {} },
      {
        name: "one director: the daemon, its file, and what its start counts on",
        at: site("lb", "director", { ...hosts("lb", { platform: "el9" }), ha: {} }),
        gives: {
          pointer: "/ha",
          packages: ["keepalived"],
          booleans: ["keepalived_connect_any"],
          keepalived: [
            "file /etc/lvsgen/kgc/load-table 0755 root root",
            "file /etc/systemd/system/keepalived.service.d/lvsgen-kgc-director.conf 0644 root root",
            'setting /etc/sysconfig/keepalived KEEPALIVED_OPTIONS "-D -I"',
            "keepalived /etc/keepalived/keepalived.conf named tested keeps",
          ],
        },
      },
      {
        name: "what health may change besides weights, and what an old release cannot",
        at: site("lb", "director", {
          ...hosts("lb", { platform: "el7" }),
          services: [
            service({ sorryServer: { address: "192.168.80.60" } }),
            service({ name: "b", port: 81, check: { onFailure: "remove" } }),
          ],
          ha: {},
        }),
        gives: {
          pointer: "/ha",
          packages: ["keepalived"],
          booleans: ["keepalived_connect_any"],
          keepalived: [
            "file /etc/lvsgen/kgc/load-table 0755 root root",
            "file /etc/systemd/system/keepalived.service.d/lvsgen-kgc-director.conf 0644 root root",
            'setting /etc/sysconfig/keepalived KEEPALIVED_OPTIONS "-D -I"',
            "keepalived /etc/keepalived/keepalived.conf unnamed untested keeps sorry -t 192.168.80.188:80 192.168.80.60:80 removes -t 192.168.80.188:81",
          ],
        },
      },
      {
        name: "several: what waits for their addresses, and takes the virtual ones off; no boolean where nothing is asked",
        at: site("lb", "director", { ...pair, services: [service({ check: { type: "none" } })] }),
        gives: {
          pointer: "/ha",
          packages: ["keepalived"],
          keepalived: [
            "file /etc/lvsgen/kgc/load-table 0755 root root",
            "file /etc/lvsgen/kgc/await-addresses 0755 root root",
            "file /etc/lvsgen/kgc/drop-addresses 0755 root root",
            "file /etc/systemd/system/keepalived.service.d/lvsgen-kgc-director.conf 0644 root root",
            'setting /etc/default/keepalived DAEMON_ARGS "-D -I"',
            "address 192.168.80.188/32 ens33 moves",
            "keepalived /etc/keepalived/keepalived.conf named tested keeps",
            "peer lb2 ens33 192.168.80.11 2001:db8::11",
          ],
        },
      },
    ],
  ],
  failover: [
    failover,
    [
      { name: "nothing with one director", at: site("lb", "director", { ha: {} }), gives: {} },
      {
        name: "VRRP and the sync of connections, from the other director alone",
        at: site("lb", "director", pair),
        gives: {
          pointer: "/ha",
          openings: ["protocol 112 from 192.168.80.11 on ens33", "port 8848/udp from 192.168.80.11 on ens33"],
        },
      },
      {
        name: "IPv6 by multicast comes from the link's own addresses",
        at: site("lb", "director", {
          ...pair,
          services: [service({ vip: "2001:db8::188" })],
          ha: { routerId: 80, unicast: false, sync: false },
        }),
        gives: { pointer: "/ha", openings: ["protocol 112 from fe80::/10 on ens33"] },
      },
      {
        name: "directors with IPv6 alone: VRRP from the other one, the sync of connections from the link's own addresses",
        at: site("lb", "director", {
          ...pair,
          hosts: { lb: { address6: "2001:db8::10/64" }, lb2: { address6: "2001:db8::11/64" } },
          services: [service({ vip: "2001:db8::188", realservers: [{ address: "2001:db8::12" }] })],
        }),
        gives: {
          pointer: "/ha",
          openings: ["protocol 112 from 2001:db8::11 on ens33", "port 8848/udp from fe80::/10 on ens33"],
        },
      },
      {
        name: "directors that are each other's real servers",
        at: site("lb", "director", {
          ...pair,
          services: [service({ realservers: [{ host: "lb" }, { host: "lb2" }] })],
        }),
        gives: {
          pointer: "/ha",
          openings: ["protocol 112 from 192.168.80.11 on ens33", "port 8848/udp from 192.168.80.11 on ens33"],
          settings: ["net.ipv4.vs.backup_only=1"],
        },
      },
    ],
  ],
  servicePorts: [
    servicePorts,
    [
      {
        name: "of every service; port 0 opens nothing; ranges of a mark as they are",
        at: site("lb", "director", {
          services: [service(), service({ name: "all", vip: "192.168.80.189", port: 0, persistence: {} }), marked],
        }),
        gives: { openings: ["80/tcp on ens33", "80/tcp on ens33", "8000-8099/tcp on ens33"] },
      },
      {
        name: "a match of every port opens nothing; one of an interface opens there",
        at: site("lb", "director", {
          ...twoNics,
          services: [
            markedBy({ vip: "192.168.80.188" }, { vip: "192.168.80.189", protocol: "tcp" }),
            { ...markedBy({ vip: "192.168.80.188", port: 80, interface: "ens34" }), name: "b", fwmark: 8 },
          ],
        }),
        gives: { openings: ["80/tcp on ens34"] },
      },
    ],
  ],
  segments: [
    segments,
    [
      {
        name: "nothing where nothing is said",
        at: site("web", "realserver", { services: [service({ mode: "tun" })] }),
        gives: {},
      },
      {
        name: "nothing on a real server that the service reaches otherwise",
        at: site("web", "realserver", {
          services: [
            service({ mode: "tun", mss: "auto", realservers: [{ host: "web", mode: "dr" }, { host: "nas" }] }),
          ],
        }),
        gives: {},
      },
      {
        name: "what fits, by the families inside and outside and the tunnel",
        at: site("web", "realserver", {
          services: [
            service({ mode: "tun", mss: "auto" }),
            service({ name: "six", vip: "2001:db8::188", mode: "tun", mss: "auto" }),
            service({
              name: "gue",
              vip: "192.168.80.189",
              mode: "tun",
              tunnel: { type: "gue", port: 6080 },
              mss: "auto",
            }),
            service({ name: "said", vip: "192.168.80.190", port: 0, persistence: {}, mode: "tun", mss: 1300 }),
          ],
        }),
        gives: {
          segments: [
            "file /etc/lvsgen/kgc/mss.nft 0644 root root",
            "file /etc/lvsgen/kgc/mss.iptables 0644 root root",
            "file /etc/lvsgen/kgc/mss.ip6tables 0644 root root",
            "file /etc/lvsgen/kgc/load-mss 0755 root root",
            "netfilter /etc/lvsgen/kgc/load-mss mss 1440 192.168.80.188 80 mss 1400 2001:db8::188 80 mss 1428 192.168.80.189 80 mss 1300 192.168.80.190",
          ],
          boot: ["/etc/lvsgen/kgc/load-mss"],
          flushedBy: firewallUnits,
        },
      },
      {
        name: "of matches of every port and of every packet once, whoever they are for",
        at: site("web", "realserver", {
          services: [
            {
              ...markedBy({ vip: "192.168.80.188" }, { vip: "192.168.80.189", protocol: "tcp" }),
              mode: "tun",
              mss: 1400,
            },
            {
              ...markedBy({ vip: "192.168.80.188", source: "10.0.0.0/8" }, { vip: "192.168.80.190", protocol: "udp" }),
              ...{ name: "b", fwmark: 8, mode: "tun", mss: 1400 },
            },
          ],
        }),
        gives: {
          segments: [
            "file /etc/lvsgen/kgc/mss.nft 0644 root root",
            "file /etc/lvsgen/kgc/mss.iptables 0644 root root",
            "file /etc/lvsgen/kgc/load-mss 0755 root root",
            "netfilter /etc/lvsgen/kgc/load-mss mss 1400 192.168.80.188 mss 1400 192.168.80.189",
          ],
          boot: ["/etc/lvsgen/kgc/load-mss"],
          flushedBy: firewallUnits,
        },
      },
      {
        name: "of a mark its matches in TCP",
        at: site("web", "realserver", {
          services: [
            {
              ...marked,
              mode: "tun",
              mss: 1400,
              match: [...marked.match, { vip: "192.168.80.188", protocol: "udp", port: 53 }],
            },
          ],
        }),
        gives: {
          segments: [
            "file /etc/lvsgen/kgc/mss.nft 0644 root root",
            "file /etc/lvsgen/kgc/mss.iptables 0644 root root",
            "file /etc/lvsgen/kgc/load-mss 0755 root root",
            "netfilter /etc/lvsgen/kgc/load-mss mss 1400 192.168.80.188 80 mss 1400 192.168.80.188 8000-8099",
          ],
          boot: ["/etc/lvsgen/kgc/load-mss"],
          flushedBy: firewallUnits,
        },
      },
    ],
  ],
  uplinks: [
    uplinks,
    [
      { name: "none where none is described", at: site("web", "realserver"), gives: {} },
      {
        name: "a table with the VIP's number, and a rule that leads there",
        at: site("web", "realserver", {
          ...hosts("web", {
            interfaces: { ens34: { address: "198.51.100.12/32", address6: "2001:db8:1::12/64" } },
            uplinks: [
              { gateway: "198.51.100.1", interface: "ens34", vips: ["192.168.80.188"] },
              { gateway: "fe80::1", interface: "ens34", vips: ["2001:db8::188"] },
            ],
          }),
          services: [service(), service({ name: "six", vip: "2001:db8::188" })],
        }),
        gives: {
          uplinks: [
            "uplink 192.168.80.188 3232256188 via 198.51.100.1 dev ens34 onlink",
            "uplink 2001:db8::188 392 via fe80::1 dev ens34",
          ],
          boot: [
            "/sbin/ip -4 route replace default via 198.51.100.1 dev ens34 onlink table 3232256188",
            "/sbin/ip -4 rule del from 192.168.80.188 lookup 3232256188",
            "/sbin/ip -4 rule add from 192.168.80.188 lookup 3232256188",
            "/sbin/ip -6 route replace default via fe80::1 dev ens34 table 392",
            "/sbin/ip -6 rule del from 2001:db8::188 lookup 392",
            "/sbin/ip -6 rule add from 2001:db8::188 lookup 392",
          ],
        },
      },
    ],
  ],
  answers: [
    answers,
    [
      {
        name: "at the VIP in DR, by http where the check is",
        at: site("web", "realserver", {
          services: [
            service({ check: { type: "http", path: "/up" } }),
            service({ name: "names", protocol: "udp", port: 53 }),
          ],
        }),
        gives: { expectations: ["answer tcp 192.168.80.188 80 /up 200-399", "answer udp 192.168.80.188 53"] },
      },
      {
        name: "with the status and the name that the check has, where it asks that port",
        at: site("web", "realserver", {
          services: [
            service({ check: { type: "http", path: "/up", status: 204, name: "shop.example" } }),
            service({ name: "other", port: 81, check: { type: "http", path: "/up", status: 204, port: 8080 } }),
          ],
        }),
        gives: {
          expectations: ["answer tcp 192.168.80.188 80 /up 204 shop.example", "answer tcp 192.168.80.188 81 /up"],
        },
      },
      {
        name: "at the host's own address and port in NAT",
        at: site("web", "realserver", {
          services: [service({ mode: "nat", realservers: [{ host: "web", port: 8080 }] })],
        }),
        gives: { expectations: ["answer tcp 192.168.80.12 8080"] },
      },
      {
        name: "at each single port of a mark",
        at: site("web", "realserver", {
          services: [
            {
              name: "shop",
              fwmark: 7,
              match: [
                { vip: "192.168.80.188", protocol: "tcp", port: 443 },
                { vip: "192.168.80.188", protocol: "tcp", port: "8000-8099" },
              ],
              realservers: [{ host: "web" }],
            },
          ],
        }),
        gives: { expectations: ["answer tcp 192.168.80.188 443"] },
      },
      {
        name: "nowhere of a match of every port, and once where two services tell clients apart",
        at: site("web", "realserver", {
          services: [
            markedBy({ vip: "192.168.80.188" }, { vip: "192.168.80.189", protocol: "tcp" }),
            { ...markedBy({ vip: "192.168.80.190", port: 80 }), name: "b", fwmark: 8 },
            { ...markedBy({ vip: "192.168.80.190", port: 80, source: "10.0.0.0/8" }), name: "c", fwmark: 9 },
          ],
        }),
        gives: { expectations: ["answer tcp 192.168.80.190 80"] },
      },
    ],
  ],
  servedPorts: [
    servedPorts,
    [
      {
        name: "are open and listened on; of SCTP nobody can tell",
        at: site("web", "realserver", {
          services: [service(), service({ name: "s", vip: "192.168.80.189", port: 36412, protocol: "sctp" })],
        }),
        gives: { openings: ["80/tcp on ens33", "36412/sctp on ens33"], expectations: ["listener tcp 80"] },
      },
      {
        name: "nothing of a match of every port, open or listened on",
        at: site("web", "realserver", {
          services: [markedBy({ vip: "192.168.80.188" }, { vip: "192.168.80.189", protocol: "tcp" })],
        }),
        gives: {},
      },
      {
        name: "the one port that NAT gives to every packet; who listens there, its protocol says",
        at: site("web", "realserver", {
          services: [
            {
              ...markedBy({ vip: "192.168.80.188" }),
              ...{ mode: "nat", realservers: [{ host: "web", port: 8080 }] },
            },
            {
              ...markedBy({ vip: "192.168.80.189", protocol: "tcp" }),
              ...{ name: "b", fwmark: 8, mode: "nat", realservers: [{ host: "web", port: 8443 }] },
            },
          ],
        }),
        gives: {
          openings: ["8080/tcp on ens33", "8080/udp on ens33", "8080/sctp on ens33", "8443/tcp on ens33"],
          expectations: ["listener tcp 8443"],
        },
      },
    ],
  ],
  replies: [
    replies,
    [
      {
        name: "in DR go past the director, where no gateway is described",
        at: site("web", "realserver"),
        gives: { expectations: ["gateway not 192.168.80.10"] },
      },
      {
        name: "past the address of a director that is a neighbour, and where a client is none by the way to it",
        at: site("web", "realserver", {
          hosts: {
            ...hosts("lb", { interfaces: { ens34: { address: "10.0.0.10/24" } } }).hosts,
            web: { address: "10.0.0.12/24" },
            pc: { address: "198.51.100.7/24" },
          },
          clients: ["pc"],
        }),
        gives: { expectations: ["gateway not 10.0.0.10 to 198.51.100.7 from 192.168.80.188"] },
      },
      {
        name: "of a director that is no neighbour nothing is asked",
        at: site("web", "realserver", {
          ...hosts("web", { address: "10.0.0.12/24" }),
          services: [service({ mode: "tun" })],
        }),
        gives: {},
      },
      {
        name: "in NAT go back through it, now and at boot",
        at: site("web", "realserver", {
          ...hosts("web", { gateway: "192.168.80.10" }),
          services: [service({ mode: "nat" })],
        }),
        gives: {
          routes: ["route default via 192.168.80.10 dev ens33"],
          expectations: ["gateway 192.168.80.10"],
          boot: ["/sbin/ip -4 route replace default via 192.168.80.10 dev ens33"],
        },
      },
      {
        name: "beside an address of /32 the gateway is on the link",
        at: site("web", "realserver", {
          ...hosts("web", {
            address: "192.168.80.12/32",
            address6: "2001:db8::12/128",
            gateway: "10.0.0.1",
            gateway6: "fe80::1",
          }),
          services: [service({ mode: "nat" }), service({ name: "b", vip: "2001:db8::188", mode: "nat" })],
        }),
        gives: {
          routes: ["route default via 10.0.0.1 dev ens33 onlink", "route ::/0 via fe80::1 dev ens33"],
          expectations: ["gateway 10.0.0.1", "gateway fe80::1"],
          boot: [
            "/sbin/ip -4 route replace default via 10.0.0.1 dev ens33 onlink",
            "/sbin/ip -6 route replace default via fe80::1 dev ens33",
          ],
        },
      },
      {
        name: "a gateway of another family than the service's is none of its business",
        at: site("web", "realserver", {
          ...hosts("web", { gateway6: "2001:db8::1" }),
          services: [service({ mode: "nat" })],
        }),
        gives: { expectations: ["gateway 2001:db8::1"] },
      },
    ],
  ],
  nfsClient: [
    nfsClient,
    [
      { name: "nothing without a mount", at: site("web", "realserver"), gives: {} },
      {
        name: "packages, units, and the boolean that lets a web server read a share",
        at: site("web", "realserver", { ...hosts("web", { platform: "el7", ...mounting }), nfs }),
        gives: {
          packages: ["nfs-utils", "rpcbind"],
          booleans: ["httpd_use_nfs"],
          nfsClient: ["unit rpcbind.service enabled active"],
        },
      },
    ],
  ],
  nfsServer: [
    nfsServer,
    [
      {
        name: "directories before exports, the daemon before what it exports",
        at: site("nas", "nfs", { nfs }),
        gives: {
          packages: ["nfs-kernel-server", "rpcbind"],
          openings: ["2049/tcp on ens33", "111/tcp on ens33", "111/udp on ens33"],
          exportedDirectories: ["directory /srv 0755 - -"],
          exports: [
            "unit rpcbind.service enabled active",
            "unit nfs-server.service enabled active",
            "export 192.168.80.0/24 /srv ro,sync",
            "file /etc/exports.d/lvsgen-srv@192.168.80.0-24.exports 0644 root root",
          ],
          expectations: ["listener tcp 2049"],
        },
      },
    ],
  ],
  content: [
    content,
    [
      {
        name: "directories, mounts, files, units; below a mount the server decides who owns a file",
        at: site("web", "realserver", {
          ...hosts("web", {
            ...mounting,
            directories: [{ path: "/data", mode: "0755" }],
            files: [
              { path: "/mnt/a", content: "a" },
              { path: "/etc/b", content: "b" },
            ],
            units: ["nginx"],
          }),
          nfs,
        }),
        gives: {
          directories: ["directory /data 0755 - -"],
          mounts: [
            "directory /mnt - - -",
            "mount /mnt nfs 192.168.80.13:/srv defaults",
            "file /etc/systemd/system/mnt.mount.d/lvsgen-kgc-realserver.conf 0644 root root",
            "block /etc/fstab end",
          ],
          files: ["file /mnt/a - - -", "file /etc/b 0644 root root"],
          units: [
            "file /etc/systemd/system/nginx.service.d/lvsgen-kgc-realserver.conf 0644 root root",
            "unit nginx.service enabled active",
          ],
        },
      },
      {
        name: "a directory above an export comes before that, others behind it",
        at: site("nas", "nfs", {
          nfs,
          ...hosts("nas", {
            directories: [
              { path: "/", mode: "0755" },
              { path: "/data", mode: "0755" },
              { path: "/srv/www", mode: "0755" },
              { path: "/sr", mode: "0755" },
            ],
          }),
        }),
        gives: {
          exportedDirectories: ["directory / 0755 - -"],
          directories: ["directory /data 0755 - -", "directory /srv/www 0755 - -", "directory /sr 0755 - -"],
        },
      },
      {
        name: "a host of two roles gets it by the first of realserver, nfs, director",
        at: site("web", "director", { ...hosts("web", { units: ["nginx"] }), directors: ["web"] }),
        gives: {},
      },
    ],
  ],
  ownSettings: [
    ownSettings,
    [
      {
        name: "the cluster's, the real servers' and the host's: of one setting the last counts",
        at: site("web", "realserver", {
          sysctls: { "net.core.somaxconn": 1, "vm.swappiness": 10, "net/ipv4/tcp_rmem": "4096 87380 6291456" },
          realserver: { sysctls: { "net.core.somaxconn": 2, "net/ipv4/conf/ens33.7/forwarding": 0 } },
          ...hosts("web", { sysctls: { "net/core/somaxconn": 3 } }),
        }),
        gives: {
          settings: [
            "net.core.somaxconn=3",
            "vm.swappiness=10",
            "net.ipv4.tcp_rmem=4096 87380 6291456",
            "net/ipv4/conf/ens33.7/forwarding=0",
          ],
        },
      },
      {
        name: "of the real servers alone",
        at: site("lb", "director", { realserver: { sysctls: { "vm.swappiness": 1 } } }),
        gives: {},
      },
      {
        name: "by one script of a host with several roles",
        at: site("nas", "nfs", {
          nfs,
          services: [service({ realservers: [{ host: "nas" }] })],
          sysctls: { "vm.swappiness": 1 },
        }),
        gives: {},
      },
    ],
  ],
  ownPackages: [
    ownPackages,
    [
      {
        name: "beside those of the role",
        at: site("web", "realserver", hosts("web", { packages: ["nginx"] })),
        gives: { packages: ["nginx"] },
      },
    ],
  ],
  ownPackagesLast: [
    ownPackagesLast,
    [
      {
        name: "on a director after the VIP",
        at: site("lb", "director", hosts("lb", { packages: ["vim"] })),
        gives: { ownPackages: ["package vim"] },
      },
    ],
  ],
  log: [
    log,
    [
      {
        name: "one file for all roles and clusters of a host",
        at: site("lb", "director"),
        gives: { log: ["file /etc/logrotate.d/lvsgen 0644 root root"] },
      },
    ],
  ],
  monitoring: [
    monitoring,
    [
      { name: "nothing where it is not described", at: site("lb", "director"), gives: {} },
      {
        name: "the script, what its timer writes, and the timer last",
        at: site("lb", "director", { monitoring: {} }),
        gives: {
          pointer: "/monitoring",
          monitoring: [
            "script /etc/lvsgen/kgc/director.sh",
            "reports /var/spool/lvsgen/kgc-director",
            "output /var/lib/prometheus/node-exporter/lvsgen-kgc-director.prom",
            "file /etc/lvsgen/kgc/monitor-director 0644 root root",
            "file /etc/systemd/system/lvsgen-kgc-director-monitor.service 0644 root root",
            "file /etc/systemd/system/lvsgen-kgc-director-monitor.timer 0644 root root",
            "unit lvsgen-kgc-director-monitor.timer enabled active",
          ],
        },
      },
      {
        name: "where the platform's node_exporter reads, with names of the role",
        at: site("web", "realserver", { ...hosts("web", { platform: "el9" }), monitoring: {} }),
        gives: {
          pointer: "/monitoring",
          monitoring: [
            "script /etc/lvsgen/kgc/realserver.sh",
            "reports /var/spool/lvsgen/kgc-realserver",
            "output /var/lib/node_exporter/textfile_collector/lvsgen-kgc-realserver.prom",
            "file /etc/lvsgen/kgc/monitor-realserver 0644 root root",
            "file /etc/systemd/system/lvsgen-kgc-realserver-monitor.service 0644 root root",
            "file /etc/systemd/system/lvsgen-kgc-realserver-monitor.timer 0644 root root",
            "unit lvsgen-kgc-realserver-monitor.timer enabled active",
          ],
        },
      },
      {
        name: "where the description says that node_exporter reads",
        at: site("lb", "director", { monitoring: { textfile: "/srv/metrics" } }),
        gives: {
          pointer: "/monitoring",
          monitoring: [
            "script /etc/lvsgen/kgc/director.sh",
            "reports /var/spool/lvsgen/kgc-director",
            "output /srv/metrics/lvsgen-kgc-director.prom",
            "file /etc/lvsgen/kgc/monitor-director 0644 root root",
            "file /etc/systemd/system/lvsgen-kgc-director-monitor.service 0644 root root",
            "file /etc/systemd/system/lvsgen-kgc-director-monitor.timer 0644 root root",
            "unit lvsgen-kgc-director-monitor.timer enabled active",
          ],
        },
      },
    ],
  ],
  trust: [
    trust,
    [
      { name: "nothing where it is not described", at: site("lb", "director"), gives: {} },
      {
        name: "the program, the keys, a copy of the script, and last what makes scripts ask for them",
        at: site("lb", "director", { trust: { allowedSigners: signers.slice(0, 1) } }),
        gives: {
          pointer: "/trust",
          packages: ["openssh-client"],
          trust: [
            "file /usr/local/sbin/lvsgen-run 0755 root root",
            "block /etc/lvsgen/allowed_signers end",
            "script /etc/lvsgen/kgc/director.sh",
            "file /etc/lvsgen/signed_only 0644 root root",
          ],
        },
      },
      {
        name: "of RSA keys a file for openssl, and no second copy of the script that monitoring has",
        at: site("web", "realserver", {
          ...hosts("web", { platform: "el7" }),
          monitoring: {},
          trust: { allowedSigners: signers },
        }),
        gives: {
          pointer: "/trust",
          packages: ["openssl"],
          trust: [
            "file /usr/local/sbin/lvsgen-run 0755 root root",
            "block /etc/lvsgen/allowed_signers end",
            "file /etc/lvsgen/lvsgen-ComGnb0h93Oa_IbN.pem 0644 root root",
            "file /etc/lvsgen/signed_only 0644 root root",
          ],
        },
      },
      {
        name: "nothing on a host that could verify with none of them",
        at: site("web", "realserver", {
          ...hosts("web", { platform: "el8" }),
          trust: { allowedSigners: signers.slice(0, 1) },
        }),
        gives: {},
      },
    ],
  ],
};

describe.each(Object.entries(tables))("%s", (_name, [feature, rows]) => {
  test.each(rows.map((row) => [row.name, row] as const))("%s", (_row, { at, gives }) => {
    const { pointer, ...given } = contributed(feature, at);
    expect({ ...(gives["pointer"] === undefined ? {} : { pointer }), ...given }).toEqual(gives);
  });
});

test("every feature of every role has its table", () => {
  const tested = Object.values(tables).map(([feature]) => feature);
  const used = new Set(Object.values(roles).flat());
  expect([...used].filter((feature) => !tested.includes(feature)).map(({ name }) => name)).toEqual([]);
});
