/** The documented shape of `lvsgen diff --json`. */
import type { Change } from "./change.ts";
import type { Difference } from "./result.ts";
import { type Verdict, verdicts } from "./verdict.ts";

/** How many changes have each verdict. */
export function countsOf(changes: readonly Change[]): Readonly<Record<Verdict, number>> {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of changes) counts[verdict]++;
  return counts;
}

export function differenceToJson({ clusters: [former, now], changes, steps, notes }: Difference) {
  return {
    same: changes.length === 0,
    cluster: { was: former, becomes: now },
    verdicts: countsOf(changes),
    changes: changes.map(({ rule, subject, action, what, was, becomes, verdict, why }) => ({
      rule,
      subject,
      action,
      what,
      was,
      becomes,
      verdict,
      why,
    })),
    order: steps.map(({ action, script, hosts, bundle, why }) => ({ action, script, hosts, bundle, why })),
    notes,
  };
}
