/** What is asked before the first step: where hosts stand, whether they would take it, and what no script can know. */
import type { Step } from "../../diff/order.ts";
import type { Host } from "../../model.ts";
import { beginningOf, questionsOf } from "./commands.ts";
import { type HostView, mostWithCommands, shown, viewOf } from "./host-view.ts";
import { type HostBook, names } from "./hosts.ts";
import type { Exchange } from "./method.ts";
import { isNewHost, isWrapped, movedAddresses, routeChanges, type ToldChange } from "./told.ts";

/** Where clients wait from one step to the next, all that asks is typed before the first of them. */
export function asksFirst(steps: readonly Step[]): boolean {
  return steps.some(({ awaited = [] }) => awaited.length > 0);
}

/** That, host by host; none where each step asks for itself. */
export function questionViews(steps: readonly Step[], book: HostBook): readonly HostView[] {
  if (!asksFirst(steps)) return [];
  const hosts = [...new Set(steps.flatMap(({ action, hosts: all }) => (action === "apply" ? all : [])))];
  return onHosts(hosts, steps, book, questionsOf);
}

/**
 * What is typed in the former folder, on each host that was in that bundle.
 *
 * @param sum SHA-256 of its `SHA256SUMS`; null where it never stood in a folder
 */
export function beginningViews(
  steps: readonly Step[],
  told: readonly ToldChange[],
  sum: string | null,
  book: HostBook,
): readonly HostView[] {
  const known = steps.map((step) => ({ ...step, hosts: step.hosts.filter((name) => !isNewHost(told, step, name)) }));
  const scripted = known.filter(({ action }) => action !== "by-hand");
  const hosts = [...new Set(scripted.flatMap((step) => step.hosts))];
  return onHosts(hosts, scripted, book, (step, name) => beginningOf(step, name, sum));
}

/** Each command once a host; of many hosts the first with these commands has them. */
function onHosts(
  hosts: readonly string[],
  steps: readonly Step[],
  book: HostBook,
  linesOf: (step: Step, host: string) => ReturnType<typeof questionsOf>,
): readonly HostView[] {
  const shownBy = new Map<string, string>();
  return hosts.map((name) => {
    const lines = steps.filter(({ hosts: all }) => all.includes(name)).flatMap((step) => linesOf(step, name));
    const once = lines.filter(({ command }, place) => lines.findIndex((one) => one.command === command) === place);
    const typed = once.map(({ command }) => command).join("\n");
    const before = hosts.length > mostWithCommands ? shownBy.get(typed) : undefined;
    shownBy.set(typed, before ?? name);
    const host = shown(book(name));
    return before === undefined
      ? { ...viewOf(once, []), shown: host, noted: false }
      : { ...viewOf([], []), shown: `${host}, as ${before}`, noted: false };
  });
}

/** What people have to see to before the first step. */
export function mattersOf(
  told: readonly ToldChange[],
  steps: readonly Step[],
  hosts: readonly Host[],
  exchange: Exchange,
): readonly { readonly text: string }[] {
  const wraps = told.some(isWrapped);
  return [
    ...timesOf(steps, exchange.drained),
    ...routeChanges(told)
      .slice(0, 4)
      .map(({ what, subject, becomes }) => ({
        text: `${subject.kind === "hosts" ? names(subject.names) : ""}: ${
          becomes === null
            ? `the route that the host had before lvsgen came is put back: realserver.sh check --diff says in its line "${what}" behind "back to" which one. (Without these words none comes back, and without that line the route of now stays.) What is left then leads to a router that reaches clients, that is no director, and that lets answers from the virtual addresses through without having seen the request (OPERATIONS.md, "What networks have to let through"). ${where(subject, what, hosts)}`
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
  return `Where it does not${described}, nothing of lvsgen sets another one, and verify fails at gateway with clients waiting. So, before the first step: write ${router} into the system's own network configuration (nmcli connection modify NAME ${isSix ? "ipv6" : "ipv4"}.gateway ${router}, ${isSix ? "IPV6_DEFAULTGW" : "GATEWAY"}= of the ifcfg file, or its like), without bringing the interface up: that is for the next boot. And write beside the step of realserver.sh what is typed there at the console right after apply, before verify: ${ip} route replace default via ${router}. Going back may not take back what was typed: where check of the former folder then ends with 2 for the route, bash realserver.sh in that folder, at the console; and the system's own configuration gets what it had`;
}

/** How long clients wait. */
function timesOf(steps: readonly Step[], drained: string | null): readonly { readonly text: string }[] {
  const waiting = steps.flatMap(({ awaited = [] }) => awaited);
  const director = names([...new Set(steps.flatMap(({ script, hosts }) => (script === "director.sh" ? hosts : [])))]);
  // Where no director changes, nothing is sent another way.
  if (waiting.length === 0 || director === "") return [];
  const [first, more] =
    waiting.length === 1
      ? [names(waiting), ""]
      : [`the first of ${names(waiting)}`, ", and two more for each of the others unless somebody sits at each"];
  const spared =
    drained === null
      ? ""
      : `Where ${drained} is drained first (below), which takes up to 600 s, nobody waits. Where it is not: `;
  return [
    {
      text: `It is agreed when, and for how long. ${spared}${spared === "" ? "O" : "o"}f what goes another way, nobody new is served from the apply on ${director} (of several: the one that has the addresses) until apply has ended on ${first}: with one person at the keyboard allow five minutes${more}; and as much again for going back. A second person, with a root session open on ${first}, makes it shorter: that step says what need not be waited for.`,
    },
  ];
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
      text: `Something listens where clients go from now on, unless check --diff there shows a file or a unit of this change that makes it: ${names([...new Set(where)])}; ss -ltnu on the host shows it.`,
    },
  ];
}
