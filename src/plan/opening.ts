import type { MarkMatch, Protocol } from "../model.ts";

/**
 * Something that a host's firewall is to let through, in the words of the runtime (templates/runtime/kinds/firewall.sh): `80/tcp`,
 * `protocol 4 from 192.0.2.1`, `untracked 192.0.2.80 80/tcp`, `answers from 10.0.0.0/24`, `forwarding from 10.0.0.0/24`.
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

export function matchText({ ports: [first, last], protocol }: MarkMatch): string {
  return portText(first, last, protocol);
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
