/** What a change of the forwarding method needs beside its steps: what who signs it has to know, and what it does to clients. */
import { hangsBesideNat } from "../../lvs/modes.ts";
import { portOf } from "../../lvs/port.ts";
import { serverName } from "../../lvs/table.ts";
import type { Cluster, RealServer, Service } from "../../model.ts";
import { names } from "./hosts.ts";
import { isOf, machinesOf, methodChanges, type ToldChange } from "./told.ts";

const isNat = ({ was, becomes }: ToldChange): boolean => (was === "nat") !== (becomes === "nat");

/** Directors on which a firewall, where one is in force, stays so. */
export function openDirectors({ directors }: Cluster): readonly string[] {
  return directors.filter(({ firewall }) => firewall === "open").map(({ name }) => name);
}

/** Services that come to have real servers in NAT and others, which a firewall on a director would keep out. */
export function hangingServices(cluster: Cluster, told: readonly ToldChange[]): readonly string[] {
  if (openDirectors(cluster).length === 0) return [];
  return cluster.services
    .filter(hangsBesideNat)
    .filter((one) => isTouched(one, told))
    .map(({ name }) => name);
}

/** What who signs it has to know of it. */
export function methodNotes(cluster: Cluster, told: readonly ToldChange[]): readonly string[] {
  const changes = methodChanges(told);
  if (machinesOf(changes).length < 2) return [];
  const isInterrupted =
    exchangeOf(cluster, told).isWhole && changes.some(({ verdict }) => verdict === "service-interrupted");
  const end = isInterrupted ? "connections end, and nobody new is served meanwhile" : "connections may end by it";
  return [`This folder changes the forwarding method of all of them at once: ${end}. ${insteadOf(cluster, changes)}`];
}

/** What can be done in its place. */
function insteadOf(cluster: Cluster, changes: readonly ToldChange[]): string {
  const { failover, directors } = cluster;
  if (failover !== null && directors.some(({ platform }) => !platform.keepalived.methodsOfServers))
    return "No folder can change one real server of a service alone: keepalived on the director knows one forwarding method a service.";
  const open = openDirectors(cluster);
  const through =
    open.length === 0 || !changes.some(isNat)
      ? ""
      : ` But not from or to NAT where firewalld or ufw is in force on a director (the line firewall of bash doctor.sh on ${names(open)} names it): in between a service has real servers in NAT and others, and no new connection to the others comes about there. Then all at once, as below, at a time that is agreed upon.`;
  return `Where that is not wanted, stop here, and have a folder made for each real server alone (its own "mode", and none in services that have it from a pool): its runbook has it drained first.${through}`;
}

/** A real server that may be drained for it: the only one of them, and others of its services serve meanwhile. */
export function drainedFor(cluster: Cluster, told: readonly ToldChange[]): string | null {
  const [machine, ...more] = machinesOf(methodChanges(told));
  if (machine === undefined || more.length > 0) return null;
  const own = servicesOf(cluster, machine);
  const stays = (service: Service): boolean =>
    service.realServers.some((one) => one.weight > 0 && !isNamed(one, service, machine));
  return own.length > 0 && own.every(stays) ? machine : null;
}

/** Services that a machine is in. */
export function servicesOf({ services }: Cluster, machine: string): readonly Service[] {
  return services.filter((service) => service.realServers.some((one) => isNamed(one, service, machine)));
}

/** Whether that is what a real server is called, by its host or by its address. */
export function isNamed(server: RealServer, service: Service, name: string): boolean {
  return [server.host?.name, server.address.text, serverName(service, server)].includes(name);
}

function isTouched(service: Service, told: readonly ToldChange[]): boolean {
  return methodChanges(told).some(({ subject }) => isOf(subject, service));
}

interface Listening {
  readonly machines: readonly string[];
  readonly ports: readonly string[];
  /** What shows them. */
  readonly ss: string;
  readonly fromNat: boolean;
}

