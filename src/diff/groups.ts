/** Changes as people read them: by what they are about, those of one verdict for one reason together. */
import type { Change, Subject } from "./change.ts";
import { joinedByPool } from "./pools.ts";
import { subjectTitle } from "./titles.ts";
import { type Verdict, verdicts } from "./verdict.ts";

export interface Group {
  readonly subject: Subject;
  readonly title: string;
  readonly alike: readonly Alike[];
}

/** Changes with one verdict for one reason. */
export interface Alike {
  readonly verdict: Verdict;
  readonly why: string;
  readonly shown: readonly Change[];
  /** How many there are besides. */
  readonly more: number;
}

/** A table may have ten thousand real servers: nobody reads a line for each. */
const mostAlike = 20;

export function groupsOf(changes: readonly Change[]): readonly Group[] {
  return [...gathered(joinedByPool(changes), ({ subject }) => JSON.stringify(subject)).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const alike = [...gathered(own, ({ verdict, why }) => JSON.stringify([verdict, why])).values()];
    return [
      {
        subject: first.subject,
        title: subjectTitle(first.subject),
        alike: alike.flatMap(alikeOf).sort(graverFirst),
      },
    ];
  });
}

function alikeOf(changes: readonly Change[]): Alike[] {
  const [first] = changes;
  if (first === undefined) return [];
  const shown = changes.length > mostAlike + 1 ? changes.slice(0, mostAlike) : changes;
  return [{ verdict: first.verdict, why: first.why, shown, more: changes.length - shown.length }];
}

function graverFirst(a: Alike, b: Alike): number {
  return verdicts.indexOf(b.verdict) - verdicts.indexOf(a.verdict);
}

/** In the order in which each is first met. */
function gathered(
  changes: readonly Change[],
  keyOf: (change: Change) => string,
): ReadonlyMap<string, readonly Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = keyOf(change);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [change]);
    else known.push(change);
  }
  return groups;
}
