// Debian's own firewalls, through a boot and back. Whether packets come through, test/firewalls shows.
import { bridges, cluster, lines, packages, TUNNEL } from "../descriptions.mjs";
import { lacks, shows } from "../look.mjs";

const open = { firewall: "open" };
const make = (name) => lines(packages("debian12"), `/usr/lib/guest/firewall ${name} > /dev/null 2>&1`);
const common = { platform: "debian12", image: "firewalls" };

/** What firewalld has in force comes some time after it is up. */
const settled = `until nft list chain inet firewalld filter_INPUT_ZONES 2>/dev/null | grep -q ens33; do sleep 0.1; done
until [[ $(nft list ruleset | cksum) == $(sleep 0.4; nft list ruleset | cksum) ]]; do :; done`;

export const FIREWALLS = [
  {
    ...common,
    id: "B1",
    role: "realserver",
    title: "a mark over several ports: nftables lets each in, with its protocol",
    description: cluster("debian12", {
      defaults: open,
      services: [
        {
          name: "shop",
          fwmark: 7,
          match: [
            { vip: "192.168.80.188", port: 80 },
            { vip: "192.168.80.188", port: "8000-8099", protocol: "udp" },
          ],
          scheduler: "rr",
          realservers: [{ host: "web1" }],
        },
      ],
    }),
    stands: make("nftables"),
    situation: [lacks("nft list ruleset", "dport 80 ")],
    holds: [shows("nft list ruleset", "tcp dport 80 accept", "udp dport 8000-8099 accept")],
  },
  {
    ...common,
    id: "B2",
    role: "realserver",
    title: "a tunnel behind ufw: protocol 4 from the director's address alone",
    description: cluster("debian12", { defaults: { ...open, mode: "tun" } }),
    stands: lines(make("ufw"), bridges("tunl0")),
    situation: [shows("ufw status", "22/tcp"), lacks("iptables-save", "-p ipencap", "-p 4 ")],
    holds: [shows("iptables-save", /-A \S+ -s 192\.168\.80\.10\/32 .*-p (ipencap|4) .*-j ACCEPT/)],
    differs: TUNNEL,
  },
  {
    ...common,
    id: "B3",
    role: "director",
    title:
      "nftables is reloaded and restarted, which empties its tables: what is not tracked stays so, before the first boot too",
    description: cluster("debian12", { defaults: open }),
    stands: make("nftables"),
    situation: [lacks("nft list ruleset", "notrack")],
    holds: [shows("nft list ruleset", /ip daddr 192\.168\.80\.188 tcp dport 80 notrack/)],
    takenAway: ["systemctl reload nftables", "systemctl restart nftables"],
  },
  {
    ...common,
    id: "B5",
    role: "director",
    title: "firewalld with the NIC in another zone than the default: that one is opened",
    description: cluster("debian12", { defaults: open }),
    stands: lines(make("firewalld"), "firewall-cmd -q --permanent --zone=external --change-interface=ens33"),
    waits: settled,
    situation: [shows("firewall-cmd --get-zone-of-interface=ens33", "external")],
    holds: [
      shows("firewall-cmd --zone=external --query-port=80/tcp", "yes"),
      shows("firewall-cmd --permanent --zone=external --query-port=80/tcp", "yes"),
      shows("firewall-cmd --zone=public --query-port=80/tcp", "no"),
    ],
  },
  {
    ...common,
    id: "B6",
    role: "director",
    title: "netfilter-persistent: opened live and in its files",
    description: cluster("debian12", { defaults: open }),
    stands: make("iptables"),
    situation: [shows("iptables-save", "--dport 22"), lacks("iptables-save", "--dport 80 ")],
    holds: [shows("iptables-save", "--dport 80 "), shows("cat /etc/iptables/rules.v4", "--dport 80 ")],
  },
  {
    ...common,
    id: "B6",
    role: "director",
    title: "netfilter-persistent: off where the description says so, and on again in the end",
    description: cluster("debian12", { defaults: { firewall: "disable" } }),
    stands: make("iptables"),
    situation: [shows("iptables-save", "--dport 22")],
    holds: [lacks("iptables-save", "--dport 22"), lacks("systemctl is-enabled netfilter-persistent", /^enabled/)],
  },
  {
    ...common,
    id: "B7",
    role: "director",
    title: "nftables with tables of arp and bridge: only what carries IP is opened",
    description: cluster("debian12", { defaults: open }),
    stands: make("nftables"),
    situation: [shows("nft list tables", "table arp filter", "table bridge other")],
    holds: [
      shows("nft list chain inet guard input", "tcp dport 80 accept"),
      lacks("nft list table arp filter", "dport"),
      lacks("nft list table bridge other", "dport"),
    ],
  },
];
