/** The order of a first installation, in which nobody is served before it is through. */

import type { ScriptRole } from "./change.ts";
import type { Step } from "./step.ts";
import { forward } from "./step.ts";

const why: Readonly<Record<ScriptRole, string>> = {
  nfs: "the NFS server: what it exports is mounted by the real servers",
  realserver:
    "the real servers: ready before clients are sent there, and silent about virtual addresses before they carry any",
  director: "from here on clients are served",
};

/** @param hostsOf those of a role, in the order of the description */
export function firstSteps(hostsOf: (role: ScriptRole) => readonly string[]): readonly Step[] {
  return forward
    .map(
      (role): Step => ({ action: "apply", script: `${role}.sh`, hosts: hostsOf(role), bundle: "new", why: why[role] }),
    )
    .filter(({ hosts }) => hosts.length > 0);
}
