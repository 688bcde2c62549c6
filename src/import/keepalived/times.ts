import type { Ledger } from "../ledger.ts";
import type { Place } from "../place.ts";

/** A time of keepalived in whole seconds, one at least; null for what it leaves out, which 0 is. */
export function seconds(text: string | undefined, highest: number): number | null {
  const value = /^[0-9]{1,9}(?:\.[0-9]{1,6})?$/.test(text ?? "") ? Number(text) : Number.NaN;
  return Number.isNaN(value) || value === 0 ? null : Math.min(highest, Math.max(1, Math.round(value)));
}

/** Tells of a time that is another one in the description. */
export function tellTime(text: string | undefined, taken: number, place: Place, ledger: Ledger): void {
  if (Number(text) !== taken)
    ledger.missed(place, `a check has whole seconds, within bounds: ${taken} stands there`, "see whether that will do");
}

export const mostRetries = 100;

export function tellRetries(number: number | null, place: Place, ledger: Ledger): void {
  if (number !== null && number > mostRetries)
    ledger.missed(place, `a check asks again ${mostRetries} times at most`, "see whether that will do");
}
