// Addresses of others and by hand, and the files that bring them up at boot.
import { cluster, file, lines, packages, RC_LOCAL } from "../descriptions.mjs";
import { lacks, shows } from "../look.mjs";

/** In the kernel's order: from the first of a network it sends. */
const order = "ip -o -4 address show dev ens33 | sed -E 's/.*inet ([^ ]+) .*(scope.*)\\\\.*/\\1 \\2/'";
const vip = "192.168.80.188";

const scripts = "/etc/sysconfig/network-scripts";
const alias = (label, address, prefix = 24) =>
  file(`${scripts}/ifcfg-${label}`, lines(`DEVICE=${label}`, `IPADDR=${address}`, `PREFIX=${prefix}`));
const stanza = (name, label, address) =>
  file(
    `/etc/network/interfaces.d/${name}`,
    lines(`auto ${label}`, `iface ${label} inet static`, `    address ${address}`),
  );

/** As tutorials have it: the VIP first, and the host's own address behind it, which the kernel takes along (ip-sysctl.rst, promote_secondaries). */
const behindTheVip = (
  own,
) => `for device in all ens33; do echo 0 > /proc/sys/net/ipv4/conf/$device/promote_secondaries; done
ip address flush dev ens33
ip address add ${vip}/24 brd + dev ens33 label ens33:0
ip address add ${own} dev ens33
ip address add 192.168.80.77/24 dev ens33 label ens33:9
ip route replace default via 192.168.80.1 dev ens33
ip route replace 10.9.0.0/16 via 192.168.80.7 dev ens33 src 192.168.80.10`;

/** Each system's own network brings its address up that way. */
const OWN = { debian12: "192.168.80.10/24 brd +", el7: "192.168.80.10/24" };

export const ADDRESSES = [
  ...["debian12", "el7"].map((platform) => ({
    id: "A1",
    platform,
    role: "director",
    title: "the VIP by hand with the segment's mask, the own address its secondary",
    description: cluster(platform),
    stands: packages(platform),
    byHand: behindTheVip(OWN[platform]),
    situation: [shows(order, /^192\.168\.80\.188\/24 .*\n192\.168\.80\.10\/24 scope global secondary/)],
    holds: [
      shows(order, "192.168.80.10/24", `${vip}/32`),
      lacks(order, `${vip}/24`),
      shows("ip route show", "192.168.80.0/24 dev ens33"),
    ],
  })),
  {
    id: "A2",
    platform: "el7",
    role: "director",
    title: "aliases of others, numbered as the procedure has it: lvsgen's stand beside them",
    description: cluster("el7"),
    stands: lines(packages("el7"), alias("ens33:0", "192.168.80.50"), alias("ens33:1", "192.168.80.51")),
    situation: [shows(order, "192.168.80.50/24", "192.168.80.51/24")],
    holds: [
      shows(order, "192.168.80.50/24", "192.168.80.51/24", `${vip}/32`),
      shows(`cat ${scripts}/ifcfg-ens33:0`, "192.168.80.50"),
    ],
  },
  {
    id: "A2",
    platform: "el7",
    role: "realserver",
    title: "an ifcfg-lo:0 of others stays",
    description: cluster("el7"),
    stands: lines(packages("el7"), alias("lo:0", "192.168.80.60", 32)),
    situation: [shows("ip -4 address show dev lo", "192.168.80.60/32")],
    holds: [shows("ip -4 address show dev lo", "192.168.80.60/32", `${vip}/32`)],
    untilBoot: RC_LOCAL,
  },
  {
    id: "A2",
    platform: "el7",
    role: "director",
    title: "with `alias: 0` the ifcfg-ens33:0 of others is refused, or taken over",
    description: cluster("el7", { defaults: { alias: 0 } }),
    stands: lines(packages("el7"), alias("ens33:0", "192.168.80.50")),
    situation: [shows(order, "192.168.80.50/24")],
    refused: { says: ["ifcfg-ens33:0", "lvsgen did not write it", "--adopt"] },
    words: ["--adopt"],
    holds: [shows(order, `${vip}/32`)],
    untilBoot: /192\.168\.80\.50/,
  },
  {
    id: "A2",
    platform: "el7",
    role: "director",
    title: "an alias by hand for the very VIP is refused, or taken over",
    description: cluster("el7"),
    stands: lines(packages("el7"), alias("ens33:0", vip)),
    situation: [shows(order, `${vip}/24`)],
    refused: { says: [`ifcfg-ens33:0 brings the same address up`, "--adopt"] },
    words: ["--adopt"],
    holds: [shows(order, `${vip}/32`), lacks(order, `${vip}/24`), lacks(`ls ${scripts}`, "ifcfg-ens33:0")],
  },
  {
    id: "A2",
    platform: "debian12",
    role: "director",
    title: "a stanza of others where lvsgen's own goes is refused, or taken over",
    description: cluster("debian12"),
    stands: lines(packages("debian12"), stanza("lvsgen-life-director", "ens33:3", "192.168.90.50/24")),
    situation: [shows(order, "192.168.90.50/24")],
    refused: { says: ["/etc/network/interfaces.d/lvsgen-life-director", "lvsgen did not write it", "--adopt"] },
    words: ["--adopt"],
    holds: [shows(order, `${vip}/32`)],
    untilBoot: /192\.168\.90\./,
  },
  {
    id: "A2",
    platform: "debian12",
    role: "director",
    title: "a stanza of others with an address of its own stays",
    description: cluster("debian12"),
    stands: lines(packages("debian12"), stanza("site", "ens33:0", "192.168.80.50/24")),
    situation: [shows(order, "192.168.80.50/24")],
    holds: [shows(order, "192.168.80.50/24", `${vip}/32`)],
  },
  {
    id: "A2",
    platform: "debian12",
    role: "director",
    title: "a stanza by hand for the very VIP is refused by its line, and goes by hand",
    description: cluster("debian12"),
    stands: lines(packages("debian12"), stanza("site", "ens33:0", `${vip}/24`)),
    situation: [shows(order, `${vip}/24`)],
    refused: {
      words: ["--adopt"],
      says: [
        `line 3 of /etc/network/interfaces.d/site brings up ${vip} as well: address ${vip}/24`,
        "Take that out of the file",
      ],
    },
    cleared: "rm /etc/network/interfaces.d/site",
    holds: [shows(order, `${vip}/32`), lacks(order, `${vip}/24`)],
  },
  {
    id: "B9",
    platform: "el7",
    role: "realserver",
    title: "the VIP on the NIC of a real server is refused, or taken off",
    description: cluster("el7"),
    stands: lines(packages("el7"), alias("ens33:0", vip)),
    situation: [shows(order, `${vip}/24`)],
    refused: {
      says: ["it is on ens33 already, where this host answers ARP for it", "ifcfg-ens33:0 brings the same address up"],
    },
    words: ["--adopt"],
    holds: [lacks(order, vip), shows("ip -4 address show dev lo", `${vip}/32`)],
    untilBoot: RC_LOCAL,
  },
];
