import type { Opening } from "../opening.ts";
import { expected, wanted } from "./kind.ts";

/** What firewalls load at boot: those that are there keep lvsgen's openings (templates/runtime/kinds/firewall-file.sh). */
const ruleFiles = [
  "/etc/nftables.conf",
  "/etc/sysconfig/nftables.conf",
  "/etc/sysconfig/iptables",
  "/etc/sysconfig/ip6tables",
  "/etc/iptables/rules.v4",
  "/etc/iptables/rules.v6",
  "/etc/ufw/before.rules",
  "/etc/ufw/before6.rules",
];

export const protection = {
  /** Rules of nftables or iptables: the script that loads them, and their comments. */
  netfilter: wanted<{ readonly loader: string; readonly ids: readonly string[] }>({
    words: ({ loader, ids }) => [loader, ...ids],
  }),
  firewall: wanted<Opening>({
    words: ({ what, devices }) => [what, "open", ...devices],
    needs: ({ what }, { firewall }) => [{ kind: "firewall", policy: firewall, openings: [what] }],
    claims: () => ruleFiles.map((name) => ({ kind: "file", name, part: "openings", state: "" })),
  }),
  /** Rules that stay in force when the unit that loaded them is stopped. */
  filtering: wanted<{ readonly tool: "iptables" | "ip6tables" | "ufw" }>({ words: ({ tool }) => [tool, "off"] }),
  /** No rule keeps out what comes in, whoever has made it, nor what this role needs (in the words of openings). */
  unfiltered: expected<{ readonly needed: readonly string[] }>({ words: ({ needed }) => ["input", ...needed] }),
  /** `80`, or `8000-8099` where one of them is enough. */
  listener: expected<{ readonly protocol: "tcp" | "udp"; readonly ports: string }>({
    words: ({ protocol, ports }) => [protocol, ports],
  }),
};
