import type { Frontend, MarkMatch, Protocol } from "../model.ts";
import { contains, overlaps, sameAddress } from "../net.ts";

/** What of the traffic to a service a match takes: a packet has one mark, and of several that fit it the narrowest wins. */
export type Selector = Omit<MarkMatch, "pointer">;

const balanced: readonly Protocol[] = ["tcp", "udp", "sctp"];

/** The protocols of a match that IPVS balances. */
export function protocolsOf({ protocol }: Selector): readonly Protocol[] {
  return protocol === null ? balanced : [protocol];
}

export function carries({ protocol: own }: Selector, protocol: Protocol): boolean {
  return own === null || own === protocol;
}

export function takesPort({ ports }: Selector, port: number): boolean {
  return ports === null || (ports[0] <= port && port <= ports[1]);
}

/** What a service takes of all traffic. */
export function selectorsOf(frontend: Frontend): readonly Selector[] {
  if (frontend.kind === "fwmark") return frontend.matches;
  const { vip, protocol, port } = frontend;
  return [{ vip, protocol, ports: port === 0 ? null : [port, port], source: null, interface: null }];
}

/** Whether there are packets that fit both. */
export function meet(a: Selector, b: Selector): boolean {
  return (
    meetAtPort(a, b) && (a.source === null || b.source === null || overlaps(a.source, b.source)) && meetAtNic(a, b)
  );
}

/** Whether both are for one port of a VIP, wherever the packets come from. */
export function meetAtPort(a: Selector, b: Selector): boolean {
  return (
    sameAddress(a.vip, b.vip) &&
    (a.protocol === null || b.protocol === null || a.protocol === b.protocol) &&
    (a.ports === null || b.ports === null || (a.ports[0] <= b.ports[1] && b.ports[0] <= a.ports[1]))
  );
}

function meetAtNic(a: Selector, b: Selector): boolean {
  return a.interface === null || b.interface === null || a.interface === b.interface;
}

/** Whether every packet that fits the second fits the first. */
export function covers(wide: Selector, narrow: Selector): boolean {
  return (
    sameAddress(wide.vip, narrow.vip) &&
    (wide.protocol === null || wide.protocol === narrow.protocol) &&
    coversPorts(wide.ports, narrow.ports) &&
    (wide.source === null ||
      (narrow.source !== null &&
        wide.source.prefix <= narrow.source.prefix &&
        contains(wide.source, narrow.source.address))) &&
    (wide.interface === null || wide.interface === narrow.interface)
  );
}

function coversPorts(wide: Selector["ports"], narrow: Selector["ports"]): boolean {
  return wide === null || (narrow !== null && wide[0] <= narrow[0] && narrow[1] <= wide[1]);
}

/** Whether the two differ in their ports at most, and not in that one is for every port: none of them is the narrower by what it says. */
export function sameScope(a: Selector, b: Selector): boolean {
  const sameSource =
    a.source === null || b.source === null
      ? a.source === b.source
      : a.source.prefix === b.source.prefix && contains(a.source, b.source.address);
  return (
    sameSource && a.protocol === b.protocol && a.interface === b.interface && (a.ports === null) === (b.ports === null)
  );
}

/** Whether the first wins where both fit a packet. */
export function isNarrower(narrow: Selector, wide: Selector): boolean {
  return covers(wide, narrow) && !sameScope(narrow, wide);
}
