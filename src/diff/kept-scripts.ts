import type { Declared, Part, Snapshot } from "./snapshot.ts";

/**
 * Two bundles as they are compared, in which the copy of its script that a host keeps has as its text the number of that script: one that
 * is built otherwise is another copy, whatever else of the host stays. Where both have a folder for each host, the script in there is the one
 * that the host runs. Where a bundle does not tell the number, the copies pass for the same.
 */
export function withKeptScripts(old: Snapshot, next: Snapshot): readonly [Snapshot, Snapshot] {
  const numbers = (part: Part): readonly [string, string] | null => {
    for (const path of [`hosts/${part.host}/${part.role}.sh`, `${part.role}.sh`]) {
      const [was, becomes] = [old.sums.get(path), next.sums.get(path)];
      if (was !== undefined && becomes !== undefined) return [was, becomes];
    }
    return null;
  };
  const side = (snapshot: Snapshot, at: 0 | 1): Snapshot => ({
    ...snapshot,
    parts: snapshot.parts.map((part) =>
      part.declared.some(isKept) ? { ...part, declared: numbered(part, numbers(part)?.[at] ?? null) } : part,
    ),
  });
  return [side(old, 0), side(next, 1)];
}

function isKept({ verb, kind }: Declared): boolean {
  return verb === "want" && kind === "script";
}

function numbered({ declared }: Part, number: string | null): readonly Declared[] {
  return declared.map((one) => (isKept(one) ? { ...one, text: number } : one));
}
