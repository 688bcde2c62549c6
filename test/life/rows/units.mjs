// Units that carry the host, and what serves the VIP.
import { atBoot, cluster, file, lines, mounting, packages, share } from "../descriptions.mjs";
import { lacks, shows } from "../look.mjs";

export const UNITS = [
  {
    id: "A10",
    platform: "debian12",
    role: "realserver",
    title:
      "networking.service is inactive after one failed stanza, the web server pulls it in: the host keeps its network",
    description: cluster("debian12", { hosts: { web1: mounting(["ro"]) }, nfs: share }),
    stands: lines(
      packages("debian12"),
      // What wants the network to be online at each boot, before anything of lvsgen's does.
      "systemctl -q disable ipvsadm nfs-server apache2; systemctl -q mask rpc-statd-notify",
      file("/etc/systemd/system/apache2.service.d/site.conf", lines("[Unit]", "Wants=network-online.target"), "644"),
      file(
        "/etc/network/interfaces.d/late",
        lines("auto late0", "iface late0 inet static", "    address 10.44.0.1/24", "    pre-up ip link show late0"),
        "644",
      ),
      // Its device comes when the network has failed already.
      atBoot(
        "late",
        "After=networking.service",
        "ip link add late0 type bridge; systemctl reset-failed networking.service",
      ),
    ),
    situation: [
      shows("systemctl is-active networking", /^inactive/),
      shows("ip -br link show ens33", "UP"),
      lacks("systemctl is-active network-online.target", /^active/m),
    ],
    holds: [
      // What only wants the target does not wait for it: the networks' start may still be under way.
      shows(
        "until [[ ! $(systemctl list-jobs --no-legend) ]]; do sleep 0.1; done; systemctl is-active apache2 network-online.target",
        /^active\nactive$/m,
      ),
      shows("ip -4 address show dev ens33", "192.168.80.12/24"),
      shows("ip -br link show ens33", "UP"),
    ],
    // It runs now, which a boot undoes.
    untilBoot: /unit networking\.service|late0|10\.44\.0\.|network-online/,
  },
  {
    id: "B10",
    platform: "debian12",
    role: "realserver",
    title: "a web server that listens on its own address alone: `verify` says that the VIP is not served",
    description: cluster("debian12"),
    stands: lines(packages("debian12"), "sed -i 's/^Listen 80$/Listen 192.168.80.12:80/' /etc/apache2/ports.conf"),
    situation: [shows("ss -Hltn", "192.168.80.12:80")],
    holds: [shows("ip -4 address show dev lo", "192.168.80.188/32")],
    verify: { code: 1, says: ["what listens on port 80 does so on 192.168.80.12 alone"] },
  },
];
