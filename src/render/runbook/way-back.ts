/** The way back from a step: what is typed, what clients notice of it, and what shows that it is done. */
import { installedBy, readdressedBy } from "../../diff/by-hand.ts";
import type { ToldGroup } from "../../diff/since/record.ts";
import { holderFirst, type Step } from "../../diff/step.ts";
import { type Effect, priceOf } from "./effects.ts";
import { names } from "./hosts.ts";
import { isNewHost, movedAddresses, reroutedBy, serversOf, type ToldChange, toldChanges } from "./told.ts";

export interface WayBack {
  /** What is typed, on which hosts, and in which folder. */
  readonly lines: readonly Line[];
  /** Whether the former folder proves that all is as before. */
  readonly proves: boolean;
  /** Whether there is a machine that tests. */
  readonly tested: boolean;
  /** Virtual addresses of services, which names in DNS lead to. */
  readonly moved: readonly { readonly was: string; readonly becomes: string }[];
  /** Where a host that is taken out may be dead: what it would get again. */
  readonly dead: readonly { readonly gets: string }[];
  /** Whether the way out of a host changes by it. */
  readonly rerouted: boolean;
  /** Whether connections are waited for, of what goes by it. */
  readonly drains: boolean;
  /** Who stays drained if that was done before the first step, and where; a list, for mostly nobody is. */
  readonly drained: readonly Drained[];
  /** What clients notice of it. */
  readonly price: readonly Effect[];
  /** Whether they notice nothing of it, as far as is known. */
  readonly free: boolean;
}

/** A real server that is drained before the first step, and the directors where. */
export interface Drained {
  readonly name: string;
  readonly directors: string;
}

interface Line {
  readonly number: string;
  /** Empty where it is done by hand. */
  readonly command: string;
  readonly hand: string;
  readonly hosts: string;
  readonly where: string;
  /** Of several directors: which is the last. */
  readonly last: string;
}

/**
 * @param done the steps up to here
 * @param change what changes; null where there is no former bundle
 * @param hasTold whether one of the steps has changed what becomes of services
 * @returns a list, for it may be none
 */
export function wayBack(
  done: readonly Step[],
  change: {
    readonly told: readonly ToldChange[];
    readonly returning: readonly ToldGroup[] | null;
    readonly isTested: boolean;
    readonly isWatched: boolean;
    readonly drained: readonly Drained[];
  } | null,
  hasTold: boolean,
): readonly WayBack[] {
  const lines = linesOf(done, change?.told ?? null);
  if (lines.length === 0) return [];
  const isKnown = change !== null && change.returning !== null && hasTold;
  const price = isKnown ? priceOf(change.returning.filter((group) => isBegun(group, done))) : [];
  return [
    {
      lines,
      proves: change !== null,
      tested: change?.isTested === true,
      moved: change !== null && hasTold ? movedAddresses(change.told) : [],
      dead:
        change !== null && hasTold && serversOf(change.told, "removed").length > 0
          ? [{ gets: change.isWatched ? "clients until its check has found it dead" : "its share of the clients" }]
          : [],
      rerouted: change !== null && done.some((step) => reroutedBy(change.told, step).length > 0),
      drains: isKnown && toldChanges(change.returning).some(isLeaving),
      drained: change?.drained ?? [],
      price,
      free: isKnown && price.length === 0,
    },
  ];
}

/** Entries that go, or come back at another address: the runtime waits for those alone (`drain_first`). */
function isLeaving({ rule, action }: ToldChange): boolean {
  if (rule === "server-address" || rule === "service-address") return true;
  return action === "removed" && (rule === "server" || rule === "service");
}

/**
 * From the end of a step back to the beginning: what was done last goes first. Then the former bundle proves that all is as before.
 *
 * Real servers for which clients waited get and lose something by going back too: again after the directors, so that what they go back to is there.
 */
