/** Real servers of a service: `ipvsadm -a`, `-e` and `-d`. */

import { unweighted } from "../../lvs/schedulers.ts";
import { type Change, change, type Subject } from "../change.ts";
import type { TableServer, TableService } from "../read/rules.ts";
import { elsewhere, ends, harmless, interrupts, type Judgement } from "../verdict.ts";
import { keepsPlaces, readdressed, refusedByPlace, removed } from "./departures.ts";
import type { DirectorPair, Names } from "./pair.ts";

export function serverChanges(
  subject: Subject,
  old: TableService,
  next: TableService,
  pair: DirectorPair,
  names: Names,
): readonly Change[] {
  const changes: Change[] = [];
  const label = (server: TableServer): string => serverLabel(server, names);
  const isSorry = ({ name }: TableServer, { key }: TableService, side: DirectorPair["old"]): boolean =>
    side.sorry.has(`${key} ${name}`);
  const gone = [...old.servers.values()].filter(({ name }) => !next.servers.has(name));
  const come = new Map<string, TableServer[]>();
  for (const server of next.servers.values()) {
    if (old.servers.has(server.name)) continue;
    const machine = machineOf(server, names);
    come.set(machine, come.get(machine) ?? []);
    come.get(machine)?.push(server);
  }
  for (const server of gone) {
    const kind = isSorry(server, old, pair.old) ? "sorry server" : "real server";
    const other = come.get(machineOf(server, names))?.shift();
    if (other === undefined)
      changes.push(change("server", subject, `${kind} ${label(server)}`, [told(server), null], removed(server, next)));
    else {
      changes.push(
        change(
          "server-address",
          subject,
          `${kind} ${machineOf(server, names)}`,
          [server.name, other.name],
          readdressed(server, next),
        ),
      );
    }
  }
  for (const server of [...come.values()].flat()) {
    const sorry = isSorry(server, next, pair.new);
    const what = `${sorry ? "sorry server" : "real server"} ${label(server)}`;
    changes.push(change("server", subject, what, [null, told(server)], sorry ? standsBy : added(server, next)));
  }
  const kept = [...next.servers.values()].filter(({ name }) => old.servers.has(name));
  for (const server of kept) {
    const before = old.servers.get(server.name);
    if (before !== undefined) {
      const own = machineOf(server, names);
      const taken = { isBeforehand: pair.beforehand.has(own), isChecked: pair.new.keepalived !== null };
      changes.push(...entryChanges(subject, label(server), before, server, next, taken));
    }
  }
  return changes;
}

/** `web1 (192.0.2.11:80)`, or the address alone where someone else manages the machine. */
function serverLabel({ name, address }: TableServer, names: Names): string {
  const host = names.servers.get(address);
  return host === undefined ? name : `${host} (${name})`;
}

function machineOf({ address }: TableServer, { servers }: Names): string {
  return servers.get(address) ?? address;
}

const methods: Readonly<Record<string, string>> = { "-g": "dr", "-i": "tun", "-m": "nat" };

function told({ weight, method }: TableServer): string {
  return `${methods[method] ?? method}, weight ${weight}`;
}

const standsBy = harmless("it stands by with weight 0, and is used when no real server answers");

/** They send a client by a hash of it, or by where it went before. */
const hashing: ReadonlySet<string> = new Set(["sh", "dh", "mh", "lblc", "lblcr"]);

function added({ weight }: TableServer, { scheduler }: TableService): Judgement {
  if (weight === 0) return harmless("with weight 0 it gets no connections");
  return elsewhere(
    hashing.has(scheduler)
      ? `connections stay where they are; ${scheduler} counts anew with it, so that new ones of known clients may go to other real servers`
      : "connections stay where they are; it gets its share of new ones",
  );
}

/** How a real server comes to another method. */
interface Taken {
  /** Whether its own script is run before the directors'. */
  readonly isBeforehand: boolean;
  /** Whether keepalived looks after the director's table. */
  readonly isChecked: boolean;
}

function entryChanges(
  subject: Subject,
  label: string,
  old: TableServer,
  next: TableServer,
  service: TableService,
  taken: Taken,
): readonly Change[] {
  const changes: Change[] = [];
  const tell = (rule: string, what: string, was: string, becomes: string, judgement: Judgement): void => {
    if (was !== becomes) changes.push(change(rule, subject, `${what} of ${label}`, [was, becomes], judgement));
  };
  tell("server-weight", "weight", `${old.weight}`, `${next.weight}`, weighed(old.weight, next.weight, service));
  tell("server-thresholds", "thresholds", limits(old), limits(next), limited);
  tell(
    "server-method",
    "forwarding method",
    methods[old.method] ?? old.method,
    methods[next.method] ?? next.method,
    methodChanged(old, next, taken),
  );
  if (old.method === next.method && wrapping(old) !== wrapping(next))
    tell("server-tunnel", "tunnel", wrapping(old), wrapping(next), wrapped);
  return changes;
}

