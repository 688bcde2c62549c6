import type { Selector } from "../lvs/match.ts";
import type { Protocol } from "../model.ts";

/**
 * Something that a host's firewall is to let through, in the words of the runtime (templates/runtime/kinds/firewall.sh): `80/tcp`,
 * `protocol 4 from 192.0.2.1`, `port 8848/udp from 192.0.2.1`, `untracked 192.0.2.80 80/tcp`, `answers from 10.0.0.0/24`, `forwarding from 10.0.0.0/24`.
 */
export interface Opening {
  readonly what: string;
  /** The interfaces that it comes in by: firewalld has rules of its own for each zone. Empty where it is forwarded. */
  readonly devices: readonly string[];
}

/** `80/tcp`, `8000-8099/udp` */
export function portText(first: number, last: number, protocol: Protocol): string {
  return `${first === last ? first : `${first}-${last}`}/${protocol}`;
}

/** Nothing where it is every port: to open them all would be to have no firewall. */
export function portTexts({ ports, protocol }: Selector): string[] {
  return ports === null || protocol === null ? [] : [portText(ports[0], ports[1], protocol)];
}

/** Each thing once, with the interfaces of all who need it, and long runs of ports as ranges. */
export function mergedOpenings(all: readonly Opening[]): Opening[] {
  const merged = new Map<string, string[]>();
  for (const { what, devices } of all) {
    const known = merged.get(what) ?? [];
    merged.set(what, [...new Set([...known, ...devices])]);
  }
  return joinedRuns([...merged].map(([what, devices]) => ({ what, devices })));
}

/** From so many on, neighbouring ports are opened as a range: rules are read one after the other, by the kernel and by people. */
const leastRun = 8;

const singlePort = /^(?<address>(?:untracked \S+ )?)(?<port>\d+)\/(?<protocol>tcp|udp)$/u;

/** What a range of these would be: the same but for the port. */
interface Run {
  readonly ports: ReadonlyMap<number, Opening>;
  readonly address: string;
  readonly protocol: Protocol;
}

/** A run stands where its lowest port stood; all else as it is, and where it is. */
function joinedRuns(all: readonly Opening[]): Opening[] {
  const joined = new Map<Opening, readonly Opening[]>();
  for (const { ports, address, protocol } of runs(all)) {
    const numbers = [...ports.keys()].toSorted((one, other) => one - other);
    for (let start = 0, end = 1; start < numbers.length; start = end, end += 1) {
      while (numbers[end] === (numbers[end - 1] ?? 0) + 1) end += 1;
      if (end - start < leastRun) continue;
      const [first = 0, ...others] = numbers.slice(start, end);
      const what = address + portText(first, others.at(-1) ?? first, protocol);
      for (const number of [first, ...others]) {
        const opening = ports.get(number);
        if (opening !== undefined) joined.set(opening, number === first ? [{ ...opening, what }] : []);
      }
    }
  }
  return all.flatMap((opening) => joined.get(opening) ?? [opening]);
}

function runs(all: readonly Opening[]): Iterable<Run> {
  const groups = new Map<string, Run & { ports: Map<number, Opening> }>();
  for (const opening of all) {
    const { address = "", port, protocol } = singlePort.exec(opening.what)?.groups ?? {};
    if (port === undefined || (protocol !== "tcp" && protocol !== "udp")) continue;
    const key = [address, protocol, ...opening.devices].join(" ");
    const group = groups.get(key) ?? { ports: new Map(), address, protocol };
    groups.set(key, group);
    group.ports.set(Number(port), opening);
  }
  return groups.values();
}
