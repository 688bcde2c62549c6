import type { Subject } from "../change.ts";
import { fatesOf, without } from "../fates.ts";
import { keyTitle, readTable, type Table } from "../read/rules.ts";
import { type Declared, hostsOf, partOf, type Snapshot } from "../snapshot.ts";

/** A director before and after: what its clients' services were and become. */
export interface DirectorPair {
  readonly old: DirectorSide;
  readonly new: DirectorSide;
  /**
   * Whether its keepalived makes a service anew where its scheduler, persistence or flags change: the releases that cannot name their
   * process do (1.3.5 of EL7). Later ones edit it.
   */
  readonly remakesServices: boolean;
  /** Names of the real servers whose own script is run before the directors': they lose nothing by it. */
  readonly beforehand: ReadonlySet<string>;
}

export interface DirectorSide {
  readonly table: Table;
  /** Text of keepalived.conf; null: none. */
  readonly keepalived: string | null;
  /** `-t 192.0.2.80:80 192.0.2.60:80`: entries that stand in when no real server is left. */
  readonly sorry: ReadonlySet<string>;
  readonly marks: readonly string[];
}

/**
 * Each director of the new bundle with what it was; one that is new, with a director that was there before, for it has the table of
 * all. Where all have left, there is nothing to compare.
 */
export function directorPairs(old: Snapshot, next: Snapshot): readonly DirectorPair[] {
  const [former] = hostsOf(old, "director");
  const beforehand = new Set(without(hostsOf(next, "realserver"), fatesOf(old, next, "realserver").losing));
  return hostsOf(next, "director").map((host) => {
    const before = partOf(old, host, "director") ?? partOf(old, former ?? "", "director");
    const after = partOf(next, host, "director");
    const declared = after?.declared ?? [];
    return {
      old: side(before?.declared ?? []),
      new: side(declared),
      remakesServices:
        keepalivedOf(declared)?.words[1] === "unnamed" && keepalivedOf(before?.declared ?? []) !== undefined,
      beforehand,
    };
  });
}

function keepalivedOf(declared: readonly Declared[]): Declared | undefined {
  return declared.find(({ kind }) => kind === "keepalived");
}

function side(declared: readonly Declared[]): DirectorSide {
  const keepalived = keepalivedOf(declared);
  const sorry = (keepalived?.words ?? []).flatMap((word) => (word.startsWith("sorry ") ? [word.slice(6)] : []));
  return {
    table: readTable(declared),
    keepalived: keepalived?.text ?? null,
    sorry: new Set(sorry),
    marks: declared.filter(isMarks).flatMap(({ words }) => words.slice(1)),
  };
}

function isMarks({ kind, words }: Declared): boolean {
  return kind === "netfilter" && words[0]?.endsWith("/load-marks") === true;
}

/** How people know a service: its name in the description, where there is one. */
export function serviceSubject(key: string, names: Names): Subject {
  const name = names.services.get(key);
  const title = name === undefined ? keyTitle(key) : `${name} (${keyTitle(key)})`;
  const pool = names.pools.get(key);
  return { kind: "service", key, title, ...(pool === undefined ? {} : { pool }) };
}

/** What both sides call services and machines; the new one's names count first. */
export interface Names {
  readonly services: ReadonlyMap<string, string>;
  readonly servers: ReadonlyMap<string, string>;
  /** Of services that are of one pool on both sides, that pool. */
  readonly pools: ReadonlyMap<string, string>;
}

export function namesOf(old: Snapshot, next: Snapshot): Names {
  return {
    services: new Map([...old.serviceNames, ...next.serviceNames]),
    servers: new Map([...old.serverNames, ...next.serverNames]),
    pools: new Map([...next.servicePools].filter(([key, pool]) => old.servicePools.get(key) === pool)),
  };
}
