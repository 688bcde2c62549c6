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

/** Each thing once, with the interfaces of all who need it. */
export function mergedOpenings(all: readonly Opening[]): Opening[] {
  const merged = new Map<string, string[]>();
  for (const { what, devices } of all) {
    const known = merged.get(what) ?? [];
    merged.set(what, [...new Set([...known, ...devices])]);
  }
  return [...merged].map(([what, devices]) => ({ what, devices }));
}
