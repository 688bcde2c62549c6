import type { Note } from "../facts.ts";
import type { Ledger } from "../ledger.ts";
import { type Place, placeText } from "../place.ts";

/** More at one place nobody reads; the ledger has them all. */
const mostNotes = 50;

export function noteTexts(notes: readonly Note[]): string[] {
  const texts = notes.slice(0, mostNotes).map(({ place, text }) => `${placeText(place)}: ${text}`);
  return notes.length > mostNotes ? [...texts, `… and ${notes.length - mostNotes} more`] : texts;
}

/** A key that waits for a later lvsgen. */
export function tellLater(place: Place, key: string, ledger: Ledger): void {
  ledger.missed(place, `lvsgen does not build "${key}" yet`, "it stands in the description as a comment");
}
