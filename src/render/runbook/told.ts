/** What a change has, as the runbook of it looks it up. */
import type { Subject } from "../../diff/change.ts";
import type { Step } from "../../diff/order.ts";
import type { Told, ToldGroup } from "../../diff/since/record.ts";
import type { Verdict } from "../../diff/verdict.ts";

export interface ToldChange extends Told {
  readonly subject: Subject;
  readonly verdict: Verdict;
}

export function toldChanges(groups: readonly ToldGroup[]): readonly ToldChange[] {
  return groups.flatMap(({ subject, alike }) =>
    alike.flatMap(({ verdict, shown }) => shown.map((told) => ({ ...told, subject, verdict }))),
  );
}

/** `web3` of `real server web3 (192.0.2.13:80)`: real servers of the table that come or go, each once. */
export function serversOf(told: readonly ToldChange[], action: Told["action"]): readonly string[] {
  const names = told
    .filter((one) => one.rule === "server" && one.action === action && one.what.startsWith("real server "))
    // With weight 0 it gets nobody, and that is meant.
    .filter(({ becomes }) => becomes === null || !becomes.endsWith("weight 0"))
    .map(({ what }) => what.replace(/^real server /, "").replace(/ \(.*$/, ""));
  return [...new Set(names)];
}

/** Hosts for which no script of the former bundle is. */
export function isNewHost(told: readonly ToldChange[], { script, action }: Step, name: string): boolean {
  return (
    action === "apply" &&
    told.some(
      ({ rule, action: how, subject }) =>
        rule === "role" &&
        how === "added" &&
        subject.kind === "hosts" &&
        `${subject.role}.sh` === script &&
        subject.names.includes(name),
    )
  );
}

/** Changes of the way in which packets get to a real server that connections do not outlive. */
export function methodChanges(told: readonly ToldChange[]): readonly ToldChange[] {
  return told.filter(
    ({ rule, verdict }) => (rule === "server-method" || rule === "server-tunnel") && verdict !== "none",
  );
}

/** Virtual addresses that services leave, with where they go. */
export function movedAddresses(
  told: readonly ToldChange[],
): readonly { readonly was: string; readonly becomes: string }[] {
  return told.flatMap(({ rule, was, becomes }) =>
    rule === "service-address" && was !== null && becomes !== null ? [{ was, becomes }] : [],
  );
}
