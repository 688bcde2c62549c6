import type { Address, Host, Service } from "../model.ts";
import { contains, sameAddress } from "../net.ts";

/** A VIP on an interface of a host. */
export interface Placement {
  readonly vip: Address;
  readonly device: string;
  /** What ifconfig shows (`ens33:0`); null for IPv6, which has no labels, and where the name would pass 15 characters. */
  readonly label: string | null;
}

/** Longest name of an interface or label: IFNAMSIZ less the final NUL (linux/if.h). */
const longestLabel = 15;

/** The NIC that carries a VIP on the director: as described, else the one whose subnet holds it, else the default. */
export function directorDevice(host: Host, service: Service, vip: Address): string {
  if (service.vipInterface !== null) return service.vipInterface;
  const near = host.interfaces.find(({ addresses }) => addresses.some((cidr) => contains(cidr, vip)));
  return near?.name ?? host.interface;
}

/** Every VIP that a director carries, each once, in the order of the services. */
export function directorPlacements(host: Host, services: readonly Service[]): Placement[] {
  const wanted: { vip: Address; device: string }[] = [];
  for (const service of services) {
    for (const vip of service.vips) {
      if (isOwn(host, vip)) continue;
      if (!wanted.some((other) => sameAddress(other.vip, vip)))
        wanted.push({ vip, device: directorDevice(host, service, vip) });
    }
  }
  return labelled(wanted);
}

/** Whether the address is one that the host has anyway: a director in NAT may serve on its own. */
export function isOwn(host: Host, address: Address): boolean {
  return host.interfaces.some(({ addresses }) => addresses.some((cidr) => sameAddress(cidr.address, address)));
}

/** Numbers the aliases of each interface from 0. */
export function labelled(wanted: readonly { vip: Address; device: string }[]): Placement[] {
  const next = new Map<string, number>();
  return wanted.map(({ vip, device }) => {
    if (vip.family === 6) return { vip, device, label: null };
    const number = next.get(device) ?? 0;
    next.set(device, number + 1);
    const label = `${device}:${number}`;
    return { vip, device, label: label.length <= longestLabel ? label : null };
  });
}

/** `192.168.80.188/32`, `fd00::188/128`: a VIP never claims its neighbours (pitfall 3). */
export function hostCidr(address: Address): string {
  return `${address.text}/${address.family === 4 ? 32 : 128}`;
}
