import type { Contribution } from "../contribution.ts";
import type { Site } from "../site.ts";

/** What a host needs to mount shares, and to serve what lies on them. */
export function nfsClient({ host }: Site): Contribution {
  if (host.mounts.length === 0) return {};
  const { packages, units, nfsBooleans } = host.platform;
  return {
    packages: packages.nfsClient,
    booleans: nfsBooleans,
    resources: { nfsClient: units.nfsClient.map((name) => ({ kind: "unit", name, enabled: true, active: true })) },
  };
}
