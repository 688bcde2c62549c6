import type { Place } from "./place.ts";

/** A word of an input, with the place that it is from. */
export interface Word {
  readonly text: string;
  readonly place: Place;
}

/** The words of a line that knows no quotes, as `ipvsadm-restore` reads it. */
export function plainWords(text: string, file: string, line: number): Word[] {
  return Array.from(text.matchAll(/\S+/g), ({ 0: word, index }) => ({
    text: word,
    place: { file, line, column: index + 1, length: word.length },
  }));
}
