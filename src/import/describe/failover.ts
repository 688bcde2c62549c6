import { isBuilt } from "../built.ts";
import type { Facts } from "../facts.ts";
import type { Ledger } from "../ledger.ts";
import { placeText } from "../place.ts";
import { type DraftObject, object, plain, scalar, set } from "./draft.ts";
import { tellLater } from "./services.ts";

/** `ha` of what VRRP says; the VIPs of all instances move together there. */
export function describeFailover(top: DraftObject, facts: Facts, ledger: Ledger): void {
  // Each director has each instance: the first one stands for all.
  const byIdentity = new Map([...facts.instances].reverse().map((one) => [`${one.name} ${one.routerId}`, one]));
  const instances = [...byIdentity.values()].reverse();
  const [first] = instances;
  if (first === undefined) return;
  const ha = object();
  const value = <T>(read: (one: (typeof instances)[number]) => T | null): T | null => {
    for (const one of instances) {
      const found = read(one);
      if (found !== null) return found;
    }
    return null;
  };
  const id = first.routerId;
  if (id !== null) set(ha, "routerId", scalar(id));
  if (first.interface !== null) set(ha, "interface", scalar(first.interface));
  const interval = value((one) => one.advertInterval);
  if (interval !== null) set(ha, "advertInterval", scalar(interval));
  const version = value((one) => one.version);
  if (version !== null) set(ha, "version", scalar(version));
  set(ha, "preempt", scalar(first.preempt));
  set(ha, "unicast", scalar(first.unicast !== null));
  const sync = value((one) => one.sync);
  if (sync !== null) set(ha, "sync", plain({ interface: sync }));
  const member = set(top, "ha", ha, ...instances.map((one) => `${placeText(one.place)}: vrrp_instance ${one.name}`));
  if (instances.length > 1) {
    const others = instances.slice(1);
    for (const one of others)
      if (one.routerId !== first.routerId)
        ledger.missed(
          one.place,
          "lvsgen moves all VIPs of a cluster together, under one router id",
          "make a cluster of its own of VIPs that move for themselves",
        );
  }
  if (isBuilt("ha")) return;
  member.off = true;
  member.comments.push('lvsgen does not build "ha" yet: one director carries the VIPs');
  for (const one of instances) tellLater(one.place, "ha", ledger);
}
