/** The directors that keepalived's files are from, and those that these files name as their peers. */
import { type Address, parseAddress } from "../../net.ts";
import type { Facts, FoundDaemon, FoundInstance } from "../facts.ts";
import { isFrom } from "../host/folder.ts";
import { assumedDirector, type Source, withFamilies, withSources } from "./assumed-director.ts";
import { addressesOf } from "./networks.ts";
import type { PlannedHost } from "./planned.ts";

/** What the files of one director say of VRRP. */
export interface Voice {
  readonly daemons: readonly FoundDaemon[];
  readonly instances: readonly FoundInstance[];
}

export interface PlannedDirectors {
  /** Who takes over first stands first. */
  readonly directors: readonly PlannedHost[];
  readonly others: readonly PlannedHost[];
  /** By the name of the director. */
  readonly voices: ReadonlyMap<string, Voice>;
}

/** @param known hosts that options or their own files describe */
export function planDirectors(
  facts: Facts,
  known: readonly PlannedHost[],
  unique: (wished: string) => string,
  nic: string,
): PlannedDirectors {
  let machines = [...known];
  const voices = new Map<string, Voice>();
  const isFree = (host: PlannedHost): boolean => host.role === "director" && !voices.has(host.name);
  const put = (host: PlannedHost, voice: Voice, place: number): void => {
    const full = withSources({ ...host, role: "director" }, sourcesOf(voice), nic);
    machines = machines.with(place, full);
    voices.set(full.name, voice);
  };
  const next = (): string => `lvs${machines.filter(({ role }) => role === "director").length + 1}`;
  const waiting: Voice[] = [];
  for (const voice of voicesOf(facts)) {
    const place = machines.findIndex((host) => !voices.has(host.name) && isOf(host, voice));
    const host = machines[place];
    if (host === undefined) waiting.push(voice);
    else put(host, voice, place);
  }
  // Whoever takes over first has the first name.
  for (const voice of waiting.sort((a, b) => rankOf(b) - rankOf(a))) {
    const named = peersOf([voice]).flat();
    const place = machines.findIndex((one) => isFree(one) && !named.some((peer) => hasAddress(one, peer)));
    const host = machines[place];
    if (host !== undefined) put(host, voice, place);
    else {
      const name = voice.daemons.find((one) => one.name !== null)?.name ?? next();
      const made = assumedDirector(facts, machines, unique(name), nic, sourcesOf(voice));
      machines.push(made);
      voices.set(made.name, voice);
    }
  }
  const peers = peersOf([...voices.values()]);
  machines = machines.map((host) =>
    host.role !== "director" && peers.flat().some((peer) => hasAddress(host, peer))
      ? { ...host, role: "director" }
      : host,
  );
  const unknown = peers.filter((pair) => !machines.some((host) => pair.some((peer) => hasAddress(host, peer))));
  for (const pair of unknown) {
    const free = machines.findIndex(isFree);
    const host = machines[free];
    const sources = pair.map(
      (address): Source => ({ address, interface: interfaceFor(address, [...voices.values()]) }),
    );
    // Whoever is named without a file is one of those that are spoken to.
    if (host !== undefined && host.found === null && machines.filter(isFree).length >= unknown.length) {
      const full = withSources(host, sources, nic);
      machines = machines.with(free, full);
      voices.set(full.name, { daemons: [], instances: [] });
    } else machines.push(assumedDirector(facts, machines, unique(next()), nic, sources));
  }
  if (!machines.some(({ role }) => role === "director"))
    machines.push(assumedDirector(facts, machines, unique("lvs1"), nic));
  machines = machines.map((host) => (host.role === "director" ? withFamilies(host, facts, machines, nic) : host));
  const directors = machines.filter(({ role }) => role === "director");
  return {
    directors: inOrder(directors, voices),
    others: machines.filter(({ role }) => role !== "director"),
    voices: new Map([...voices].filter(([, { daemons }]) => daemons.length > 0)),
  };
}

