import { expected, wanted } from "./kind.ts";

/** What the unit of nftables loads at boot: the first that is there keeps the open ports (templates/runtime/kinds/firewall.sh). */
const nftablesFiles = ["/etc/nftables.conf", "/etc/sysconfig/nftables.conf"];

export const protection = {
  /** Rules of nftables or iptables: the script that loads them, and their comments. */
  netfilter: wanted<{ readonly loader: string; readonly ids: readonly string[] }>({
    words: ({ loader, ids }) => [loader, ...ids],
  }),
  firewall: wanted<{ readonly port: string }>({
    words: ({ port }) => [port, "open"],
    needs: ({ port }, { firewall }) => [{ kind: "firewall", policy: firewall, ports: [port] }],
    claims: () => nftablesFiles.map((name) => ({ kind: "file", name, part: "open ports", state: "" })),
  }),
  listener: expected<{ readonly protocol: "tcp" | "udp"; readonly port: number }>({
    words: ({ protocol, port }) => [protocol, String(port)],
  }),
};
