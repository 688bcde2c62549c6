import { isNarrower, type Selector } from "../lvs/match.ts";
import { parseAddress, parseCidr } from "../net.ts";
import type { Facts, FoundMark } from "./facts.ts";
import type { Ledger } from "./ledger.ts";

/**
 * Of two rules that fit a packet the later one says its mark, unless others end the chain before; of two matches of a description
 * it is the narrower one. Tells of the rules for which that is not the same.
 */
export function tellOtherOrder({ marks }: Facts, ledger: Ledger): void {
  const rules = marks.map((found) => ({ found, selector: selectorOf(found) }));
  for (const { found, selector } of rules) {
    const { position, mark, place } = found;
    if (selector === null || position === null) continue;
    const later = rules.find(
      (other) =>
        other.selector !== null &&
        other.found.position !== null &&
        other.found.position > position &&
        other.found.mark !== mark &&
        other.found.place.file === place.file &&
        isNarrower(selector, other.selector),
    );
    if (later === undefined) continue;
    ledger.missed(
      place,
      `a later rule gives all of this the mark ${later.found.mark}; in the description the narrower one wins, which is this`,
      `see which of the two it gets today; take this "match" out where that is the mark ${later.found.mark}`,
    );
  }
}

function selectorOf({ vip, protocol, port, source, interface: nic }: FoundMark): Selector | null {
  const address = parseAddress(vip);
  if (address === null) return null;
  const [first = 0, last = first] = String(port).split("-").map(Number);
  return {
    vip: address,
    protocol,
    ports: first === 0 ? null : [first, last],
    source: source === null ? null : parseCidr(source),
    interface: nic,
  };
}
