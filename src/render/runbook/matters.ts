/** What people have to see to before the first step, for no script can know it. */
import type { Step } from "../../diff/step.ts";
import type { Cluster, Host, NetworkBackend } from "../../model.ts";
import { names } from "./hosts.ts";
import { type Exchange, hangingServices, listensElsewhere, openDirectors } from "./method.ts";
import { isWrapped, movedAddresses, routeChanges, type ToldChange } from "./told.ts";

/** In the order in which they stand. */
export function mattersOf(
  told: readonly ToldChange[],
  steps: readonly Step[],
  cluster: Cluster,
  exchange: Exchange,
): readonly { readonly text: string }[] {
  const wraps = told.some(isWrapped);
  return [
    ...timesOf(steps, exchange),
    ...firewalls(cluster, told),
    ...listening(cluster, told),
    ...routeChanges(told)
      .slice(0, 4)
      .map(({ what, subject, becomes }) => ({
        text: `${subject.kind === "hosts" ? names(subject.names) : ""}: ${
          becomes === null
            ? `the route that the host had before lvsgen came is put back: realserver.sh check --diff says in its line "${what}" behind "back to" which one. (Without these words none comes back, and without that line the route of now stays.) What is left then has to lead to a router that reaches clients, that is no director, and that lets answers from the virtual addresses through without having seen the request (OPERATIONS.md, "What networks have to let through"). ${where(subject, what, cluster.hosts)}`
            : `${becomes} reaches clients and who is logged in`
        }. While directors and these hosts are changed one after the other, they may be reached from their own network alone: have a session from there, or the console, open before the first step, and for going back too.`,
      })),
    ...elsewhere(told),
    ...movedAddresses(told)
      .slice(0, 8)
      .map(({ was, becomes }) => ({
        text: `It is agreed who changes names in DNS, monitoring and firewalls in between from ${was} to ${becomes}, and when (mind the time that names are kept). Without an interruption: nothing of this folder, but OPERATIONS.md of the former folder, "Another virtual address", which speaks of the address to be left.`,
      })),
    ...(wraps
      ? [
          {
            text: 'What is between the directors and the real servers lets the wrapped packets through (OPERATIONS.md, "What networks have to let through"), and lets ICMP errors ("fragmentation needed", "packet too big") of the directors come through to clients: without these large requests hang, such as uploads, and client-test.sh does not show it.',
          },
        ]
      : []),
  ];
}

/**
 * What is done where what is left leads elsewhere, as on a host whose system has had a director as its router since before lvsgen came: lvsgen sets no
 * default route that NAT does not need, so that somebody types it.
 */
function where(subject: ToldChange["subject"], what: string, hosts: readonly Host[]): string {
  const of = subject.kind === "hosts" ? hosts.filter(({ name }) => subject.names.includes(name)) : [];
  const isSix = what.endsWith("::/0");
  const routers = new Set(of.map(({ gateway, gateway6 }) => (isSix ? gateway6 : gateway)?.text ?? null));
  const [only = null] = routers;
  const router = routers.size === 1 && only !== null ? only : "ROUTER";
  const described =
    router === "ROUTER" ? ' (ROUTER is its "gateway" in the description; without one: do not begin)' : "";
  const ip = isSix ? "ip -6" : "ip";
  return `Where it does not${described}, nothing of lvsgen sets another one, and verify fails at gateway with clients waiting. So, before the first step: write ${router} into the system's own network configuration (${configured(of, isSix, router)}), without bringing the interface up: that is for the next boot. And write beside the step of realserver.sh what is typed there at the console right after apply, before verify: ${ip} route replace default via ${router}. Going back may not take back what was typed: where check of the former folder then ends with 2, or its verify with 1, for the route, bash realserver.sh in that folder, at the console; and the system's own configuration gets what it had`;
}

/** How that is written there, in the words of what configures these hosts. */
function configured(hosts: readonly Host[], isSix: boolean, router: string): string {
  const words: Readonly<Record<NetworkBackend, string>> = {
    ifcfg: `nmcli connection modify NAME ${isSix ? "ipv6" : "ipv4"}.gateway ${router} or ${isSix ? "IPV6_DEFAULTGW" : "GATEWAY"}= of the ifcfg file`,
    networkmanager: `nmcli connection modify NAME ${isSix ? "ipv6" : "ipv4"}.gateway ${router}`,
    ifupdown: `gateway ${router} in /etc/network/interfaces`,
    netplan: `via: ${router} below routes: in the file of netplan`,
    networkd: `Gateway=${router} in the .network file`,
  };
  return names([...new Set(hosts.map(({ network }) => words[network]))]);
}