/** Files of one director lie together, and say nothing twice. */
function voicesOf({ daemons }: Facts): Voice[] {
  const voices: { daemons: FoundDaemon[]; instances: FoundInstance[] }[] = [];
  for (const daemon of daemons) {
    const same = voices.find(
      (voice) =>
        voice.daemons.every(
          ({ place, name }) =>
            folderOf(place.file) === folderOf(daemon.place.file) &&
            (name === daemon.name || name === null || daemon.name === null),
        ) && !voice.instances.some((one) => daemon.instances.some((other) => isSame(one, other))),
    );
    // lvsgen's own of a single director has nothing but its name.
    if (same === undefined || daemon.instances.length === 0)
      voices.push({ daemons: [daemon], instances: [...daemon.instances] });
    else {
      same.daemons.push(daemon);
      same.instances.push(...daemon.instances);
    }
  }
  return voices;
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}

/** Whether two directors mean the same addresses by these. */
export function isSame(one: FoundInstance, other: FoundInstance): boolean {
  return one.family === other.family && one.routerId === other.routerId;
}

function sourcesOf({ instances }: Voice): Source[] {
  return instances.flatMap(({ source, interface: nic }) => {
    const address = source === null ? null : parseAddress(source);
    return address === null ? [] : [{ address, interface: nic }];
  });
}

/** By its folder, an address, or its name. */
function isOf(host: PlannedHost, voice: Voice): boolean {
  if (voice.daemons.some(({ place }) => host.found !== null && isFrom(place.file, host.found.origin))) return true;
  if (sourcesOf(voice).some(({ address }) => hasAddress(host, address))) return true;
  return voice.daemons.some(({ name }) => name !== null && name.toLowerCase() === host.name.toLowerCase());
}

function hasAddress({ interfaces }: PlannedHost, { text }: Address): boolean {
  return interfaces.some(({ address, address6 }) =>
    [address, address6].some((one) => one !== null && addressesOf([one.replace(/\/.*$/, "")])[0]?.text === text),
  );
}

/** Those of each other director: its address of IPv4, and of IPv6, where instances of both name as many in the same order. */
function peersOf(voices: readonly Voice[]): Address[][] {
  const lists = ([4, 6] as const).map((family) =>
    addressesOf(voices.flatMap(({ instances }) => instances.flatMap(({ peers }) => peers))).filter(
      (address) => address.family === family,
    ),
  );
  const [four = [], six = []] = lists;
  return Array.from({ length: Math.max(four.length, six.length) }, (_, index) =>
    [four[index], six[index]].filter((one) => one !== undefined),
  );
}

function interfaceFor({ text }: Address, voices: readonly Voice[]): string | null {
  const own = voices.flatMap(({ instances }) => instances).find(({ peers }) => peers.includes(text));
  return own?.interface ?? null;
}

/** What keepalived takes where none is said: 100. */
function rankOf(voice: Voice | undefined): number {
  return Math.max(0, ...(voice?.instances ?? []).map(({ priority }) => priority ?? 100));
}

/** As their priorities have it; whoever has no file stands behind one that is the master or above the usual, else before it. */
function inOrder(directors: readonly PlannedHost[], voices: ReadonlyMap<string, Voice>): PlannedHost[] {
  const heard = directors.filter((host) => (voices.get(host.name)?.instances.length ?? 0) > 0);
  const silent = directors.filter((host) => !heard.includes(host));
  const rank = (host: PlannedHost): number => rankOf(voices.get(host.name));
  const isMaster = (host: PlannedHost): boolean =>
    voices.get(host.name)?.instances.some((one) => one.isMaster === true) ?? false;
  const sorted = [...heard].sort((a, b) => rank(b) - rank(a) || Number(isMaster(b)) - Number(isMaster(a)));
  const [first] = sorted;
  if (first === undefined) return silent;
  const own = voices.get(first.name)?.daemons.some(({ cluster }) => cluster !== null) === true;
  // lvsgen counts down from 254, in steps that leave room for all.
  const step = Math.min(20, Math.floor(253 / directors.length));
  const before = own
    ? Math.min(silent.length, Math.round((254 - rank(first)) / step))
    : isMaster(first) || rank(first) > 100
      ? 0
      : silent.length;
  return [...silent.slice(0, before), ...sorted, ...silent.slice(before)];
}
