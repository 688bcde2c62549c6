import type { Contribution } from "../contribution.ts";
import type { Site } from "../site.ts";

/** The director's firewall lets clients reach the services; a service on every port opens nothing by itself. */
export function servicePorts({ cluster }: Site): Contribution {
  return {
    ports: cluster.services.flatMap(({ frontend }) => {
      if (frontend.kind === "address") return frontend.port === 0 ? [] : [`${frontend.port}/${frontend.protocol}`];
      return frontend.matches.map(
        ({ ports: [first, last], protocol }) => `${first === last ? first : `${first}-${last}`}/${protocol}`,
      );
    }),
  };
}
