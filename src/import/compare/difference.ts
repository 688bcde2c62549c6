/** What is found where an import is compared with what its description builds. */
import type { Entry } from "../ledger.ts";
import type { Place } from "../place.ts";

/** What is compared beside the rules, in the order in which it is told. */
export const topics = [
  "thresholds",
  "timeouts",
  "marks",
  "VIPs",
  "VRRP",
  "sorry servers",
  "health checks",
  "addresses",
  "kernel settings",
  "mounts",
  "exports",
  "system",
] as const;

export type Topic = (typeof topics)[number];

export interface Difference {
  readonly topic: Topic;
  /** What it is of: `priority of vrrp_instance VI_1 on lvs1`. */
  readonly what: string;
  /** Where the import has it; null where the description alone does. */
  readonly place: Place | null;
  /** Null: nothing of the kind. */
  readonly was: string | null;
  readonly becomes: string | null;
  /** Where the description says it, as a JSON pointer. */
  readonly at: string;
  /** The line of that in the description, or of the nearest thing around it; null: not looked for. */
  readonly line: number | null;
  /** `meant`: lvsgen does it otherwise on purpose, and clients see the same. */
  readonly verdict: "differs" | "meant";
  /** Why, where something is known of it. */
  readonly reason: string;
  readonly remedy: string;
}

/** What could not be compared. */
export interface NotCompared {
  readonly what: string;
  readonly why: string;
  readonly place: Place | null;
}

export interface Count {
  readonly topic: Topic;
  readonly same: number;
  readonly differs: number;
  readonly meant: number;
}

export interface Findings {
  readonly counts: readonly Count[];
  readonly differences: readonly Difference[];
  readonly notCompared: readonly NotCompared[];
}

type Found = Omit<Difference, "topic" | "verdict" | "reason" | "line"> & {
  readonly reason?: string;
  /** Where the import may have said of it what it has not said of its own line: its service. */
  readonly around?: Place;
};

/** To whom the comparison of each matter tells what it finds. */
export interface Teller {
  /** The same where `was` and `becomes` are, else a difference. */
  compare(topic: Topic, found: Found): void;
  same(topic: Topic): void;
  differs(topic: Topic, found: Found): void;
  /** On purpose, for the reason that is given. */
  meant(topic: Topic, found: Found & { readonly reason: string }): void;
  leave(what: string, why: string, place: Place | null): void;
  findings(): Findings;
}

/** @param misses what the import could not carry over: what it said of the same line stands with a difference */
export function createTeller(misses: readonly Entry[]): Teller {
  const said = saidOfLines(misses);
  const counts = new Map<Topic, { same: number; differs: number; meant: number }>();
  const differences = new Map<Topic, Difference[]>();
  const skipped = new Map<string, NotCompared>();
  const count = (topic: Topic, kind: "same" | "differs" | "meant"): void => {
    const own = counts.get(topic) ?? { same: 0, differs: 0, meant: 0 };
    own[kind]++;
    counts.set(topic, own);
  };
  const tell = (topic: Topic, verdict: Difference["verdict"], { around, ...found }: Found): void => {
    count(topic, verdict);
    const places = [found.place, around].filter((place) => place != null);
    const reason = found.reason ?? (places.map(said).find((text) => text !== "") || "");
    const own = differences.get(topic);
    const difference = { topic, verdict, ...found, reason, line: null };
    if (own === undefined) differences.set(topic, [difference]);
    else own.push(difference);
  };
  return {
    compare: (topic, found) => {
      if (found.was === found.becomes) count(topic, "same");
      else tell(topic, "differs", found);
    },
    same: (topic) => count(topic, "same"),
    differs: (topic, found) => tell(topic, "differs", found),
    meant: (topic, found) => tell(topic, "meant", found),
    leave: (what, why, place) => {
      const key = `${what}\n${why}`;
      if (!skipped.has(key)) skipped.set(key, { what, why, place });
    },
    findings: () => ({
      counts: topics.flatMap((topic) => {
        const own = counts.get(topic);
        return own === undefined ? [] : [{ topic, ...own }];
      }),
      differences: topics.flatMap((topic) => differences.get(topic) ?? []),
      notCompared: [...skipped.values()],
    }),
  };
}

/** What the import said of a line that it could not carry over; empty where it did. */
export function saidOfLines(misses: readonly Entry[]): (place: Place) => string {
  const reasons = new Map<string, Set<string>>();
  for (const { place, reason } of misses) {
    const key = `${place.file}:${place.line}`;
    const own = reasons.get(key);
    if (own === undefined) reasons.set(key, new Set([reason]));
    else own.add(reason);
  }
  return ({ file, line }) => [...(reasons.get(`${file}:${line}`) ?? [])].join("; ");
}
