import type { Placement } from "../../model.ts";
import type { Resource } from "../resource.ts";
import type { Site } from "../site.ts";

/** What has to come up at boot; live, iproute2 does it at once. */
export interface BootAddresses {
  readonly at: Site;
  /** VIPs on lo and on NICs; those on tunnel devices are the boot unit's. */
  readonly placements: readonly Placement[];
  /** A host route to each VIP over its device, as the procedure has it on real servers. */
  readonly routes: boolean;
  /** NICs on which another program has addresses come and go: what the back end did not put there, it leaves. */
  readonly shared: readonly string[];
}

export interface BootConfig {
  /** What the host is asked before anything changes: whether the back end is the one that configures it. */
  readonly requirements: readonly Resource[];
  readonly resources: readonly Resource[];
  /** What the back end has no place for: command lines for the boot unit (`../boot.ts`). */
  readonly bootCommands: readonly string[];
}
