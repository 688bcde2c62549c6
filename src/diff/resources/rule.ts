import type { Judgement } from "../verdict.ts";
import type { Difference } from "./differences.ts";

/** What a rule may ask about the host that a difference is on. */
export interface Around {
  /** Whether a service of the new table is at this virtual address: on a real server, one that it serves. */
  readonly isServed: (vip: string) => boolean;
  /** Whether one of the former table was. */
  readonly wasServed: (vip: string) => boolean;
  /** Whether real servers had a default route by way of this address. */
  readonly wasGateway: (address: string) => boolean;
  /** Whether the host still has a virtual address in this role. */
  readonly carriesVips: boolean;
  /** Whether the new table has this firewall mark. */
  readonly hasMark: (mark: string) => boolean;
  /** Whether the host is described with one interface alone. */
  readonly hasOneInterface: boolean;
  /** Whether the host's platform is another one now. */
  readonly changesPlatform: boolean;
}

/** A difference in words, with its verdict. */
export interface Told {
  /** Stable, for tools. */
  readonly rule: string;
  readonly what: string;
  readonly was: string | null;
  readonly becomes: string | null;
  readonly judgement: Judgement;
}

/** What a difference of one kind means; an empty list where another topic tells it. */
export type KindRule = (difference: Difference, around: Around) => readonly Told[];

/** A rule that tells a difference in the words of its `want` line. */
export function plainly(
  rule: string,
  what: string,
  judge: { readonly added: Judgement; readonly removed: Judgement; readonly changed: Judgement },
): KindRule {
  return (difference) => {
    const { was, becomes } = difference;
    const judgement = was === null ? judge.added : becomes === null ? judge.removed : judge.changed;
    return [told(rule, `${what} ${difference.name}`.trimEnd(), difference, judgement)];
  };
}

export function told(rule: string, what: string, difference: Difference, judgement: Judgement): Told {
  const { was, becomes } = wordsOf(difference);
  return { rule, what, was, becomes, judgement };
}

/** What is said besides the name; where nothing is, that it is there, or that its text is another one. */
export function wordsOf({ was, becomes, name }: Difference): {
  readonly was: string | null;
  readonly becomes: string | null;
} {
  const text = (one: Difference["was"]): string | null => {
    if (one === null) return null;
    const named = name === "" ? 0 : name.split(" ").length;
    const own = one.words.slice(0, named).join(" ") === name ? one.words.slice(named) : one.words;
    const rest = own.filter((word) => word !== name && word !== "-").join(" ");
    return rest === "" ? "described" : rest;
  };
  const [before, after] = [text(was), text(becomes)];
  return before !== null && before === after
    ? { was: "one text", becomes: "another text" }
    : { was: before, becomes: after };
}
