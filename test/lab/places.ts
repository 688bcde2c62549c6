/**
 * Where the lab keeps things. Everything it makes lies below `cache`, below `exchange`, or is the network
 * namespace of a lab; reports go into the project's `test/report/lab`.
 */
import { join } from "node:path";

/** The lab's own sources. The launcher replaces `import.meta.dirname`, the bundle lies elsewhere. */
export const sources = import.meta.dirname;

/** What guests are made of (agent, units, settings). */
export const guestSources = join(sources, "guest");

/** Images, kernels and running labs; outside the repository, so that a fresh clone finds them. */
export const cache = process.env.LVSGEN_LAB_DIR ?? "/var/cache/lvsgen-lab";

/** Results of a run. `test/report/` is not in git. */
export const reportDirectory = join(sources, "../report/lab");

export const labsDirectory = join(cache, "labs");

export function labDirectory(lab: string): string {
  return join(labsDirectory, lab);
}

/** The exchange directories of a lab's guests: in memory, since every command passes through them. */
export function exchangeDirectory(lab: string): string {
  return `/dev/shm/lvsgen-lab-${lab}`;
}

export function namespaceName(lab: string): string {
  return `lvslab-${lab}`;
}