/** How long clients wait. */
function timesOf(steps: readonly Step[], { drained, persistence }: Exchange): readonly { readonly text: string }[] {
  const waiting = steps.flatMap(({ awaited = [] }) => awaited);
  const director = names([...new Set(steps.flatMap(({ script, hosts }) => (script === "director.sh" ? hosts : [])))]);
  // Where no director changes, nothing is sent another way.
  if (waiting.length === 0 || director === "") return [];
  const [first, more] =
    waiting.length === 1
      ? [names(waiting), ""]
      : [
          `the first of ${names(waiting)}`,
          `. From then on those are served that are sent to one that is done, and all of them when the last has ended: two minutes more for each of the others, ${2 * waiting.length + 3} minutes in all, unless somebody sits at each`,
        ];
  const whoWaits =
    persistence === null
      ? "nobody waits"
      : `nobody new waits; clients that it knows by persistence (${persistence} s from their last connection on) still come, and are cut off by the steps, or wait`;
  const spared =
    drained === null
      ? ""
      : `Where ${drained} is drained first (below), which takes up to 600 s, ${whoWaits}. Where it is not: `;
  return [
    {
      text: `It is agreed when, and for how long. ${spared}${spared === "" ? "O" : "o"}f what goes another way, nobody new is served from the apply on ${director} (of several: the one that has the addresses) until apply has ended on ${first}: with one person at the keyboard allow five minutes${more}; and as much again for going back. A second person, with a root session open on ${first}, makes it shorter: that step says what need not be waited for.`,
    },
  ];
}

/** Where real servers in NAT and others come to be in one service. */
function firewalls(cluster: Cluster, told: readonly ToldChange[]): readonly { readonly text: string }[] {
  const hanging = hangingServices(cluster, told);
  if (hanging.length === 0) return [];
  return [
    {
      text: `On ${names(openDirectors(cluster))} neither firewalld nor ufw is in force, now or from the next boot on: the line firewall of bash doctor.sh there names none of the two. (By hand, all three: /etc/ufw/ufw.conf has no ENABLED=yes; firewall-cmd --state says not running, or is not there; systemctl is-enabled firewalld does not say enabled.) Where one is, do not begin: from here on real servers in NAT and others are in ${names(hanging)}, and no new connection to the others comes about there, for their packets are INVALID to it. Have a folder made that changes all of them at once.`,
    },
  ];
}

/** Real servers that are asked at another of their addresses from then on. */
function listening(cluster: Cluster, told: readonly ToldChange[]): readonly { readonly text: string }[] {
  return listensElsewhere(cluster, told).map(({ machines, ports, ss, fromNat }) => {
    const asked = fromNat
      ? "Until now it was asked at the host's own address, from here on at the virtual one: what listens on its own alone refuses every client, and no health check shows it, for these ask its own"
      : "Until now it was asked at the virtual address, from here on at the host's own: what listens on the virtual one alone refuses every client";
    return {
      text: `What serves on ${names(machines)} listens on every address: ${ss} there shows ${ports.length === 1 ? `port ${names(ports)}` : `ports ${names(ports)}`} at * or 0.0.0.0, for IPv6 at * or [::] (unless check --diff there shows a file or a unit of this change that makes it; a line [::] is IPv6 alone, but for CentOS 7, whose ss prints it for both). ${asked}. Where it does not, have it listen on every address before the first step.`,
    };
  });
}

/** Real servers that stay and are sent to another port. */
function elsewhere(told: readonly ToldChange[]): readonly { readonly text: string }[] {
  const port = (name: string): string => name.slice(name.lastIndexOf(":") + 1);
  const moved = told.filter(
    ({ rule, was, becomes }) =>
      rule === "server-address" && was !== null && becomes !== null && port(was) !== port(becomes),
  );
  if (moved.length === 0) return [];
  const where = moved.map(({ what, becomes }) => `${what} (${becomes})`);
  return [
    {
      text: `Something listens where clients go from now on, unless check --diff there shows a file or a unit of this change that makes it: ${names([...new Set(where)])}; ss -ltnu on the host shows it, in DR and TUN at * or 0.0.0.0, for IPv6 at * or [::].`,
    },
  ];
}
