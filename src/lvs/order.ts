/** The order of ipvsadm in a table: of its services, and of the real servers of each. */

import type { Address, RealServer, Service } from "../model.ts";
import { portOf } from "./port.ts";

const protocolNumber = { tcp: 6, udp: 17, sctp: 132 } as const;

/** By firewall mark, family, protocol, address and port. */
export function serviceOrder(services: readonly Service[]): (a: Service, b: Service) => number {
  const compareAddress = addressOrder(
    services.flatMap(({ frontend }) => (frontend.kind === "address" ? [frontend.vip] : [])),
  );
  return (a, b) => {
    const [x, y] = [a.frontend, b.frontend];
    if (x.kind === "fwmark" || y.kind === "fwmark") {
      const marks = (x.kind === "fwmark" ? x.mark : 0) - (y.kind === "fwmark" ? y.mark : 0);
      return marks || a.family - b.family;
    }
    return (
      x.vip.family - y.vip.family ||
      protocolNumber[x.protocol] - protocolNumber[y.protocol] ||
      compareAddress(x.vip, y.vip) ||
      x.port - y.port
    );
  };
}

/** The real servers as ipvsadm prints them; the very array where it is in order, since it may be long. */
export function inTableOrder(service: Service): readonly RealServer[] {
  const servers = service.realServers;
  const compareAddress = addressOrder(servers.map(({ address }) => address));
  const compare = (a: RealServer, b: RealServer) =>
    a.address.family - b.address.family ||
    compareAddress(a.address, b.address) ||
    portOf(service, a) - portOf(service, b);
  for (let i = 1; i < servers.length; i++) {
    if (compare(servers[i - 1] as RealServer, servers[i] as RealServer) > 0) return [...servers].sort(compare);
  }
  return servers;
}

/**
 * ipvsadm compares IPv4 addresses by the sign of their 32-bit difference, so that halves wrap: 203.0.113.9 comes before
 * 10.0.0.5. On addresses within half of the ring that is an order, which begins behind the widest gap; on others
 * it is none, libc's sort decides, and the plain numeric order stands here (the scripts compare tables as sets).
 */
function addressOrder(addresses: readonly Address[]): (a: Address, b: Address) => number {
  const start = ringStart(addresses);
  return (a, b) => {
    if (a === b) return 0;
    if (a.number !== null && b.number !== null) return ((a.number - start) >>> 0) - ((b.number - start) >>> 0);
    return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  };
}

const ring = 2 ** 32;

function ringStart(addresses: readonly Address[]): number {
  let lowest = ring;
  let highest = -1;
  for (const { number } of addresses) {
    if (number === null) continue;
    if (number < lowest) lowest = number;
    if (number > highest) highest = number;
  }
  if (highest - lowest < ring / 2) return 0;
  const numbers = [...new Set(addresses.flatMap(({ number }) => (number === null ? [] : [number])))].sort(
    (a, b) => a - b,
  );
  for (let i = 1; i < numbers.length; i++) {
    const [before, after] = [numbers[i - 1] as number, numbers[i] as number];
    if (after - before > ring / 2) return after;
  }
  return 0;
}
