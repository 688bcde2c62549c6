import { type Selector, selectorsOf } from "../../lvs/match.ts";
import { directorDevice } from "../../lvs/placement.ts";
import { isTunnelDevice } from "../../lvs/tunnel.ts";
import type { Address, Host, Service } from "../../model.ts";
import type { Contribution } from "../contribution.ts";
import { portTexts } from "../opening.ts";
import type { Site } from "../site.ts";

/** The director's firewall lets clients reach the services; a service on every port opens nothing by itself. */
export function servicePorts({ cluster, host }: Site): Contribution {
  return {
    openings: cluster.services.flatMap((service) =>
      endpoints(service).map((endpoint) => ({ what: endpoint.ports, devices: entrances(host, service, endpoint) })),
    ),
  };
}

/** Where clients connect to: a VIP with ports such as `80/tcp`. */
export interface Endpoint {
  readonly vip: Address;
  readonly ports: string;
  readonly selector: Selector;
}

/** What a service lets clients connect to; nothing where it is every port. */
export function endpoints({ frontend }: Service): Endpoint[] {
  return selectorsOf(frontend).flatMap((selector) =>
    portTexts(selector).map((ports) => ({ vip: selector.vip, ports, selector })),
  );
}

/**
 * The interfaces by which clients reach a VIP: the one that they have to come in by, the one that carries it, or any where that is none
 * of the network's.
 */
export function entrances(host: Host, service: Service, { vip, selector }: Endpoint): string[] {
  if (selector.interface !== null) return [selector.interface];
  const device = directorDevice(host, service, vip);
  if (device !== "lo" && !isTunnelDevice(device)) return [device];
  const nics = host.interfaces.map(({ name }) => name);
  return device === "lo" ? nics : [device, ...nics];
}
