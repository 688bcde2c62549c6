import { distance } from "fastest-levenshtein";

/**
 * The candidate that someone most likely meant by `text`, or null when none is near enough: at most a third
 * of the letters may differ (at least one, at most three), letter case aside. Letters in the wrong order
 * (`prot` for `port`) count as one.
 */
export function suggest(text: string, candidates: Iterable<string>): string | null {
  const wanted = text.toLowerCase();
  let letters: string | null = null;
  let best: string | null = null;
  let bestDistance = Math.min(3, Math.max(1, Math.floor(wanted.length / 3))) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) >= bestDistance) continue;
    const other = candidate.toLowerCase();
    letters ??= sorted(wanted);
    const found = other !== wanted && sorted(other) === letters ? 1 : distance(wanted, other);
    if (found < bestDistance) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}

function sorted(text: string): string {
  return Array.from(text).sort().join("");
}

/** `did you mean "web1"?`, or what else there is to choose from. */
export function remedy(text: string, candidates: readonly string[]): string {
  const meant = suggest(text, candidates);
  return meant === null ? `one of: ${listing(candidates)}` : `did you mean ${JSON.stringify(meant)}?`;
}

/** More comparisons of two names than a description with a few slips asks for; one with thousands of them gets the list alone. */
const maxComparisons = 1_000_000;

/** `remedy` for any number of unknown names out of the same candidates. */
export function remedies(candidates: readonly string[]): (text: string) => string {
  const known = new Map<string, string>();
  let left = maxComparisons;
  return (text) => {
    const found = known.get(text) ?? (left > 0 ? remedy(text, candidates) : `one of: ${listing(candidates)}`);
    if (!known.has(text)) left -= candidates.length;
    known.set(text, found);
    return found;
  };
}

/** At most `limit` names, and how many more there are. */
export function listing(names: readonly string[], limit = 20): string {
  if (names.length === 0) return "(there are none)";
  const shown = names.slice(0, limit).join(", ");
  return names.length > limit ? `${shown} and ${names.length - limit} more` : shown;
}
