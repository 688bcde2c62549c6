import { isAskedThrough } from "../../lvs/asked-port.ts";
import { type Selector, selectorsOf, takesPort } from "../../lvs/match.ts";
import type { HealthCheck, Protocol, Service } from "../../model.ts";
import type { Load } from "./expectation.ts";
import { atPort, otherwise, type Surroundings } from "./reach.ts";

/**
 * One address and port that the client asks. `none` is not asked, and `reason` says why; `tcp` is asked for a connection
 * alone, and `reason` says why no more, where the description wants more.
 */
export interface Target {
  readonly probe: "http" | "https" | "tcp" | "udp" | "none";
  readonly vip: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly reason: string;
}

/** What clients can connect to: the service's address, or the first port of each match of a firewall mark. */
export function targets(service: Service, { live }: Load, around: Surroundings): Target[] {
  return endpoints(service).map(({ checked, selector, ...place }) => ({
    ...place,
    ...(live === 0
      ? none("every real server has weight 0: nobody is to answer")
      : asked(service, { checked, selector, ...place }, around)),
  }));
}

/** A request that another service gets, or none, would say nothing of this one. */
function asked(service: Service, { checked, selector, ...place }: Checked, around: Surroundings): Asked {
  const found = probe(service.check, place, checked);
  if (found.probe === "none") return found;
  const reason = otherwise(service, selector, atPort(selector, place.protocol, place.port), around);
  return reason === null ? found : none(reason);
}

type Endpoint = Pick<Target, "vip" | "protocol" | "port">;

/** With what it is a part of, and whether it is what the description's check is about. */
type Checked = Endpoint & { readonly selector: Selector; readonly checked: boolean };

function endpoints(service: Service): Checked[] {
  const { frontend, check } = service;
  if (frontend.kind === "address") {
    const port = frontend.port === 0 ? anyPort(check) : frontend.port;
    const { vip, protocol } = frontend;
    return selectorsOf(frontend).map((selector) => ({
      vip: vip.text,
      protocol,
      port,
      selector,
      checked: isAskedThrough(service, port),
    }));
  }
  return frontend.matches.map((match) => {
    const { vip, ports } = match;
    const protocol = match.protocol ?? (check.type === "udp" ? "udp" : "tcp");
    const port = check.port !== null && takesPort(match, check.port) ? check.port : (ports?.[0] ?? anyPort(check));
    const checked = check.port === null ? !isOtherScheme(check, port) : takesPort(match, check.port);
    return { vip: vip.text, protocol, port, selector: match, checked };
  });
}

function probe({ type, port: checkPort }: HealthCheck, { protocol, port }: Endpoint, checked: boolean): Asked {
  if (protocol === "sctp") return none("neither bash nor curl speaks SCTP");
  if (protocol === "udp" && type !== "udp") return none("the description has no UDP check for it");
  if (port === 0) return none("it serves every port, and its check names none");
  if (protocol === "udp") return { probe: "udp", reason: "" };
  switch (type) {
    case "http":
    case "https": {
      const where = checkPort === null ? type : `${type} on port ${checkPort}`;
      return checked
        ? { probe: type, reason: "" }
        : { probe: "tcp", reason: `its check asks ${where}, which is not here` };
    }
    case "tcp":
      return { probe: "tcp", reason: "" };
    case "udp":
    case "none":
      return none("the description has no check for it");
  }
}

type Asked = Pick<Target, "probe" | "reason">;

function none(reason: string): Asked {
  return { probe: "none", reason };
}

/** A port of a service that has them all. */
function anyPort({ type, port }: HealthCheck): number {
  if (port !== null) return port;
  return type === "http" ? 80 : type === "https" ? 443 : 0;
}

/** A mark over 80 and 443 has one check: the other port gets a connection only. */
function isOtherScheme({ type }: HealthCheck, port: number): boolean {
  return (type === "http" && port === 443) || (type === "https" && port === 80);
}
