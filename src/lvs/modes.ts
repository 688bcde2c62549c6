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
