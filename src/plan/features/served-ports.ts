import { protocolOf } from "../../lvs/served.ts";
import type { Contribution } from "../contribution.ts";
import type { Resource } from "../resource.ts";
import type { Site } from "../site.ts";

/** A real server's firewall lets the services' ports through, and verify proves that something listens there. */
export function servedPorts({ served }: Site): Contribution {
  const ports = served.flatMap(({ service, ports: all }) =>
    all.filter((port) => port !== 0).map((port) => ({ port, protocol: protocolOf(service) })),
  );
  return {
    ports: ports.map(({ port, protocol }) => `${port}/${protocol}`),
    resources: {
      expectations: ports.flatMap(({ port, protocol }): Resource[] =>
        protocol === "sctp" ? [] : [{ kind: "listener", protocol, port }],
      ),
    },
  };
}
