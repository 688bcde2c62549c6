/** What a change has, as the runbook of it looks it up. */
import type { Subject } from "../../diff/change.ts";
import type { Told, ToldGroup } from "../../diff/since/record.ts";
import type { Step } from "../../diff/step.ts";
import type { Verdict } from "../../diff/verdict.ts";
import { serverName, serviceName } from "../../lvs/table.ts";
import type { RealServer, Service } from "../../model.ts";

export interface ToldChange extends Told {
  readonly subject: Subject;
  readonly verdict: Verdict;
}

export function toldChanges(groups: readonly ToldGroup[]): readonly ToldChange[] {
  return groups.flatMap(({ subject, alike }) =>
    alike.flatMap(({ verdict, shown }) => shown.map((told) => ({ ...told, subject, verdict }))),
  );
}

/** `web3` of `real server web3 (192.0.2.13:80)`, `192.0.2.13` of one by its address: who comes to the table or goes, each once. */
export function serversOf(told: readonly ToldChange[], action: Told["action"]): readonly string[] {
  const names = told
    .filter((one) => one.rule === "server" && one.action === action && one.what.startsWith("real server "))
    // With weight 0 it gets nobody, and that is meant.
    .filter(({ becomes }) => becomes === null || !becomes.endsWith("weight 0"))
    .map(({ what }) => machineOf(what));
  return [...new Set(names)];
}

/** `web1` of `forwarding method of web1 (192.0.2.11:80)`: whom changes of entries are about, each once, however many ports it has. */
export function machinesOf(changes: readonly ToldChange[]): readonly string[] {
  return [...new Set(changes.map(({ what }) => machineOf(what)))];
}

/** As `drain` takes it: a name, or an address without its port. */
function machineOf(what: string): string {
  const [name = ""] = what.replace(/^(?:real server|forwarding method of|tunnel of) /, "").split(" ", 1);
  return name.replace(/^\[([^\]]+)\]:\d+$/, "$1").replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
}

/** Hosts for which no script of the former bundle is. */
export function isNewHost(
  told: readonly ToldChange[],
  { script, action }: Pick<Step, "script" | "action">,
  name: string,
): boolean {
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

/** Changes of the default route, by which a host answers, whoever is logged in to it too. */
export function routeChanges(told: readonly ToldChange[]): readonly ToldChange[] {
  return told.filter(({ rule, verdict }) => rule === "default-route" && verdict === "host-reached-otherwise");
}

/** Those of the hosts of a step. */
export function reroutedBy(
  told: readonly ToldChange[],
  { action, script, hosts }: Pick<Step, "action" | "script" | "hosts">,
): readonly ToldChange[] {
  if (action !== "apply") return [];
  return routeChanges(told).filter(
    ({ subject }) =>
      subject.kind === "hosts" &&
      (subject.role === null || `${subject.role}.sh` === script) &&
      subject.names.some((name) => hosts.includes(name)),
  );
}

/** Packets come to a real server wrapped that did not, or in another way. */
export function isWrapped({ rule, becomes }: ToldChange): boolean {
  return rule === "server-tunnel" || (rule === "server-method" && becomes === "tun");
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
): readonly { readonly was: string; readonly becomes: string; readonly service: string }[] {
  return told.flatMap(({ rule, was, becomes, subject }) =>
    rule === "service-address" && was !== null && becomes !== null
      ? [{ was, becomes, service: subject.kind === "service" ? subject.title : "" }]
      : [],
  );
}

/** Real servers that come to a service, also where its pool gets them. */
export function comingTo(told: readonly ToldChange[], service: Service): readonly RealServer[] {
  const names = new Set(
    told
      .filter(({ rule, action, subject }) => rule === "server" && action === "added" && isOf(subject, service))
      .map(({ what }) => what.replace(/^real server /, "").replace(/ \(.*$/, "")),
  );
  if (names.size === 0) return [];
  return service.realServers.filter((one) =>
    [one.host?.name ?? "", one.address.text, serverName(service, one)].some((name) => names.has(name)),
  );
}

export function isOf(subject: Subject, service: Service): boolean {
  if (subject.kind === "pool") return subject.name === service.pool;
  return subject.kind === "service" && subject.key === serviceName(service);
}

/** `192.0.2.13:80 of -t 192.0.2.80:80`, as `director.sh status` names them. */
export function entriesOf(told: readonly ToldChange[], services: readonly Service[]): readonly string[] {
  return services.flatMap((service) =>
    comingTo(told, service).map((one) => `${serverName(service, one)} of ${serviceName(service)}`),
  );
}
