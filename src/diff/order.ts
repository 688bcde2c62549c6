/** In which order the scripts are to run: what serves comes before what sends clients there, and goes after it. */
import { readdressing, reinstalledHosts, reinstalling } from "./by-hand.ts";
import type { Change, ScriptRole } from "./change.ts";
import { renamed } from "./exchanged-names.ts";
import { fatesOf, without } from "./fates.ts";
import { readTable, type TableServer } from "./read/rules.ts";
import { restoringHosts } from "./shares.ts";
import { hostsOf, partOf, type Snapshot } from "./snapshot.ts";
import { byHand, holderFirst, holderLast, type Order, type Step } from "./step.ts";

export function orderOf(old: Snapshot, next: Snapshot, changes: readonly Change[]): Order {
  if (old.cluster !== next.cluster) return renamed(old, next);
  const servers = fatesOf(old, next, "realserver");
  const nfs = fatesOf(old, next, "nfs");
  const anew = reinstalledHosts(changes);
  const losing = without(servers.losing, anew);
  const both = losing.filter((host) => servers.gaining.includes(host));
  const installed = reinstalling(next, anew, whys);
  const steps: Step[] = [
    readdressing(changes),
    ...installed.nfs,
    apply("nfs", without(nfs.gaining, anew), whys.nfs),
    ...installed.realserver,
    apply("realserver", without(servers.gaining, [...servers.losing, ...anew]), whys.realserver),
    ...directorSteps(old, next, changes, anew),
    ...installed.director,
    {
      ...apply("realserver", losing, "after the directors, which still need until then what goes here"),
      ...(both.length > 0 ? { awaited: both } : {}),
    },
    uninstall("realserver", servers.leaving, next, "when no director names it any more"),
    apply(
      "realserver",
      without(restoringHosts(old, next), anew),
      "it brings back what went from a share that it serves",
    ),
    apply("nfs", without(nfs.losing, [...nfs.gaining, ...anew]), "when nobody mounts any more what goes"),
    uninstall("nfs", nfs.leaving, next, "when nobody mounts its shares any more"),
  ].filter(({ hosts }) => hosts.length > 0);
  const notes =
    both.length === 0
      ? []
      : [
          `${both.join(", ")}: something comes and something goes in one run, so that no order is without a moment in which clients are sent where nobody serves.${insteadOf(old, next, both, changes)}`,
        ];
  return { steps, notes };
}

/** What can be done in its place; nothing that the compiler refuses. */
function insteadOf(old: Snapshot, next: Snapshot, both: readonly string[], changes: readonly Change[]): string {
  const of = (rule: string): boolean => changes.some((one) => one.rule === rule && one.verdict !== "none");
  if (of("server-method")) {
    if (knowsOneMethod(next))
      return " Agree upon a time: keepalived 1.3.5 on the director knows one forwarding method a service, so that its real servers change together.";
    const alone = aloneAmongOthers(old, next);
    if (alone && both.length === 1)
      return ` Drained first, as the runbook has it, ${both.join()} gets nobody new meanwhile.`;
    const isNat = changes.some(({ rule, was, becomes }) => rule === "server-method" && [was, becomes].includes("nat"));
    const but = isNat
      ? " (not where firewalld or ufw is in force on a director, which lets nobody new through to the others of a service that NAT is in)"
      : "";
    return ` Where that matters, change one real server after the other, each by its own "mode" and drained meanwhile${but}: a forwarding method cannot come before the other goes.`;
  }
  if (of("service-address"))
    return ' Where that matters: OPERATIONS.md of the former bundle, "Another virtual address".';
  return " Where that matters, describe and apply what comes first, and what goes in a second change.";
}

/** Whether a director's keepalived has one forwarding method a service: the release that cannot name its process (1.3.5 of EL7). */
function knowsOneMethod(next: Snapshot): boolean {
  return next.parts.some(
    ({ role, declared }) =>
      role === "director" && declared.some(({ kind, words }) => kind === "keepalived" && words[1] === "unnamed"),
  );
}

/** Whether one machine comes to another method, and each of its services has others that serve meanwhile. */
function aloneAmongOthers(old: Snapshot, next: Snapshot): boolean {
  const [director = ""] = hostsOf(next, "director");
  const tableOf = (side: Snapshot, host: string) => readTable(partOf(side, host, "director")?.declared ?? []);
  const [before, after] = [tableOf(old, hostsOf(old, "director")[0] ?? ""), tableOf(next, director)];
  const machineOf = ({ address }: TableServer): string => next.serverNames.get(address) ?? address;
  const changing = [...after.values()].flatMap(({ key, servers }) =>
    [...servers.values()].filter(({ name, method }) => {
      const was = before.get(key)?.servers.get(name);
      return was !== undefined && was.method !== method;
    }),
  );
  const [machine, ...more] = new Set(changing.map(machineOf));
  if (machine === undefined || more.length > 0) return false;
  return [...after.values()].every(({ servers }) => {
    const all = [...servers.values()];
    return (
      !all.some((one) => machineOf(one) === machine) || all.some((one) => one.weight > 0 && machineOf(one) !== machine)
    );
  });
}

function apply(role: ScriptRole, hosts: readonly string[], why: string): Step {
  return { action: "apply", script: `${role}.sh`, hosts, bundle: "new", why };
}

function uninstall(role: ScriptRole, hosts: readonly string[], next: Snapshot, why: string): Step {
  const bundle = hostsOf(next, role).length > 0 ? "new" : "former";
  return { action: "uninstall", script: `${role}.sh`, hosts, bundle, why };
}

/** Why a script is run where it is; a director's where nothing else is to be said. */
const whys: Readonly<Record<ScriptRole, string>> = {
  nfs: "what is exported is there before anybody mounts it",
  realserver: "it is ready before a director sends clients there",
  director: "from here on it sends clients as described",
};

const notRolling: ReadonlySet<string> = new Set(["vrrp-router-id", "vrrp-version", "vrrp-unicast", "vrrp-advertised"]);

/** @param anew hosts that are installed anew, which have steps of their own */
function directorSteps(
  old: Snapshot,
  next: Snapshot,
  changes: readonly Change[],
  anew: readonly string[],
): readonly Step[] {
  const [before, after] = [hostsOf(old, "director"), hostsOf(next, "director")];
  const differing = without(after, anew).filter(
    (host) => before.includes(host) && differs(partOf(old, host, "director"), partOf(next, host, "director")),
  );
  const coming = without(after, before);
  const leaving = uninstall(
    "director",
    without(before, after),
    next,
    "it hands the virtual addresses over, or takes them off, before another machine has them",
  );
  if (changes.some(({ rule, verdict }) => notRolling.has(rule) && verdict !== "none")) {
    return [
      leaving,
      byHand(
        differing,
        "keepalived is stopped on all of them but the one that has the virtual addresses: systemctl stop keepalived.service",
      ),
      apply("director", differing, holderFirst),
      apply("director", coming, "last: it hears a master"),
    ];
  }
  const isRolling = before.length > 1;
  const why = isRolling ? holderLast : whys.director;
  return [
    leaving,
    // The first of the description has the addresses unless something has happened to it.
    apply("director", isRolling ? [...differing].reverse() : differing, why),
    apply(
      "director",
      coming,
      before.length === leaving.hosts.length
        ? "it serves from here on"
        : "after those that are there, which have to know it",
    ),
  ];
}

function differs(was: { readonly declared: unknown } | null, becomes: { readonly declared: unknown } | null): boolean {
  return JSON.stringify(was?.declared) !== JSON.stringify(becomes?.declared);
}
