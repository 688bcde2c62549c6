import { isTunnelDevice } from "../../lvs/tunnel.ts";
import type { Contribution } from "../contribution.ts";
import { bootConfig } from "../network/index.ts";
import { placementResource } from "../resource.ts";
import type { Site } from "../site.ts";

/** The VIPs of a director, which answers for them: last, so that a client's first packet finds a service. */
export function addresses(at: Site): Contribution {
  const { placements } = at;
  const lasting = bootConfig(
    at,
    placements.filter(({ device }) => !isTunnelDevice(device)),
    { routes: false },
  );
  return {
    resources: {
      requirements: lasting.requirements,
      addresses: [...placements.map(placementResource), ...lasting.resources],
    },
    boot: { commands: lasting.bootCommands },
  };
}
