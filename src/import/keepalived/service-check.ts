import type { FoundCheck, FoundService } from "../facts.ts";
import type { Ledger } from "../ledger.ts";
import { type Place, placeText } from "../place.ts";
import type { ReadServer } from "./real-servers.ts";

/** The check that most real servers have; what the others have instead is told. */
export function chooseCheck(
  servers: readonly ReadServer[],
  service: FoundService,
  place: Place,
  ledger: Ledger,
): FoundCheck | null {
  const counts = new Map<string, { readonly check: FoundCheck; count: number }>();
  for (const { checks } of servers) {
    const [first] = checks;
    if (first === undefined) continue;
    const key = contentOf(first, service);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { check: first, count: 1 });
    else known.count++;
  }
  const [best] = [...counts.entries()].sort((a, b) => b[1].count - a[1].count);
  // A real server that keepalived never asks is never taken out.
  if (best === undefined) return servers.length === 0 ? null : { place, type: "none" };
  const [content, { check }] = best;
  for (const { checks, node } of servers) {
    const [first, ...more] = checks;
    if (first === undefined)
      ledger.missed(
        node.place,
        `a service has one check, that of ${placeText(check.place)}; keepalived asks this one nothing`,
        "see whether it may be asked",
      );
    else if (contentOf(first, service) !== content)
      ledger.missed(
        first.place,
        `a service has one check, and ${placeText(check.place)} asks something else`,
        "make a service of its own of it, or see whether the other check does",
      );
    for (const one of more) ledger.missed(one.place, "a service has one check", "choose the one that says most");
  }
  return withoutOwnPort(check, service);
}

function contentOf(check: FoundCheck, service: FoundService): string {
  const { place: _place, ...content } = withoutOwnPort(check, service);
  return JSON.stringify(content);
}

function withoutOwnPort(check: FoundCheck, { frontend }: FoundService): FoundCheck {
  if (frontend.kind === "fwmark" || check.port !== frontend.port) return check;
  const { port: _port, ...rest } = check;
  return rest;
}