/** Real servers whose packets come for another of their addresses: in NAT for their own, in DR and TUN for the virtual one. */
export function listensElsewhere(cluster: Cluster, told: readonly ToldChange[]): readonly Listening[] {
  return [true, false].flatMap((fromNat) => {
    const changes = methodChanges(told)
      .filter(isNat)
      .filter(({ was }) => (was === "nat") === fromNat);
    const machines = machinesOf(changes);
    const touched = cluster.services.filter((service) => changes.some(({ subject }) => isOf(subject, service)));
    const ports = touched.flatMap((service) =>
      service.realServers
        .filter((one) => machines.some((name) => isNamed(one, service, name)))
        .flatMap((one) => portsOf(service, one)),
    );
    const numbers = [...new Set(ports.map(({ port }) => port))].sort(
      (a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10),
    );
    const protocols = new Set(ports.map(({ protocol }) => protocol));
    const flags = `${protocols.has("tcp") ? "t" : ""}${protocols.has("udp") ? "u" : ""}${protocols.has("sctp") ? "S" : ""}`;
    return numbers.length === 0 ? [] : [{ machines, ports: numbers, ss: `ss -l${flags}n`, fromNat }];
  });
}

/** `80`, `20000-20100`; none of a service of every port. */
function portsOf(service: Service, server: RealServer) {
  const { frontend } = service;
  const port = portOf(service, server);
  if (frontend.kind === "address") return port === 0 ? [] : [{ protocol: frontend.protocol, port: String(port) }];
  return frontend.matches.flatMap(({ protocol, ports }) =>
    ports === null ? [] : [{ protocol, port: [...new Set(ports)].join("-") }],
  );
}

/** The real server that is drained for a change, and whether others serve while those that change do not. */
export interface Exchange {
  readonly drained: string | null;
  readonly isWhole: boolean;
  /** Whether several machines change. */
  readonly isMany: boolean;
  /** For how many seconds clients that are known still come, at most; null: nobody is. */
  readonly persistence: number | null;
  /** Whether a director has a kernel that lets go of silent connections of the former method late, and some come to DR. */
  readonly leavesSilent: boolean;
}

export function exchangeOf(cluster: Cluster, told: readonly ToldChange[]): Exchange {
  const changes = methodChanges(told);
  const machines = machinesOf(changes);
  const touched = cluster.services.filter((service) => isTouched(service, told));
  const isWhole = touched.every((service) =>
    service.realServers.every((one) => one.weight === 0 || machines.some((name) => isNamed(one, service, name))),
  );
  const times = touched.flatMap(({ persistence }) => (persistence === null ? [] : [persistence.timeout]));
  return {
    drained: drainedFor(cluster, told),
    isWhole: touched.length > 0 && isWhole,
    isMany: machines.length > 1,
    persistence: times.length === 0 ? null : Math.max(...times),
    leavesSilent:
      changes.some(({ becomes }) => becomes === "dr") &&
      cluster.directors.some(({ platform }) => isOlder(platform.limits.kernel, endsAtOnce)),
  };
}

/** From this Linux on, connections of an entry that is taken out end at once, before it with their next packet (`expire_nodest_conn`). */
const endsAtOnce = [5, 9] as const;

function isOlder([major, minor]: readonly [number, number], [than, thanMinor]: readonly [number, number]): boolean {
  return major < than || (major === than && minor < thanMinor);
}

/** What waits for the step of the real servers, and what spares the wait before it. */
export function nobodyNew({ drained, isWhole, isMany, persistence, leavesSilent }: Exchange): string {
  const before =
    drained === null
      ? "Of"
      : persistence === null
        ? `Where ${drained} is drained, nobody waits for it. Where it is not: of`
        : `Where ${drained} is drained, nobody new waits for it; clients that it knows by persistence are cut off here, or wait. Where it is not: of`;
  const all = isMany ? ", and not everybody until it has ended on the last" : "";
  const after = isWhole
    ? leavesSilent
      ? ", but for silent ones (below, where it stops)."
      : "."
    : "; where others of the service take new ones meanwhile, up to 30 s are waited for them first, which this spares:";
  return `${before} what goes to other real servers, or to them in another way, nobody new is served from the apply on the director that has the addresses until the next step has ended on a real server${all}: go on with it at once. Connections of the former way end${after}`;
}
