/** What a change has, as the runbook of it looks it up. */
import type { Subject } from "../../diff/change.ts";
import type { Step } from "../../diff/order.ts";
import type { Told, ToldGroup } from "../../diff/since/record.ts";
import type { Verdict } from "../../diff/verdict.ts";
import type { Service } from "../../model.ts";
import { shellWord } from "../quote.ts";

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

/** Real servers that come, each with what asks it for its page as its service's check does, by itself. */
export interface Page {
  readonly host: string;
  readonly command: string;
  /** What it prints where it serves what clients are to see. */
  readonly expects: string;
}

/** So many are named: of more the first show how. */
const mostPages = 4;

export function pagesOf(told: readonly ToldChange[], services: readonly Service[]): readonly Page[] {
  return services
    .flatMap(({ name, check }) => {
      if (check.type !== "http" && check.type !== "https") return [];
      const known = check.verify === false ? "-k " : "";
      const asked = check.name === null ? "" : `-H ${shellWord(`Host: ${check.name}`)} `;
      return comingTo(told, name).map(({ host, server }): Page => {
        const at = check.port === null ? server : server.replace(/:\d+$/, `:${check.port}`);
        const url = shellWord(`${check.type}://${at}${check.path}`);
        return {
          host,
          command: `curl -s -o /dev/null -w '%{http_code}' ${known}${asked}${url}`,
          expects: check.status === null ? "a number from 200 to 399" : String(check.status),
        };
      });
    })
    .slice(0, mostPages);
}

/** Real servers that come to a service, by its name. */
function comingTo(told: readonly ToldChange[], name: string) {
  return told.flatMap(({ rule, action, what, subject }) => {
    const isOwn = subject.kind === "service" && subject.title.startsWith(`${name} (`);
    const [, host, server] = /^real server (\S+) \((\S+)\)$/.exec(what) ?? [];
    return isOwn && rule === "server" && action === "added" && host !== undefined && server !== undefined
      ? [{ host, server }]
      : [];
  });
}

/** `192.0.2.13:80 of -t 192.0.2.80:80`, as `director.sh status` names them. */
export function entriesOf(told: readonly ToldChange[]): readonly string[] {
  return told.flatMap(({ rule, action, what, subject }) => {
    const [, server] = /^real server \S+ \((\S+)\)$/.exec(what) ?? [];
    return subject.kind === "service" && rule === "server" && action === "added" && server !== undefined
      ? [`${server} of ${subject.key}`]
      : [];
  });
}
