/** Kernel settings: they hold for the whole host and at once. */
import { ends, harmless, interrupts, type Judgement, unknown } from "../verdict.ts";
import type { Difference } from "./differences.ts";
import { type Around, type KindRule, told } from "./rule.ts";

export const sysctl: KindRule = (difference, around) => [
  told("sysctl", `kernel setting ${difference.name}`, difference, judged(difference, around)),
];

function judged({ name, was, becomes }: Difference, { carriesVips, hasOneInterface }: Around): Judgement {
  const key = name.replaceAll("/", ".");
  const value = becomes?.words[1] ?? null;
  if (/^net\.ipv4\.ip_forward$|^net\.ipv6\.conf\.[^.]+\.forwarding$/.test(key)) {
    if (value === "1" || (value === null && was?.words[1] === "0")) return forwards;
    return value === "0" || was?.words[1] === "1" ? stopsForwarding : undecided;
  }
  if (/\.(?:arp_ignore|arp_announce|rp_filter)$/.test(key)) {
    if (value === null && carriesVips && hasOneInterface && key.endsWith(".rp_filter")) return oneWay;
    return silence(value, carriesVips, key);
  }
  if (/\.send_redirects$/.test(key)) return value === "0" || !carriesVips ? quietRouter : undecided;
  if (key === "net.ipv4.vs.conntrack") return tracked;
  if (key === "net.ipv4.vs.expire_nodest_conn") return value === "1" ? expires : undecided;
  if (key === "net.ipv4.vs.backup_only") return value === "1" ? backup : undecided;
  return undecided;
}

function silence(value: string | null, carriesVips: boolean, key: string): Judgement {
  if (value !== null && Number(value) > 0) return silent;
  if (!carriesVips) return noVip;
  if (key.endsWith(".rp_filter")) return strict;
  return key.endsWith(".arp_ignore") ? speaks : undecided;
}

const forwards = harmless("the host forwards packets from then on, or may again");
const stopsForwarding = interrupts(
  "the host forwards nothing any more: what it routes for others ends, replies in NAT too",
);
const silent = harmless("it keeps the host silent about virtual addresses, or takes their packets");
const noVip = harmless("the host has no virtual address any more that it would be about");
const speaks = interrupts(
  "the host answers ARP for virtual addresses that it has: clients come to it past the director",
);
const oneWay = harmless(
  "it goes back to what it was before the first apply, and the host is described with one interface, by which answers leave as well",
);
const strict = ends(
  "it goes back to what it was before the first apply: where that is 1, connections whose answers leave by another interface than their packets come by end",
);
const quietRouter = harmless("a matter of ICMP redirects, which lvsgen switches off for directors");
const tracked = ends(
  "connections that began before are not known to connection tracking, and a stateful firewall drops their packets",
);
const expires = harmless("it counts when a real server is removed: its connections end at once");
const backup = harmless("a backup hands on nothing that the master has handed to it");
const undecided = unknown(
  "it holds for the whole host and at once; lvsgen has no rule for what it does. Removed, it goes back to what it was before the first apply",
);
