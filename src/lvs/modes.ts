import type { Mode, RealServer, Service } from "../model.ts";

const known = new WeakMap<readonly RealServer[], ReadonlySet<Mode>>();

/** The forwarding methods of a service's real servers. Services may share one list of a million entries: it is read once. */
export function modesOf({ realServers }: Pick<Service, "realServers">): ReadonlySet<Mode> {
  const read = known.get(realServers);
  if (read !== undefined) return read;
  const modes = new Set(realServers.map(({ mode }) => mode));
  known.set(realServers, modes);
  return modes;
}

/**
 * Whether real servers of it get no connection behind a firewall that drops INVALID: NAT has the director track its ports, and of the others it never
 * sees the replies. In UDP nothing is INVALID by that.
 */
export function hangsBesideNat(service: Service): boolean {
  const modes = modesOf(service);
  const { frontend } = service;
  const protocols =
    frontend.kind === "address" ? [frontend.protocol] : frontend.matches.map(({ protocol }) => protocol);
  return modes.has("nat") && modes.size > 1 && protocols.some((one) => one !== "udp");
}
