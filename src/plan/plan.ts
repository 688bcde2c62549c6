import type { ClientScript } from "./client/index.ts";
import type { DoctorScript } from "./doctor.ts";
import type { PlatformPackages } from "./packages.ts";
import type { Script } from "./script.ts";

/** Everything that a cluster's bundle is made of. */
export interface Plan {
  readonly scripts: readonly Script[];
  /** Null when the description has no clients. */
  readonly client: ClientScript | null;
  /** What hosts without a network need carried to them; empty when no host needs a package. */
  readonly packages: readonly PlatformPackages[];
  readonly doctor: DoctorScript;
}
