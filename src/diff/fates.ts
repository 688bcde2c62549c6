/** What becomes of hosts that have a role: whether they get, lose or leave what clients are sent to. */
import type { ScriptRole } from "./change.ts";
import { type Difference, differencesOf } from "./resources/differences.ts";
import { hostsOf, partOf, type Snapshot } from "./snapshot.ts";

export interface Fates {
  /** Hosts that get something, or something else, or lose what nobody is sent to. */
  readonly gaining: readonly string[];
  /** Hosts that keep the role, and lose something that clients may still be sent to, or send replies to a gateway that the directors bring. */
  readonly losing: readonly string[];
  /** Hosts that have the role no longer. */
  readonly leaving: readonly string[];
}

export function fatesOf(old: Snapshot, next: Snapshot, role: ScriptRole): Fates {
  const hosts = hostsOf(next, role);
  const found = hosts.map((host) => {
    const [was, becomes] = [partOf(old, host, role), partOf(next, host, role)];
    const differences = differencesOf({ host, role }, was?.declared ?? [], becomes?.declared ?? []);
    // To who is new here nobody is sent yet, whichever way its replies will take.
    const loses = was !== null && differences.some(isLoss);
    const differs = was === null || JSON.stringify(was.declared) !== JSON.stringify(becomes?.declared);
    return { host, loses, gains: differs && (was === null || !loses || differences.some(isGain)) };
  });
  return {
    gaining: found.filter(({ gains }) => gains).map(({ host }) => host),
    losing: found.filter(({ loses }) => loses).map(({ host }) => host),
    leaving: without(hostsOf(old, role), hosts),
  };
}

export function without(hosts: readonly string[], others: readonly string[]): readonly string[] {
  return hosts.filter((host) => !others.includes(host));
}

const serving: ReadonlySet<string> = new Set(["address", "firewall", "fou", "unit", "mount", "export"]);

function isLoss({ was, becomes, kind, name }: Difference): boolean {
  if (kind === "route") return name === "default" || name === "::/0";
  if (!serving.has(kind) || was === null) return false;
  if (becomes === null || kind === "fou") return true;
  return takesMore(kind, was.words, becomes.words);
}

function isGain({ was, becomes, kind, name }: Difference): boolean {
  // Replies take it from then on.
  if (kind === "route" && (name === "default" || name === "::/0")) return was === null && becomes !== null;
  if (!serving.has(kind) || becomes === null || becomes.verb !== "want") return false;
  return was === null || kind === "fou" || takesMore(kind, becomes.words, was.words) || !placed.has(kind);
}

const placed: ReadonlySet<string> = new Set(["address", "firewall"]);

/** Whether the one takes what comes by some interface, and the other does not. */
function takesMore(kind: string, one: readonly string[], other: readonly string[]): boolean {
  // What comes for a local address is taken by any interface (ip-sysctl, the host model of Linux); what is wrapped, by its tunnel alone.
  if (kind === "address") return one[1] !== other[1] && one[1] !== "lo";
  // `80/tcp open ens33 tunl0`
  return kind === "firewall" && one.slice(2).some((device) => !other.includes(device));
}
