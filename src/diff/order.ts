/** In which order the scripts are to run: what serves comes before what sends clients there, and goes after it. */
import type { Change, ScriptRole } from "./change.ts";
import { fatesOf, without } from "./fates.ts";
import { readTable, type TableServer } from "./read/rules.ts";
import { restoringHosts } from "./shares.ts";
import { hostsOf, partOf, type Snapshot } from "./snapshot.ts";

export interface Step {
  readonly action: "apply" | "uninstall" | "by-hand";
  /** `director.sh`; null by hand. */
  readonly script: string | null;
  readonly hosts: readonly string[];
  /** Whose script: an uninstall of a role that no host has any more is in the former bundle alone. */
  readonly bundle: "new" | "former";
  readonly why: string;
  /** Those of the hosts that a director sends clients to already for what they get by this step; left out: none. */
  readonly awaited?: readonly string[];
  /** Those of the hosts that an uninstall leaves with the same role of the cluster's new name; left out: none. */
  readonly staying?: readonly string[];
}

export interface Order {
  readonly steps: readonly Step[];
  /** What no order can do without an interruption. */
  readonly notes: readonly string[];
}

export function orderOf(old: Snapshot, next: Snapshot, changes: readonly Change[]): Order {
  if (old.cluster !== next.cluster) return { steps: renamed(old, next), notes: [] };
  const servers = fatesOf(old, next, "realserver");
  const nfs = fatesOf(old, next, "nfs");
  const both = servers.losing.filter((host) => servers.gaining.includes(host));
  const steps: Step[] = [
    ...byHand(changes),
    apply("nfs", nfs.gaining, "what is exported is there before anybody mounts it"),
    apply("realserver", without(servers.gaining, servers.losing), "it is ready before a director sends clients there"),
    ...directorSteps(old, next, changes),
    {
      ...apply("realserver", servers.losing, "after the directors, which still need until then what goes here"),
      ...(both.length > 0 ? { awaited: both } : {}),
    },
    uninstall("realserver", servers.leaving, next, "when no director names it any more"),
    apply("realserver", restoringHosts(old, next), "it brings back what went from a share that it serves"),
    apply("nfs", without(nfs.losing, nfs.gaining), "when nobody mounts any more what goes"),
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

function byHand(changes: readonly Change[]): readonly Step[] {
  const of = (rule: string): readonly string[] => [
    ...new Set(changes.filter((one) => one.rule === rule && one.verdict !== "none").flatMap(hostsOfChange)),
  ];
  const step = (hosts: readonly string[], why: string): Step => ({
    action: "by-hand",
    script: null,
    hosts,
    bundle: "new",
    why,
  });
  return [
    step(of("platform"), "drain it, install the described system, and bring it up"),
    step(of("host-address"), "give the host its new addresses, by its console or by another way in"),
  ];
}

function hostsOfChange({ subject }: Change): readonly string[] {
  return subject.kind === "hosts" ? subject.names : [];
}

/** Why directors are done in an order that the virtual addresses decide, wherever they are when the step begins. */
export const holderFirst = "first on the one that has the virtual addresses, then on the others";
export const holderLast = "one after the other, the one that has the virtual addresses last, with verify on each";

const notRolling: ReadonlySet<string> = new Set(["vrrp-router-id", "vrrp-version", "vrrp-unicast", "vrrp-advertised"]);

function directorSteps(old: Snapshot, next: Snapshot, changes: readonly Change[]): readonly Step[] {
  const [before, after] = [hostsOf(old, "director"), hostsOf(next, "director")];
  const differing = after.filter(
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
    const stop: Step = {
      action: "by-hand",
      script: null,
      hosts: differing,
      bundle: "new",
      why: "keepalived is stopped on all of them but the one that has the virtual addresses: systemctl stop keepalived.service",
    };
    return [
      leaving,
      stop,
      apply("director", differing, holderFirst),
      apply("director", coming, "last: it hears a master"),
    ];
  }
  const isRolling = before.length > 1;
  const why = isRolling ? holderLast : "from here on it sends clients as described";
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

/** What is shared first, then what serves, then what sends clients there. */
export const forward: readonly ScriptRole[] = ["nfs", "realserver", "director"];

/** Another cluster to its hosts: both names are there for a while. */
function renamed(old: Snapshot, next: Snapshot): readonly Step[] {
  return [
    ...forward.map((role) => apply(role, hostsOf(next, role), "the new name is there before the former one goes")),
    ...[...forward].reverse().map((role): Step => {
      const hosts = hostsOf(old, role);
      const staying = hosts.filter((host) => hostsOf(next, role).includes(host));
      return {
        action: "uninstall",
        script: `${role}.sh`,
        hosts,
        bundle: "former",
        why: "what both describe stays in force",
        ...(staying.length > 0 ? { staying } : {}),
      };
    }),
  ].filter(({ hosts }) => hosts.length > 0);
}
