/** Where hosts carry virtual addresses: on which interface, under which label. */
import type { Address, Host, Placement, Served, Service } from "../model.ts";
import { bits, contains, sameAddress } from "../net.ts";
import { type AliasNaming, aliasLabel } from "./label.ts";
import { isTunnelDevice, tunnelDevice } from "./tunnel.ts";

type Wanted = Omit<Placement, "label">;

/** The NIC that carries a VIP on a director: as described, else the one whose subnet holds it, else the default. */
export function directorDevice(host: Host, { vipInterface }: Service, vip: Address): string {
  return vipInterface ?? interfaceNear(host, vip) ?? host.interface;
}

/** The interface of a host in whose network an address lies, or null. */
export function interfaceNear(host: Host, address: Address): string | null {
  return host.interfaces.find(({ addresses }) => addresses.some((cidr) => contains(cidr, address)))?.name ?? null;
}

/**
 * Every VIP that a director carries, each once, in the order of the services; not those that are its own addresses (NAT).
 *
 * @param cluster its name, after which labels are named
 */
export function directorPlacements(cluster: string, host: Host, services: readonly Service[]): Placement[] {
  const wanted: Wanted[] = [];
  const seen = new Set<string>();
  for (const service of services) {
    for (const vip of service.vips) {
      const key = identity(vip);
      if (seen.has(key) || isOwn(host, vip)) continue;
      seen.add(key);
      wanted.push({ vip, device: directorDevice(host, service, vip), service });
    }
  }
  return labelled(wanted, { cluster, from: host.alias });
}

/** Where a real server carries VIPs without answering for them: on lo in DR, on a tunnel device in TUN, nowhere in NAT. */
export function realServerPlacements(cluster: string, { alias }: Host, served: readonly Served[]): Placement[] {
  const wanted: Wanted[] = [];
  const seen = new Set<string>();
  for (const { service, modes, addresses } of served) {
    for (const vip of service.vips) {
      const outer = addresses[0]?.family ?? vip.family;
      const devices = [
        ...(modes.includes("dr") ? ["lo"] : []),
        ...(modes.includes("tun") ? [tunnelDevice(vip, outer, service.tunnel.type).device] : []),
      ];
      for (const device of devices) {
        const key = `${device} ${identity(vip)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        wanted.push({ vip, device, service });
      }
    }
  }
  return labelled(wanted, { cluster, from: alias });
}

/** The same for the same address, however it is written. */
function identity({ family, value }: Address): string {
  return `${family} ${value}`;
}

/** Whether the address is one that the host has anyway: a director in NAT may serve on its own. */
function isOwn(host: Host, address: Address): boolean {
  return host.interfaces.some(({ addresses }) => addresses.some((cidr) => sameAddress(cidr.address, address)));
}

/** The IPv4 aliases of each interface are counted by themselves. */
function labelled(wanted: readonly Wanted[], naming: AliasNaming): Placement[] {
  const next = new Map<string, number>();
  return wanted.map((one) => {
    const { vip, device } = one;
    if (vip.family === 6 || isTunnelDevice(device)) return { ...one, label: null };
    const index = next.get(device) ?? 0;
    next.set(device, index + 1);
    return { ...one, label: aliasLabel(device, index, naming) };
  });
}

/** `192.168.80.188/32`, `fd00::188/128`: a VIP never claims its neighbours (pitfall 3). */
export function hostCidr({ text, family }: Address): string {
  return `${text}/${bits(family)}`;
}
