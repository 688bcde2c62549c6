import type { Check, MarkMatch, Protocol, Service } from "../../model.ts";

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
export function targets(service: Service): Target[] {
  const { frontend, check } = service;
  if (frontend.kind === "address") {
    const port = frontend.port === 0 ? anyPort(check) : frontend.port;
    const vip = frontend.vip.text;
    return [
      { vip, protocol: frontend.protocol, port, ...probe(service, frontend.protocol, port, isChecked(service, port)) },
    ];
  }
  return frontend.matches.map((match) => {
    const port = check.port !== null && covers(match, check.port) ? check.port : match.ports[0];
    const checked = check.port === null ? !isOtherScheme(check, port) : covers(match, check.port);
    return { vip: match.vip.text, protocol: match.protocol, port, ...probe(service, match.protocol, port, checked) };
  });
}

function probe(
  { check, realServers }: Service,
  protocol: Protocol,
  port: number,
  checked: boolean,
): Pick<Target, "probe" | "reason"> {
  if (realServers.every(({ weight }) => weight === 0))
    return none("every real server has weight 0: nobody is to answer");
  if (protocol === "sctp") return none("neither bash nor curl speaks SCTP");
  if (protocol === "udp")
    return check.type === "udp" ? { probe: "udp", reason: "" } : none("the description has no UDP check for it");
  if (port === 0) return none("it serves every port, and its check names none");
  switch (check.type) {
    case "http":
    case "https":
      if (checked) return { probe: check.type, reason: "" };
      return {
        probe: "tcp",
        reason: `its check asks ${check.type}${check.port === null ? "" : ` on port ${check.port}`}, which is not here`,
      };
    case "tcp":
      return { probe: "tcp", reason: "" };
    case "udp":
    case "none":
      return none("the description has no check for it");
  }
}

function none(reason: string): Pick<Target, "probe" | "reason"> {
  return { probe: "none", reason };
}

/** A port of a service that has them all. */
function anyPort({ type, port }: Check): number {
  if (port !== null) return port;
  return type === "http" ? 80 : type === "https" ? 443 : 0;
}

/** Whether what the check asks of a real server is what a client gets through the VIP: behind NAT under another port. */
function isChecked({ check, realServers }: Service, port: number): boolean {
  return check.port === null || check.port === port || realServers.some((server) => server.port === check.port);
}

function covers({ ports: [first, last] }: MarkMatch, port: number): boolean {
  return port >= first && port <= last;
}

/** A mark over 80 and 443 has one check: the other port gets a connection only. */
function isOtherScheme({ type }: Check, port: number): boolean {
  return (type === "http" && port === 443) || (type === "https" && port === 80);
}
