/** What the proofs about growing tables have in common: their tables, and the figures that a script on a guest prints. */
import type { Bench } from "../bench.ts";

export interface Table {
  readonly title: string;
  readonly services: number;
  /** Real servers of each service. */
  readonly servers: number;
}

/** The address of the real server of that number, from 0 on: 250 a network, from 10.2.0.1 on. */
export const addressOf = (number: number): string =>
  `10.${2 + Math.floor(number / 62_500)}.${Math.floor(number / 250) % 250}.${1 + (number % 250)}`;

/** Lines `WHAT NUMBER`; NaN for what was not printed. */
export function figuresIn(text: string): (what: string) => number {
  const found = new Map(
    [...text.matchAll(/^(\S+) ([0-9.-]+)$/gm)].map(([, what = "", value]) => [what, Number(value)]),
  );
  return (what) => found.get(what) ?? Number.NaN;
}

/** That the table had all of its entries, and the figures that are told of it: `[WHAT, UNIT]`. */
export function tell(
  { book }: Bench,
  { title, services, servers }: Table,
  figure: (what: string) => number,
  told: readonly (readonly [what: string, unit: string])[],
): void {
  book.equal(`${title}: entries`, figure("entries"), services * servers);
  for (const [what, unit] of told) book.figure(`  ${title}: ${what}`, figure(what), unit);
}
