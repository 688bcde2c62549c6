import { hashing, hashPlaces, maglevPlaces, placesOf } from "../lvs/hashing.ts";
import { type RealServer, realServerPointer, type Service } from "../model.ts";
import type { Rule } from "./rule.ts";

/** So many real servers are named. */
const mostNamed = 4;

/** Places by which a share may differ from the described one, and the part of it: hashing is never exact. */
const tolerance = { places: 8, part: 0.2 };

/** A real server gets another share than its weight says, or none, for the kernel's table has too few places. */
export const unevenPlaces: Rule = ({ services }, report) => {
  // Services of a pool share its list.
  const known = {
    sh: new Map<readonly RealServer[], Uneven | null>(),
    dh: new Map<readonly RealServer[], Uneven | null>(),
  };
  for (const service of services) {
    const { scheduler, realServers } = service;
    if (scheduler !== "sh" && scheduler !== "dh") continue;
    if (!known[scheduler].has(realServers)) known[scheduler].set(realServers, unevenOf(scheduler, realServers));
    const found = known[scheduler].get(realServers) ?? null;
    if (found !== null) report("HASH_TABLE_TOO_SMALL", uneven(service, scheduler, found));
  }
};

/** mh takes no real server more than it has places. */
export const fullTables: Rule = ({ services }, report) => {
  for (const { scheduler, realServers, name, pointer } of services)
    if (scheduler === "mh" && realServers.length > maglevPlaces)
      report("HASH_TABLE_FULL", {
        pointer: `${pointer}/scheduler`,
        message: `the kernel's table of mh has ${maglevPlaces} places, and refuses more real servers: ${JSON.stringify(name)} has ${realServers.length}`,
        hint: "use another scheduler, or several services with fewer real servers each",
      });
};

/** How many places those get whose share is another one, by their place in the list. */
type Uneven = ReadonlyMap<number, number>;

function unevenOf(scheduler: "sh" | "dh", realServers: readonly RealServer[]): Uneven | null {
  const weights = realServers.map(({ weight }) => (scheduler === "sh" ? weight : Math.min(1, weight)));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const places = placesOf(scheduler, realServers);
  // Those of a real server that takes nobody are another matter.
  const filled = places.reduce((all, got, index) => all + (weights[index] === 0 ? 0 : got), 0);
  const found = places.flatMap((got, index): [number, number][] => {
    const weight = weights[index] ?? 0;
    const share = (filled * weight) / sum;
    const off = Math.abs(got - share);
    const isUneven = weight > 0 && (got === 0 || (off >= tolerance.places && off > share * tolerance.part));
    return isUneven ? [[index, got]] : [];
  });
  return found.length === 0 ? null : new Map(found);
}

function uneven(service: Service, scheduler: "sh" | "dh", found: Uneven) {
  const { name, pointer, realServers } = service;
  const named = [...found]
    .slice(0, mostNamed)
    .map(([index, got]) => `${titleOf(realServers[index])} ${got === 0 ? "none" : got}`);
  const more = found.size > named.length ? `, and ${found.size - named.length} more` : "";
  const first = [...found.keys()][0] ?? 0;
  const how = scheduler === "sh" ? "weights fill it real server by real server" : "each real server gets one in turn";
  return {
    pointer: `${pointer}/scheduler`,
    message: `the kernel's table of ${scheduler} has ${hashPlaces} places, and ${how}: of ${JSON.stringify(name)} ${named.join(", ")}${more}`,
    hint: remedy(scheduler, realServers),
    related: [{ pointer: realServerPointer(service, first), message: "a share that is not the described one" }],
  };
}

function titleOf(realServer: RealServer | undefined): string {
  return realServer?.host?.name ?? realServer?.address.text ?? "";
}

function remedy(scheduler: "sh" | "dh", realServers: readonly RealServer[]): string {
  if (scheduler === "dh" || realServers.length > hashPlaces)
    return `at most ${hashPlaces} real servers have a share; use another scheduler, or several services`;
  const smaller = smallerWeights(realServers);
  const shown = smaller?.slice(0, mostNamed).map((weight, index) => `${titleOf(realServers[index])} ${weight}`);
  const such =
    shown === undefined ? "" : `, such as ${shown.join(", ")}${shown.length < realServers.length ? " and so on" : ""},`;
  return `use smaller weights of the same proportion${such} or mh, which scales them (Linux 4.18)`;
}

/** Weights of about the same proportion that go round several times; null where there are none. */
function smallerWeights(realServers: readonly RealServer[]): readonly number[] | null {
  const weights = realServers.map(({ weight }) => weight);
  const divisor = weights.reduce(gcd, 0);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const most = hashPlaces / 4;
  const scale = Math.min(1, most / (sum / divisor)) / divisor;
  const smaller = weights.map((weight) => (weight === 0 ? 0 : Math.max(1, Math.round(weight * scale))));
  const total = smaller.reduce((all, weight) => all + weight, 0);
  const isAlike = smaller.every((weight, index) => {
    const share = (weights[index] ?? 0) / sum;
    return Math.abs(weight / total - share) <= share * tolerance.part;
  });
  const scaled = realServers.map((realServer, index) => ({ ...realServer, weight: smaller[index] ?? 1 }));
  return isAlike && unevenOf("sh", scaled) === null ? smaller : null;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** Clients whose place has a real server that is drained, or that fails its check and keeps its entry, are refused. */
export const refusedByPlace: Rule = ({ services, failover }, report) => {
  for (const { scheduler, schedulerFlags, check, name, pointer } of services) {
    if (!hashing.includes(scheduler) || schedulerFlags.some((flag) => flag.endsWith("-fallback"))) continue;
    const quiesces = failover !== null && check.type !== "none" && check.onFailure === "quiesce";
    // It has no such flag, and a drain is somebody's own choice.
    if (scheduler === "dh" && !quiesces) continue;
    const others = quiesces ? [`let "onFailure" of its check be "remove"`] : [];
    const remedies = scheduler === "dh" ? others : [`add "${scheduler}-fallback" to "schedulerFlags"`, ...others];
    report("HASH_WITHOUT_FALLBACK", {
      pointer: `${pointer}/scheduler`,
      message: `a real server of ${JSON.stringify(name)} that is drained${quiesces ? " or fails its check" : ""} keeps places in the table of ${scheduler} with weight 0: clients that hash to them are refused`,
      hint: remedies.join(", or "),
    });
  }
};
