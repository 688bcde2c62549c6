import type { Cluster, Family } from "../model.ts";

/** Why directors have to forward packets of a family, or null where they need not. */
export function reasonToForward(
  { services, sourceNat }: Pick<Cluster, "services" | "sourceNat">,
  family: Family,
): string | null {
  // Services may share one list of a million entries.
  const lists = [...new Set(services.map(({ realServers }) => realServers))];
  const natted = lists.map((list) => list.find(({ mode }) => mode === "nat")?.address.family);
  if (natted.includes(family)) return "NAT: the real servers' replies are forwarded to the clients";
  const isInner = sourceNat.some(({ network }) => network.address.family === family);
  return isInner ? "source NAT: what machines behind the director begin is forwarded" : null;
}
