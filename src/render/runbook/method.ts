/** What a change of the forwarding method needs beside its steps: what who signs it has to know, and a real server that is drained for it. */
import { hangsBesideNat } from "../../lvs/modes.ts";
import { serverName } from "../../lvs/table.ts";
import type { Cluster, RealServer, Service } from "../../model.ts";
import { aligned } from "./commands.ts";
import { shown } from "./host-view.ts";
import { type HostBook, names } from "./hosts.ts";
import { isNewHost, isOf, machinesOf, methodChanges, type ToldChange } from "./told.ts";

const isNat = ({ was, becomes }: ToldChange): boolean => (was === "nat") !== (becomes === "nat");

/** What who signs it has to know of it. */
export function methodNotes(cluster: Cluster, told: readonly ToldChange[]): readonly string[] {
  const changes = methodChanges(told);
  if (changes.length === 0) return [];
  const open = cluster.directors.filter(({ firewall }) => firewall === "open").map(({ name }) => name);

  const hanging =
    open.length === 0 ? [] : cluster.services.filter(hangsBesideNat).filter((one) => isTouched(one, told));
  const through =
    open.length === 0 || !changes.some(isNat)
      ? ""
      : ` But not from or to NAT where firewalld or ufw is active on a director (systemctl is-active firewalld ufw on ${names(open)}): in between a service has real servers in NAT and others, and no new connection to the others comes about there. Then all at once, as below, at a time that is agreed upon.`;
  return [
    ...(hanging.length === 0
      ? []
      : [
          `From here on real servers in NAT and others are in ${names(hanging.map(({ name }) => name))}. Where firewalld or ufw is active on a director (systemctl is-active firewalld ufw on ${names(open)} says whether it is), do not begin, and have a folder made that changes all of them at once: no new connection to the others comes about there, for their packets are INVALID to it (docs/firewalls.md).`,
        ]),
    ...(machinesOf(changes).length > 1
      ? [
          `This folder changes the forwarding method of all of them at once, and connections may end by it. Where that is not wanted, stop here, and have a folder made for each real server alone (its own "mode", and none in services that have it from a pool): its runbook has it drained first.${through}`,
        ]
      : []),
  ];
}

/** A real server that may be drained for it: the only one of them, and others of its services serve meanwhile. */
function drained(cluster: Cluster, told: readonly ToldChange[]): string | null {
  const [machine, ...more] = machinesOf(methodChanges(told));
  if (machine === undefined || more.length > 0) return null;
  const own = cluster.services.filter((service) => service.realServers.some((one) => isNamed(one, service, machine)));
  const stays = (service: Service): boolean =>
    service.realServers.some((one) => one.weight > 0 && !isNamed(one, service, machine));
  return own.length > 0 && own.every(stays) ? machine : null;
}

function isNamed(server: RealServer, service: Service, name: string): boolean {
  return [server.host?.name, server.address.text, serverName(service, server)].includes(name);
}

function isTouched(service: Service, told: readonly ToldChange[]): boolean {
  return methodChanges(told).some(({ subject }) => isOf(subject, service));
}

/** Steps before the first and after the last; a list, for there may be none. */
export function drainViews(cluster: Cluster, told: readonly ToldChange[], book: HostBook) {
  const name = drained(cluster, told);
  if (name === null) return [];
  const directors = cluster.directors
    .map((director) => director.name)
    .filter((one) => !isNewHost(told, { action: "apply", script: "director.sh" }, one));
  const typed = (command: string) =>
    directors.map((director) => {
      const ends = `0  director ${director}: ok=… changed=… failed=0`;
      return { shown: shown(book(director)), commands: aligned([{ command, ends }]) };
    });
  return [
    {
      name,
      before: typed(`bash director.sh drain ${name} --drain 600`),
      after: typed(`bash director.sh undrain ${name}`),
    },
  ];
}

/** The real server that is drained for a change, and whether others serve while those that change do not. */
export interface Exchange {
  readonly drained: string | null;
  readonly isWhole: boolean;
}

export function exchangeOf(cluster: Cluster, told: readonly ToldChange[]): Exchange {
  const machines = machinesOf(methodChanges(told));
  const touched = cluster.services.filter((service) => isTouched(service, told));
  const isWhole = touched.every((service) =>
    service.realServers.every((one) => one.weight === 0 || machines.some((name) => isNamed(one, service, name))),
  );
  return { drained: drained(cluster, told), isWhole: touched.length > 0 && isWhole };
}

/** What waits for the step of the real servers, and what spares the wait before it. */
export function nobodyNew({ drained, isWhole }: Exchange): string {
  const before = drained === null ? "Of" : `Where ${drained} is drained, nobody waits for it. Where it is not: of`;
  const after = isWhole
    ? "."
    : "; where others of the service take new ones meanwhile, up to 30 s are waited for them first, which this spares:";
  return `${before} what goes to other real servers, or to them in another way, nobody new is served from the apply on the director that has the addresses until the next step has ended on a real server: go on with it at once. Connections of the former way end${after}`;
}
