import { schedulerModule } from "../../lvs/schedulers.ts";
import type { Contribution } from "../contribution.ts";
import type { Site } from "../site.ts";

/** IPVS itself: its tool, and the modules that the services of the table need. */
export function ipvs({ cluster, host }: Site): Contribution {
  const engines = cluster.services.flatMap(({ persistenceEngine }) =>
    persistenceEngine ? [`ip_vs_pe_${persistenceEngine}`] : [],
  );
  return {
    packages: host.platform.packages.director,
    modules: ["ip_vs", ...cluster.services.map(({ scheduler }) => schedulerModule(scheduler)), ...engines],
  };
}
