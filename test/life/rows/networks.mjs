// What the host does besides, and what people have and could not say: forwarding, neighbours, tunnels, uplinks, settings, prefixes of /32.
import { atBoot, bridges, cluster, file, lines, packages, RC_LOCAL, service, TUNNEL } from "../descriptions.mjs";
import { shows } from "../look.mjs";

const forwards = "cat /proc/sys/net/ipv4/ip_forward";
const routing = file("/etc/sysctl.d/50-site.conf", "net.ipv4.ip_forward = 1", "644");

const six = (number) => `fd00:80::${number}/64`;
const TUNNELLED = {
  defaults: { mode: "tun" },
  hosts: {
    lvs1: { address: "192.168.80.10/24", address6: six(10) },
    web1: { address: "192.168.80.12/24", address6: six(12) },
    web2: { address: "192.168.80.13/24", address6: six(13) },
  },
};

const twoUplinks = (platform) => ({
  id: "C",
  platform,
  role: "realserver",
  host: ["web1", "203.0.113.21"],
  nics: ["ens34=198.51.100.21/24"],
  description: cluster(platform, {
    hosts: {
      lvs1: { address: "203.0.113.10/24", interfaces: { ens34: { address: "198.51.100.10/24" } } },
      web1: {
        address: "203.0.113.21/24",
        gateway: "203.0.113.1",
        interfaces: { ens34: { address: "198.51.100.21/24" } },
        uplinks: [{ gateway: "198.51.100.1", interface: "ens34", vips: ["198.51.100.80"] }],
      },
      web2: { address: "203.0.113.22/24" },
    },
    services: [service("one", "203.0.113.80", 80), service("two", "198.51.100.80", 80)],
  }),
});
const eachByItsOwn = [
  shows("ip route get 192.0.2.7 from 198.51.100.80", "via 198.51.100.1 dev ens34"),
  shows("ip route get 192.0.2.7 from 203.0.113.80", "via 203.0.113.1 dev ens33"),
  shows("ip route get 192.0.2.7 from 203.0.113.21", "via 203.0.113.1 dev ens33"),
];

