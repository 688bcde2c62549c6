import type { FoundInstance } from "../facts.ts";
import type { Ledger } from "../ledger.ts";
import { placeText } from "../place.ts";
import { isSame, type Voice } from "./directors.ts";

const settings = [
  ["advert_int", (one: FoundInstance) => one.advertInterval ?? 1],
  ["version", (one: FoundInstance) => one.version ?? 2],
  ["nopreempt", (one: FoundInstance) => one.preempt],
] as const;

/** Directors that agree say the same of everything but themselves: tells where another one does not. */
export function tellOthers(leading: Voice | undefined, voices: readonly Voice[], ledger: Ledger): void {
  const remedy = "see which of the two is right: directors that do not say the same take each other for dead";
  for (const voice of voices) {
    if (voice === leading || leading === undefined) continue;
    for (const one of voice.instances) {
      const same = leading.instances.find((other) => isSame(one, other));
      if (same === undefined) {
        ledger.missed(
          one.place,
          `${placeText(leading.instances[0]?.place ?? one.place)} has no such router id`,
          remedy,
        );
        continue;
      }
      const differing: string[] = settings.filter(([, read]) => read(one) !== read(same)).map(([name]) => name);
      const own = new Set(one.vips.map(({ address }) => address));
      if (own.size !== same.vips.length || same.vips.some(({ address }) => !own.has(address)))
        differing.push("virtual_ipaddress");
      if (differing.length > 0)
        ledger.missed(one.place, `${placeText(same.place)} has another ${differing.join(", ")}`, remedy);
    }
  }
}
