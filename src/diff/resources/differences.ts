/** What a host gets in a role, resource by resource: which come, go, or are described otherwise. */
import type { ScriptRole } from "../change.ts";
import type { Declared } from "../snapshot.ts";

export interface Difference {
  readonly host: string;
  readonly role: ScriptRole;
  readonly kind: string;
  /** By which it is the same thing on both sides: a path, an address, a unit. */
  readonly name: string;
  readonly was: Declared | null;
  readonly becomes: Declared | null;
}

/** How many words name a resource of a kind; one where a kind is not listed. */
const wordsOfName: Readonly<Record<string, number>> = {
  export: 2,
  listener: 2,
  answer: 3,
  gateway: 0,
  backend: 0,
  timeouts: 0,
};

export function nameOf({ kind, words }: Declared): string {
  // A VIP is the same on whichever interface.
  if (kind === "address") return (words[0] ?? "").replace(/\/[0-9]+$/, "");
  return words.slice(0, wordsOfName[kind] ?? 1).join(" ");
}

/** Equal ones cancel out, wherever they stand; of what is left, those of one name belong together. */
export function differencesOf(
  { host, role }: { readonly host: string; readonly role: ScriptRole },
  old: readonly Declared[],
  next: readonly Declared[],
): readonly Difference[] {
  const unmatched = new Map<string, Declared[]>();
  for (const one of old) append(unmatched, sameness(one), one);
  const come = next.filter((one) => unmatched.get(sameness(one))?.shift() === undefined);
  const gone = new Map<string, Declared[]>();
  for (const one of [...unmatched.values()].flat()) append(gone, identity(one), one);
  const pairs = come.map((becomes): Difference => {
    const was = gone.get(identity(becomes))?.shift() ?? null;
    return { host, role, kind: becomes.kind, name: nameOf(becomes), was, becomes };
  });
  return [
    ...pairs,
    ...[...gone.values()]
      .flat()
      .map((was): Difference => ({ host, role, kind: was.kind, name: nameOf(was), was, becomes: null })),
  ];
}

function append(lists: Map<string, Declared[]>, key: string, one: Declared): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [one]);
  else known.push(one);
}

function identity(one: Declared): string {
  return `${one.kind} ${nameOf(one)}`;
}

function sameness(one: Declared): string {
  return JSON.stringify([one.verb, one.kind, one.words, one.text]);
}