function weighed(old: number, next: number, service: TableService): Judgement {
  const { scheduler } = service;
  if (next === 0 && keepsPlaces(service))
    return interrupts(
      `ipvsadm -e in place: its connections go on. ${refusedByPlace(service)} until it has a weight again`,
    );
  if (next === 0)
    return elsewhere(
      "ipvsadm -e in place: its connections go on, new ones go elsewhere; with persistence a known client still comes until its time is over",
    );
  if (old === 0) return elsewhere("ipvsadm -e in place: it gets new connections again, those that are elsewhere stay");
  if (unweighted.some((one) => one === scheduler)) return harmless(`${scheduler} looks only at whether a weight is 0`);
  return elsewhere("ipvsadm -e in place: connections stay, new ones are shared out by the new weights");
}

function limits({ thresholds: [upper, lower] }: TableServer): string {
  return upper === 0 && lower === 0 ? "none" : `${upper} and ${lower}`;
}

const limited = elsewhere(
  "ipvsadm -e -x -y in place: connections stay; above the upper threshold new ones go elsewhere until there are fewer than the lower one",
);

/** Releases before 1.30 do not say that a tunnel is IPIP. */
function wrapping({ method, tunnel }: TableServer): string {
  return method === "-i" && tunnel === "" ? "--tun-type ipip" : tunnel;
}

const wrapped = interrupts(
  "ipvsadm -e in place: the director wraps every packet in the new way at once, those of running connections too, and the real server unwraps them only when its own script has run",
);

const keptMethod =
  "ipvsadm -e in place, and connections keep the method that they began with: they go on as long as the real server's own network lets them, which changes along (virtual address, way of the replies)";
const untilItsScript =
  "New ones sent to it are not answered between the director's script and its own, but where it is drained meanwhile";
const otherMethod = interrupts(`${keptMethod}. ${untilItsScript}`);
const otherMethodDrained = ends(`${keptMethod}. With weight 0 it gets no new ones`);
const reloaded =
  "keepalived's reload takes the entry out of the table and puts it in again: some of its connections end, the others keep the method that they began with, and go on as long as the real server's own network lets them, which changes along (virtual address, way of the replies)";
const otherMethodChecked = interrupts(`${reloaded}. ${untilItsScript}`);
const otherMethodCheckedDrained = ends(`${reloaded}. With weight 0 it gets no new ones`);
const exchanged =
  "connections of the former method would lead those of dr astray, for they share a route in the kernel: the director takes the entry out of the table, with the connections that are left, and puts it in again with dr";
const drainedFirst =
  "Where others of the service take new ones meanwhile, it has weight 0 first and its connections up to --drain SECONDS (30) to end; else they end at once";
const toDirectRouting = interrupts(`${exchanged}. ${drainedFirst}. ${untilItsScript}`);
const fromTunnel = interrupts(
  `${exchanged}. ${drainedFirst}, and new ones fail for the moment in which the entry is away`,
);
const toDirectRoutingDrained = ends(
  `${exchanged}, after up to --drain SECONDS (30) for them to end. With weight 0 it gets no new ones`,
);

const both =
  "the real server's script is run first, and from then on it takes what comes for the virtual address in either way";
/** Those of dr and tun share the entry's route (`dest_dst` in the kernel's `ip_vs_xmit.c`), and one that a tunnel has found has no next hop. */
const toTunnel = ends(
  `${both}. Then ipvsadm -e in place: new ones are wrapped, and connections keep the method that they began with. They share a route in the kernel with the new ones, and where a new one is the first to send, those that were silent hang`,
);
const toTunnelChecked = ends(
  `${both}. keepalived's reload takes the entry out of the table and puts it in again: of the connections that it has some end`,
);

function methodChanged(old: TableServer, next: TableServer, { isBeforehand, isChecked }: Taken): Judgement {
  const toDirect = next.method === "-g" && old.method !== "-g";
  if (old.method === "-g" && next.method === "-i" && isBeforehand) return isChecked ? toTunnelChecked : toTunnel;
  if (next.weight === 0)
    return toDirect ? toDirectRoutingDrained : isChecked ? otherMethodCheckedDrained : otherMethodDrained;
  if (toDirect) return old.method === "-i" ? fromTunnel : toDirectRouting;
  return isChecked ? otherMethodChecked : otherMethod;
}
