import type { Cidr, Host, RealServer, Service } from "../model.ts";
import { realServerPointer } from "../model.ts";
import { networkValue } from "../net.ts";

/** An address of a host, with where it is written and the interface that carries it. */
export interface HostAddress {
  readonly host: Host;
  readonly interface: string;
  readonly cidr: Cidr;
  readonly pointer: string;
}

/** Every address of a host, those of the default interface first. */
export function addressesOf(host: Host): HostAddress[] {
  return host.interfaces.flatMap(({ name, addresses }) =>
    addresses.map((cidr) => ({ host, interface: name, cidr, pointer: cidr.pointer })),
  );
}

/** The addresses of hosts, of each network the first one alone: hosts are many and networks few. */
export function networksOf(hosts: readonly Host[]): HostAddress[] {
  const first = new Map<string, HostAddress>();
  for (const one of hosts.flatMap(addressesOf)) {
    const { cidr } = one;
    const network = `${cidr.address.family} ${networkValue(cidr)}/${cidr.prefix}`;
    if (!first.has(network)) first.set(network, one);
  }
  return [...first.values()];
}

/** Where the machine of an entry is written: the name of its host, or its address. Null: that of the sorry server. */
export function machinePointer(service: Service, index: number | null): string {
  const { host } = (index === null ? service.sorryServer : service.realServers[index]) ?? { host: null };
  return `${realServerPointer(service, index)}/${host === null ? "address" : "host"}`;
}

/** How people call the machine of an entry. */
export function machineName({ host, address }: RealServer): string {
  return host?.name ?? address.text;
}

export function cidrText({ address, prefix }: Cidr): string {
  return `${address.text}/${prefix}`;
}
