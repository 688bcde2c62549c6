import type { Ledger } from "../ledger.ts";
import type { SourceLine } from "./lines.ts";

/** What stands behind `@ID` or `@^ID` where that holds; null where it does not. */
export function conditional({ text, place }: SourceLine, id: string | null, ledger: Ledger): string | null {
  const match = /^@(\^?)(\S+)[ \t]+(.*)$/.exec(text);
  if (match === null) {
    ledger.ignored(place, "a condition without anything behind it");
    return null;
  }
  const [, not, wanted = "", rest = ""] = match;
  if ((wanted === id) !== (not === "^")) return rest;
  const given = id === null ? "no --id was given" : `--id is ${id}`;
  ledger.ignored(place, not === "^" ? `it does not hold for ${wanted}` : `it holds for ${wanted} alone, and ${given}`);
  return null;
}
