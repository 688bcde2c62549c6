/** What hosts of the cluster carry for clients. */
import type { Cluster, Host } from "../../model.ts";
import type { Address } from "../../net.ts";

export interface Carried {
  readonly address: Address;
  readonly device: string;
  readonly label: string | null;
}

export type CarriedBy = (host: Host) => ReadonlyMap<string, readonly Carried[]>;

/** What a host carries for good, and what a director does while it is the master, by address. */
export function carriers({ placements, failover }: Cluster): CarriedBy {
  const byHost = new Map<Host, ReadonlyMap<string, readonly Carried[]>>();
  return (host) => {
    const known = byHost.get(host);
    if (known !== undefined) return known;
    const own = (placements.get(host) ?? []).map(({ vip, device, label }) => ({ address: vip, device, label }));
    const found = new Map<string, Carried[]>();
    for (const one of [...own, ...(failover?.vrrp?.carried.get(host) ?? [])]) {
      const same = found.get(one.address.text);
      if (same === undefined) found.set(one.address.text, [one]);
      else same.push(one);
    }
    byHost.set(host, found);
    return found;
  };
}

/** The first service on each VIP, by its address. */
export function servicesByVip({ services }: Pick<Cluster, "services">): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { pointer, vips } of services) for (const { text } of vips) if (!found.has(text)) found.set(text, pointer);
  return found;
}
