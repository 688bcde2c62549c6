import { remedy } from "../diagnostics/suggest.ts";
import { covers, meet, sameScope, selectorsOf } from "../lvs/match.ts";
import type { MarkMatch, Service } from "../model.ts";
import { networkText, networkValue } from "../net.ts";
import { cidrText } from "./places.ts";
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

/** A packet has one mark: of two services' matches that fit it, one has to lie within the other. */
export const overlappingMatches: Rule = ({ services }, report) => {
  const claims = claimsOf(services);
  claims.forEach((claim, index) => {
    const other = claims.slice(0, index).find((earlier) => clash(earlier, claim) !== null);
    if (other === undefined) return;
    const { match, service } = claim;
    const which = JSON.stringify(other.service.name);
    const texts = {
      same: {
        message: `${matchText(match)} of ${match.vip.text} has a mark already (service ${which})`,
        hint: 'let each port of a VIP be in one "match"',
      },
      needless: {
        message: `${matchText(match)} of ${match.vip.text} meets another match of the service ${which}, and one lies within the other`,
        hint: "take the narrower one out",
      },
      crossing: {
        message: `${matchText(match)} of ${match.vip.text} and a match of the service ${which} have packets in common, and neither lies within the other`,
        hint: "split one of the two, so that its parts lie within the other or have nothing in common with it: of two matches the narrower wins",
      },
    };
    report("OVERLAPPING_MATCHES", {
      pointer: placeOf(match),
      ...texts[clash(other, { match, service }) ?? "same"],
      related: [{ pointer: placeOf(other.match), message: "the first one" }],
    });
  });
};

/** What is wrong with two matches that have packets in common; null: nothing. */
function clash(a: Claim, b: Claim): "same" | "needless" | "crossing" | null {
  if (!meet(a.match, b.match)) return null;
  if (sameScope(a.match, b.match)) return "same";
  const nested = covers(a.match, b.match) || covers(b.match, a.match);
  // In one service both give the same mark.
  if (a.service === b.service) return nested ? "needless" : null;
  return nested ? null : "crossing";
}

/** The mark is looked up before address and port. */
export const shadowedServices: Rule = ({ services }, report) => {
  const claims = claimsOf(services);
  if (claims.length === 0) return;
  for (const { frontend, name, pointer } of services) {
    if (frontend.kind !== "address") continue;
    const [own] = selectorsOf(frontend);
    const claim = own && claims.find(({ match }) => covers(match, own));
    if (claim === undefined) continue;
    const { vip, protocol, port } = frontend;
    report("MATCH_SHADOWS_SERVICE", {
      pointer: placeOf(claim.match),
      message: `the mark takes the traffic of the service ${JSON.stringify(name)}`,
      hint:
        claim.match.ports === null && port !== 0
          ? `let that service have a mark too, with a "match" for ${protocol} port ${port} of ${vip.text}: the narrower one wins`
          : `leave ${protocol} port ${port} of ${vip.text} out of the match, or take the other service out`,
      related: [{ pointer: `${pointer}/port`, message: "gets no connection" }],
    });
  }
};

/** Packets of the other family never have this destination. */
export const sourcesOfOtherFamily: Rule = ({ services }, report) => {
  for (const { match } of claimsOf(services)) {
    const { source, vip, pointer } = match;
    if (source === null || source.address.family === vip.family) continue;
    report("MIXED_FAMILIES", {
      pointer: `${pointer}/source`,
      message: `${cidrText(source)} is IPv${source.address.family} while ${vip.text} is IPv${vip.family}: nothing goes from the one to the other`,
      hint: `write a network of IPv${vip.family}`,
      related: [{ pointer: `${pointer}/vip`, message: `IPv${vip.family}` }],
    });
  }
};

/** A network is named by its first address. */
export const addressesAsSources: Rule = ({ services }, report) => {
  for (const { match } of claimsOf(services)) {
    const { source, pointer } = match;
    if (source === null || source.address.value === networkValue(source)) continue;
    report("BAD_ADDRESS", {
      pointer: `${pointer}/source`,
      message: `${JSON.stringify(cidrText(source))} is an address in its network, not the network`,
      hint: `write ${JSON.stringify(networkText(source))}, or the prefix length of a smaller network`,
    });
  }
};

/** What comes in by an interface that is not there gets no mark, and nobody is told. */
export const unknownMatchInterfaces: Rule = ({ services, directors }, report) => {
  for (const { match } of claimsOf(services)) {
    const { interface: nic, pointer } = match;
    for (const director of nic === null ? [] : directors) {
      const names = director.interfaces.map(({ name }) => name);
      if (nic === null || names.includes(nic)) continue;
      report("UNKNOWN_MATCH_INTERFACE", {
        pointer: `${pointer}/interface`,
        message: `${director.name} has no interface ${JSON.stringify(nic)}`,
        hint: remedy(nic, names),
        related: [{ pointer: director.pointer, part: "key", message: "the director" }],
      });
    }
  }
};

function placeOf({ pointer, ports }: MarkMatch): string {
  return ports === null ? `${pointer}/vip` : `${pointer}/port`;
}

function matchText({ protocol, ports }: MarkMatch): string {
  if (protocol === null) return "every packet";
  if (ports === null) return `every ${protocol} port`;
  const [first, last] = ports;
  return first === last ? `${protocol} port ${first}` : `${protocol} ports ${first}-${last}`;
}
