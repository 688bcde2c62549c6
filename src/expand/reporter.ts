import type { Code, Finding } from "../diagnostics/index.ts";
import { maxRange, type Problem, type Range } from "./ranges.ts";

/** What was left out because it is faulty: of a pointer whether a value stood there, and all such pointers, into the text. */
export type Lost = Pick<ReadonlySet<string>, "has" | "values">;

/** What the parts of the expand stage share: where findings go, and how much ranges may stand for. */
export interface Reporter {
  report(code: Code, finding: Finding): void;
  /** Notes that the object lost a part; findings about what it lacks would mislead. */
  lose(pointer: string): void;
  /** The members of a range written at the pointer, or none after a report. */
  members(range: Range<string>, pointer: string, part?: "key"): readonly string[] | null;
  /** Counts a service for each of its ports, with so many real servers each; false after a report that it is too much. */
  table(ports: number, realServers: number, service: string, pointer: string): boolean;
}

/** What all ranges of a description may stand for together. */
const maxTogether = 16 * maxRange;

/** Entries of a table, of all services: half a gigabyte of rules. */
const maxEntries = 10_000_000;

/** Services of a table, each of which has texts of its own in every file: so many take over a gigabyte of memory. */
const maxServices = 4 * maxRange;

export function createReporter(report: Reporter["report"], lose: Reporter["lose"]): Reporter {
  let left = maxTogether;
  let entriesLeft = maxEntries;
  let servicesLeft = maxServices;
  const refuse = ({ code, message, hint }: Problem, pointer: string, part: "key" | undefined): null => {
    report(code, { pointer, message, hint, ...(part === undefined ? {} : { part }) });
    return null;
  };
  return {
    report,
    lose,
    members: (range, pointer, part) => {
      if ("problem" in range) return refuse(range.problem, pointer, part);
      left -= range.items.length;
      if (left >= 0) return range.items;
      const message = `with this one the ranges of the description stand for more than ${maxTogether} names and addresses`;
      return refuse({ code: "RANGE_TOO_LARGE", message, hint: "take ranges out, or make them smaller" }, pointer, part);
    },
    table: (ports, realServers, service, pointer) => {
      const entries = ports * realServers;
      if (entries <= entriesLeft && ports <= servicesLeft) {
        entriesLeft -= entries;
        servicesLeft -= ports;
        return true;
      }
      lose("/services");
      const most = entries > entriesLeft ? `${maxEntries} entries` : `${maxServices} services`;
      const message = `with ${JSON.stringify(service)} the table would have more than ${most}`;
      const hint =
        'take ports out or make the pool smaller; "fwmark" with a range in "match" is one service for all of its ports';
      refuse({ code: "RANGE_TOO_LARGE", message, hint }, pointer, undefined);
      return false;
    },
  };
}
