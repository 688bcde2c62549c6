import type { MarkMatch, Service } from "../model.ts";
import { sameAddress } from "../net.ts";
import type { Rule } from "./rule.ts";

interface Claim {
  readonly match: MarkMatch;
  readonly service: Service;
}

function claimsOf(services: readonly Service[]): Claim[] {
  return services.flatMap((service) =>
    service.frontend.kind === "fwmark" ? service.frontend.matches.map((match) => ({ match, service })) : [],
  );
}

/** A packet has one mark. */
export const overlappingMatches: Rule = ({ services }, report) => {
  const claims = claimsOf(services);
  claims.forEach(({ match }, index) => {
    const other = claims.slice(0, index).find((earlier) => overlap(earlier.match, match));
    if (other === undefined) return;
    report("OVERLAPPING_MATCHES", {
      pointer: `${match.pointer}/port`,
      message: `${portsText(match)} of ${match.vip.text} has a mark already (service ${JSON.stringify(other.service.name)})`,
      hint: 'let each port of a VIP be in one "match"',
      related: [{ pointer: `${other.match.pointer}/port`, message: "the first one" }],
    });
  });
};

/** The mark is looked up before address and port. */
export const shadowedServices: Rule = ({ services }, report) => {
  const claims = claimsOf(services);
  if (claims.length === 0) return;
  for (const { frontend, name, pointer } of services) {
    if (frontend.kind !== "address") continue;
    const { vip, protocol, port } = frontend;
    const claim = claims.find(({ match }) => {
      const takesPort = port !== 0 && match.ports[0] <= port && port <= match.ports[1];
      return takesPort && match.protocol === protocol && sameAddress(match.vip, vip);
    });
    if (claim === undefined) continue;
    report("MATCH_SHADOWS_SERVICE", {
      pointer: `${claim.match.pointer}/port`,
      message: `the mark takes the traffic of the service ${JSON.stringify(name)}`,
      hint: `leave ${protocol} port ${port} of ${vip.text} out of the match, or take the other service out`,
      related: [{ pointer: `${pointer}/port`, message: "gets no connection" }],
    });
  }
};

function overlap(a: MarkMatch, b: MarkMatch): boolean {
  const ports = a.ports[0] <= b.ports[1] && b.ports[0] <= a.ports[1];
  return ports && a.protocol === b.protocol && sameAddress(a.vip, b.vip);
}

function portsText({ protocol, ports: [first, last] }: MarkMatch): string {
  return first === last ? `${protocol} port ${first}` : `${protocol} ports ${first}-${last}`;
}
