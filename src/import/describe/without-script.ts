import type { Facts } from "../facts.ts";
import { modeOf } from "./mode.ts";

/** Addresses of real servers in DR or TUN that are no host, for they stand in a service in NAT as well: nothing gives them the VIP. */
export function withoutScript({ services }: Facts, hosts: ReadonlyMap<string, string>): readonly string[] {
  const described = services.filter(({ off }) => off === null);
  const servers = described.flatMap((service) =>
    service.servers
      .filter(({ off }) => off === null)
      .map(({ address, mode }) => ({ address, isNat: mode === "nat" || modeOf(service) === "nat" })),
  );
  const inNat = new Set(servers.filter(({ isNat }) => isNat).map(({ address }) => address));
  const others = new Set(servers.filter(({ isNat }) => !isNat).map(({ address }) => address));
  return [...others].filter((address) => inNat.has(address) && !hosts.has(address));
}
