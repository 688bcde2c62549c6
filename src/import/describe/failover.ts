import { isBuilt } from "../built.ts";
import type { Facts, FoundInstance } from "../facts.ts";
import type { Ledger } from "../ledger.ts";
import { placeText } from "../place.ts";
import { type DraftObject, object, plain, scalar, set } from "./draft.ts";
import { tellLater } from "./services.ts";

/**
 * `ha` of what VRRP says, and of health checks that are there today. Of one director alone, what it agrees on with others stands
 * as comments: nobody says who they are.
 */
export function describeFailover(top: DraftObject, facts: Facts, directors: number, ledger: Ledger): void {
  const instances = identities(facts);
  const checks = facts.services.some(({ check, sorry }) => check !== null || sorry !== null);
  if (instances.length === 0 && !checks) return;
  const ha = object(instances.length === 0);
  if (instances.length > 0) vrrp(ha, instances);
  const member = set(top, "ha", ha, ...instances.map((one) => `${placeText(one.place)}: vrrp_instance ${one.name}`));
  const [first, ...others] = instances;
  for (const one of others)
    if (one.routerId !== first?.routerId)
      ledger.missed(
        one.place,
        "lvsgen moves all VIPs of a cluster together, under one router id",
        "make a cluster of its own of VIPs that move for themselves",
      );
  if (!isBuilt("ha")) {
    member.off = true;
    member.comments.push('lvsgen does not build "ha" yet: one director carries the VIPs');
    for (const one of instances) tellLater(one.place, "ha", ledger);
  } else if (first !== undefined && directors < 2) {
    for (const one of ha.members) one.off = true;
    member.comments.push(
      'With one director keepalived checks the real servers alone. With the others in "directors" as well:',
    );
    ledger.missed(
      first.place,
      "who the other directors are is not in the inputs",
      'import their files too, or name them in "directors"; VRRP stands in the description as a comment',
    );
  }
}

/** Each director has each instance: the first one stands for all. */
function identities({ instances }: Facts): FoundInstance[] {
  const byIdentity = new Map([...instances].reverse().map((one) => [`${one.name} ${one.routerId}`, one]));
  return [...byIdentity.values()].reverse();
}

function vrrp(ha: DraftObject, instances: readonly FoundInstance[]): void {
  const [first] = instances;
  if (first === undefined) return;
  const value = <T>(read: (one: FoundInstance) => T | null): T | null => {
    for (const one of instances) {
      const found = read(one);
      if (found !== null) return found;
    }
    return null;
  };
  if (first.routerId !== null) set(ha, "routerId", scalar(first.routerId));
  if (first.interface !== null) set(ha, "interface", scalar(first.interface));
  const interval = value((one) => one.advertInterval);
  if (interval !== null) set(ha, "advertInterval", scalar(interval));
  const version = value((one) => one.version);
  if (version !== null) set(ha, "version", scalar(version));
  set(ha, "preempt", scalar(first.preempt));
  set(ha, "unicast", scalar(first.unicast !== null));
  const sync = value((one) => one.sync);
  if (sync !== null) set(ha, "sync", plain({ interface: sync }));
}
