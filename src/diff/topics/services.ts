/** Services of the table: `ipvsadm -A`, `-E` and `-D`. */
import { type Change, change, type Subject } from "../change.ts";
import { keyTitle, type TableService, vipOf } from "../read/rules.ts";
import { elsewhere, ends, harmless, interrupts, type Judgement } from "../verdict.ts";
import { type DirectorPair, type Names, serviceSubject } from "./pair.ts";
import { serverChanges } from "./servers.ts";

/** @param moved services by their former key that have another one now */
export function serviceChanges(
  pair: DirectorPair,
  names: Names,
  moved: ReadonlyMap<string, string>,
): readonly Change[] {
  const changes: Change[] = [];
  const formerOf = new Map([...moved].map(([was, becomes]) => [becomes, was]));
  for (const [key, service] of pair.old.table) {
    if (pair.new.table.has(key) || moved.has(key)) continue;
    changes.push(change("service", serviceSubject(key, names), "service", [described(service), null], gone));
  }
  for (const [key, service] of pair.new.table) {
    const subject = serviceSubject(key, names);
    const former = formerOf.get(key);
    const before = pair.old.table.get(former ?? key);
    if (before === undefined) {
      changes.push(change("service", subject, "service", [null, described(service)], added(key, pair)));
      continue;
    }
    const own = [
      ...settingChanges(subject, before, service, pair),
      ...serverChanges(subject, before, service, pair, names),
      ...idleChanges(subject, before, service),
    ];
    if (former === undefined) changes.push(...own);
    else {
      changes.push(
        change("service-address", subject, "what clients connect to", [keyTitle(former), keyTitle(key)], replaced),
      );
      changes.push(...own.map((one) => ({ ...one, ...anew })));
    }
  }
  return changes;
}

/** Nobody is left to whom new connections could go. */
function idleChanges(subject: Subject, old: TableService, next: TableService): readonly Change[] {
  const taking = ({ servers }: TableService): number => [...servers.values()].filter(({ weight }) => weight > 0).length;
  const [was, becomes] = [taking(old), taking(next)];
  if (was === 0 || becomes > 0) return [];
  return [change("service-idle", subject, "real servers that take new connections", [String(was), "none"], idle)];
}

const idle = interrupts(
  "every real server of it has weight 0 then, or is gone: connections that are there go on, new ones are not taken, unless keepalived puts a sorry server in",
);

const gone = interrupts(
  "its real servers get weight 0, their connections up to --drain SECONDS (30) to end, then ipvsadm -D; who connects meanwhile or later is refused",
);

const replaced = interrupts(
  "IPVS has no way to move a service: the new one is made, the former one is taken off with its connections, and clients have to learn the new address",
);

const anew = harmless("the service is made anew at its new address, which is judged there");

function added(key: string, { old }: DirectorPair): Judgement {
  const vip = vipOf(key);
  const around = [...old.table.keys()].find((other) => isEveryPort(other) && vip !== null && vipOf(other) === vip);
  if (around !== undefined)
    return elsewhere(
      `new connections to this port were taken by ${keyTitle(around)} so far; those that are there stay with it`,
    );
  return harmless("nobody was served there before; once the director has it, connections are taken");
}

function isEveryPort(key: string): boolean {
  return key.endsWith(":0");
}

/** In one line, for what comes or goes whole. */
function described({ scheduler, persistence, servers }: TableService): string {
  const sticky = persistence === null ? "" : `, persistence ${persistence} s`;
  return `${scheduler}${sticky}, ${servers.size} real server${servers.size === 1 ? "" : "s"}`;
}

function settingChanges(
  subject: Subject,
  old: TableService,
  next: TableService,
  pair: DirectorPair,
): readonly Change[] {
  const changes: Change[] = [];
  const tell = (rule: string, what: string, was: string | null, becomes: string | null, judgement: Judgement): void => {
    if (was === becomes) return;
    changes.push(change(rule, subject, what, [was, becomes], pair.remakesServices ? remade : judgement));
  };
  tell("service-scheduler", "scheduler", old.scheduler, next.scheduler, rescheduled);
  tell("service-flags", "scheduler flags", old.flags || null, next.flags || null, rescheduled);
  if ((old.persistence === null) !== (next.persistence === null))
    tell("service-persistence", "persistence", seconds(old), seconds(next), next.persistence === null ? freed : bound);
  else tell("service-persistence-timeout", "persistence timeout", seconds(old), seconds(next), timed);
  tell("service-persistence-mask", "client mask of persistence", maskOf(old), maskOf(next), masked);
  tell("service-engine", "persistence engine", old.engine || null, next.engine || null, masked);
  tell("service-one-packet", "one packet scheduling", onOff(old), onOff(next), onePacket);
  return changes;
}

const remade = ends(
  "ipvsadm -E edits it in place, but this keepalived (1.3.5) deletes the service and makes it anew when it is reloaded; what it sends meanwhile ends",
);
const rescheduled = elsewhere(
  "ipvsadm -E in place: connections keep their real servers, new ones are shared out by the new rule (ip_vs_edit_service)",
);
const freed = elsewhere(
  "ipvsadm -E in place: connections stay; new ones of a known client go where the scheduler sends them",
);
const bound = elsewhere("ipvsadm -E in place: connections stay; new ones of a client go where its first one went");
const timed = harmless(
  "ipvsadm -E in place: connections stay; clients that are known keep their former time, new ones get this one",
);
const masked = elsewhere(
  "ipvsadm -E in place: connections stay; who is known by the former rule is not by this one, and may be sent elsewhere",
);
const onePacket = elsewhere(
  "ipvsadm -E in place: what IPVS knows of goes on until it times out, the rest is scheduled by the new rule",
);

function seconds({ persistence }: TableService): string | null {
  return persistence === null ? null : `${persistence} s`;
}

function maskOf({ persistence, mask }: TableService): string | null {
  return persistence === null ? null : mask || "one client";
}

function onOff({ onePacket: isOn }: TableService): string {
  return isOn ? "on" : "off";
}

/** Services that the description calls the same and that are reached otherwise now: former key to new key. */
export function movedServices(
  { old, new: next }: DirectorPair,
  oldNames: Names["services"],
  newNames: Names["services"],
): ReadonlyMap<string, string> {
  const moved = new Map<string, string>();
  const keyOf = new Map([...newNames].map(([key, name]) => [name, key]));
  for (const key of old.table.keys()) {
    const becomes = keyOf.get(oldNames.get(key) ?? "");
    if (becomes !== undefined && !next.table.has(key) && next.table.has(becomes) && !old.table.has(becomes))
      moved.set(key, becomes);
  }
  return moved;
}