export const NETWORKS = [
  {
    id: "A5",
    platform: "debian12",
    role: "director",
    title: "a director in DR that routes for others goes on with it",
    description: cluster("debian12"),
    stands: lines(packages("debian12"), routing),
    situation: [shows(forwards, /^1/)],
    holds: [shows(forwards, /^1/), shows("cat /proc/sys/net/ipv4/conf/ens33/send_redirects", /^0/)],
  },
  {
    id: "A5",
    platform: "debian12",
    role: "director",
    title: "with `forwarding: off` it routes no more, and does again in the end",
    description: cluster("debian12", { defaults: { forwarding: "off" } }),
    stands: lines(packages("debian12"), routing),
    situation: [shows(forwards, /^1/)],
    holds: [shows(forwards, /^0/)],
  },
  {
    id: "B11",
    platform: "debian12",
    role: "director",
    title: "neighbours that know the VIP by another machine's hardware address learn of it, at apply and at boot",
    description: cluster("debian12"),
    stands: lines(
      packages("debian12"),
      atBoot(
        "lan",
        "After=guest.service\nBefore=network-pre.target",
        lines(
          "ip netns add lan; ip link set fabric0 netns lan; ip -n lan link set fabric0 up; ip -n lan address add 192.168.80.200/24 dev fabric0;",
          "ip -n lan neigh replace 192.168.80.188 lladdr 02:00:00:00:00:01 dev fabric0 nud stale",
        ).replaceAll("\n", " "),
      ),
    ),
    situation: [shows("ip -n lan neigh show 192.168.80.188 dev fabric0", "02:00:00:00:00:01")],
    holds: [
      shows(
        '[[ $(ip -n lan neigh show 192.168.80.188 dev fabric0) == *" $(cat /sys/class/net/ens33/address) "* ]] && echo told',
        "told",
      ),
    ],
    // What a neighbour has learned, it keeps.
    forgets: "ip -n lan neigh replace 192.168.80.188 lladdr 02:00:00:00:00:01 dev fabric0 nud stale",
  },
  {
    id: "B13",
    platform: "debian12",
    role: "realserver",
    title: "a tunnel's IPv6 VIP after the boot: no source of the host's own connections, as live",
    ipv6: true,
    description: cluster("debian12", {
      ...TUNNELLED,
      services: [service("web", "fd00:80::188", 80)],
    }),
    stands: lines(
      packages("debian12"),
      "sed -i 's/^    ipip |/    ipip | ip6_tunnel |/' /usr/lib/stand-in/modprobe",
      bridges("ip6tnl0"),
      file(
        "/etc/network/interfaces.d/six",
        lines("iface ens33 inet6 static", `    address ${six(12)}`, "    dad-attempts 0"),
        "644",
      ),
    ),
    situation: [shows("ip -6 address show dev ens33", "fd00:80::12/64"), shows("ip -br link show ip6tnl0", "ip6tnl0")],
    holds: [
      shows("ip -6 address show dev ip6tnl0", /fd00:80::188\/128 scope global nodad deprecated/, /preferred_lft 0sec/),
    ],
    // Of each boot, and of a bridge: link-local addresses.
    differs: /^ip6tnl0:|fe80::|ff00::\/8/,
  },
  {
    ...twoUplinks("debian12"),
    title: "a second uplink: what comes from its VIP leaves by its router, beside rules of others",
    stands: lines(
      packages("debian12"),
      "cat >> /etc/network/interfaces << 'END'",
      "iface ens33 inet manual",
      "    up ip rule add from 10.99.0.1 lookup 99 pref 32000; ip route add default via 203.0.113.9 table 99",
      "    up ip route add default via 203.0.113.1",
      "    down ip rule del from 10.99.0.1 lookup 99",
      "END",
    ),
    situation: [shows("ip rule show", "from 10.99.0.1 lookup 99"), shows("ip route show table 99", "203.0.113.9")],
    holds: [shows("ip rule show", "from 10.99.0.1 lookup 99"), ...eachByItsOwn],
    takenAway: ["systemctl restart networking"],
  },
  {
    ...twoUplinks("el7"),
    title: "a second uplink: its way out comes again with the network service, before the first boot too",
    stands: lines(packages("el7"), "printf 'GATEWAY=203.0.113.1\n' >> /etc/sysconfig/network-scripts/ifcfg-ens33"),
    situation: [shows("ip route show default", "via 203.0.113.1 dev ens33")],
    holds: eachByItsOwn,
    differs: RC_LOCAL,
    // As the real service does, which flushes what it brings down.
    takenAway: ["ip route flush table $((198 << 24 | 51 << 16 | 100 << 8 | 80)); systemctl restart network"],
  },
  {
    id: "C",
    platform: "debian12",
    role: "realserver",
    title: "settings of one's own, over another value that a file of the site's has",
    description: cluster("debian12", {
      hosts: {
        web1: {
          address: "192.168.80.12/24",
          sysctls: { "net.ipv4.tcp_fin_timeout": "25", "net.core.somaxconn": "2048" },
        },
      },
    }),
    stands: lines(packages("debian12"), file("/etc/sysctl.d/50-site.conf", "net.ipv4.tcp_fin_timeout = 40", "644")),
    situation: [shows("cat /proc/sys/net/ipv4/tcp_fin_timeout", /^40/)],
    holds: [shows("cat /proc/sys/net/ipv4/tcp_fin_timeout", /^25/), shows("cat /proc/sys/net/core/somaxconn", /^2048/)],
  },
  {
    id: "C",
    platform: "debian12",
    role: "realserver",
    title: "addresses of /32 and a router on the link: NAT's default route",
    host: ["web1", "10.128.0.11/32"],
    description: cluster("debian12", {
      defaults: { mode: "nat", gateway: "10.128.0.5" },
      hosts: {
        lvs1: { address: "10.128.0.5/32", gateway: "10.128.0.1" },
        web1: { address: "10.128.0.11/32" },
        web2: { address: "10.128.0.12/32" },
      },
      services: [service("web", "10.128.0.100", 80)],
    }),
    stands: lines(
      packages("debian12"),
      file(
        "/etc/network/interfaces.d/site",
        lines(
          "iface ens33 inet manual",
          "    up ip route add 10.128.0.1 dev ens33; ip route add default via 10.128.0.1 dev ens33",
        ),
        "644",
      ),
    ),
    situation: [shows("ip route show default", "via 10.128.0.1 dev ens33")],
    holds: [shows("ip route show default", "default via 10.128.0.5 dev ens33 onlink")],
  },
  {
    id: "C",
    platform: "debian12",
    role: "realserver",
    title: "segments that fit a tunnel, beside a table of others in nftables",
    image: "firewalls",
    description: cluster("debian12", {
      ...TUNNELLED,
      services: [service("web", "192.168.80.188", 80, { mss: 1400 })],
    }),
    stands: lines(
      packages("debian12"),
      bridges("tunl0"),
      file(
        "/etc/nftables.conf",
        lines(
          "table inet kept {",
          "  chain input {",
          "    type filter hook input priority 5; policy accept;",
          "    tcp dport 22 accept",
          "  }",
          "}",
        ),
        "755",
      ),
      "systemctl -q enable nftables",
    ),
    situation: [shows("nft list ruleset", "tcp dport 22 accept")],
    holds: [
      shows("nft list ruleset", "tcp dport 22 accept", /maxseg size set/),
      shows("ip -4 address show dev tunl0", "192.168.80.188/32"),
    ],
    differs: TUNNEL,
  },
  {
    id: "C",
    platform: "debian12",
    role: "realserver",
    title: "several networks on one NIC, of which the second has the VIP",
    host: ["web1", "10.50.0.11"],
    description: cluster("debian12", {
      hosts: {
        lvs1: { address: "10.50.0.5/24", addresses: ["203.0.113.66/28"] },
        web1: { address: "10.50.0.11/24", addresses: ["203.0.113.67/28"], rip: "203.0.113.67" },
        web2: { address: "10.50.0.12/24", addresses: ["203.0.113.68/28"], rip: "203.0.113.68" },
      },
      services: [service("web", "203.0.113.70", 80)],
    }),
    stands: lines(
      packages("debian12"),
      file("/etc/network/interfaces.d/site", lines("iface ens33 inet static", "    address 203.0.113.67/28"), "644"),
    ),
    situation: [shows("ip -4 address show dev ens33", "10.50.0.11/24", "203.0.113.67/28")],
    holds: [
      shows("ip -4 address show dev ens33", "10.50.0.11/24", "203.0.113.67/28"),
      shows("ip -4 address show dev lo", "203.0.113.70/32"),
    ],
  },
];