function linesOf(done: readonly Step[], told: readonly ToldChange[] | null): readonly Line[] {
  const anew = installedBy(done);
  const undone = done
    .filter(({ action }) => action !== "by-hand")
    .map((step) => ({ ...step, hosts: step.hosts.filter((host) => !anew.includes(host)) }))
    .filter(({ hosts }) => hosts.length > 0);
  const isPair = undone.some(({ script, hosts }) => script === "director.sh" && hosts.length > 1);
  const lines = [
    ...turns(undone).flatMap((step) => [...undoing(step, isPair), ...(comesBack(step) ? [proofOf(step, [])] : [])]),
    byHand("give back the addresses that the former folder describes", readdressedBy(done)),
    byHand(
      "drain it, install the system that the former folder describes, and do its steps of a first installation",
      [...anew].reverse(),
    ),
    ...(told === null ? [] : undone.map((step) => proofOf(step, told))),
  ];
  const once = lines.filter(
    (line, index) => lines.findIndex((one) => JSON.stringify(one) === JSON.stringify(line)) === index,
  );
  return once
    .filter(({ hosts }) => hosts.length > 0)
    .map(({ hosts, ...line }, index) => ({ ...line, number: String(index + 1), hosts: names(hosts) }));
}

function byHand(hand: string, hosts: readonly string[]) {
  return { command: "", hand, hosts: [...new Set(hosts)], where: "", last: "" };
}

/** What goes back when. */
function turns(undone: readonly Step[]): readonly Step[] {
  const isAwaited = ({ awaited = [] }: Step, host: string): boolean => awaited.includes(host);
  const those = (step: Step, awaited: boolean): Step => ({
    ...step,
    hosts: step.hosts.filter((host) => isAwaited(step, host) === awaited),
  });
  const back = [...undone].reverse();
  const before = back.map((step) => those(step, false)).filter(({ hosts }) => hosts.length > 0);
  const late = back.map((step) => those(step, true)).filter(({ hosts }) => hosts.length > 0);
  const directors = before.findLastIndex(({ script }) => script === "director.sh");
  return [...before.slice(0, directors + 1), ...late, ...before.slice(directors + 1)];
}

function undoing({ action, script, hosts, why }: Step, isPair: boolean) {
  const undone = {
    command: action === "uninstall" ? `bash ${script ?? ""}` : `bash ${script ?? ""} rollback --to N`,
    hand: "",
    // Of several directors the one that has the virtual addresses is the last in either direction.
    hosts: script === "director.sh" ? hosts : [...hosts].reverse(),
    where: action === "uninstall" ? "in the former folder" : "",
    last: script === "director.sh" && isPair ? ", the one that status calls master last" : "",
  };
  if (why !== holderFirst || hosts.length < 2) return [undone];
  // Neither hears the other while one has the change and the other has not. A rollback leaves keepalived stopped where it was before the apply.
  const keepalived = (verb: string, last: string) => ({
    ...undone,
    command: `systemctl ${verb} keepalived.service`,
    last,
  });
  return [
    keepalived("stop", ", but not on the one that status calls master"),
    { ...undone, last: ", the one that status called master first" },
    keepalived("start", ", when all of them are back"),
  ];
}

/** Real servers that are to serve before a director sends clients there again. */
function comesBack({ action, script }: Step): boolean {
  return action === "uninstall" && script === "realserver.sh";
}

function proofOf(step: Step, told: readonly ToldChange[]) {
  const { script, hosts } = step;
  return {
    command: `bash ${script ?? ""} verify`,
    hand: "",
    hosts: hosts.filter((name) => !isNewHost(told, step, name)),
    where: "in the former folder",
    last: "",
  };
}

/** Whether one of these steps has touched what a group is about. */
function isBegun({ subject }: ToldGroup, done: readonly Step[]): boolean {
  if (subject.kind !== "hosts") return true;
  const { names, role } = subject;
  return done.some(
    ({ script, hosts }) =>
      (role === null || script === null || `${role}.sh` === script) && names.some((name) => hosts.includes(name)),
  );
}
