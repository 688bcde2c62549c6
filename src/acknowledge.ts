import { type Code, catalogue } from "./diagnostics/catalogue.ts";
import { createCollector } from "./diagnostics/collector.ts";
import type { Diagnostic, Finding, LocatedDiagnostic } from "./diagnostics/index.ts";
import { remedies } from "./diagnostics/suggest.ts";
import { isWithin } from "./pointer.ts";

/** An entry of the description's `acknowledge`. */
export interface Acknowledgement {
  readonly code: string;
  readonly reason: string;
  /** RFC 6901; left out: everywhere. */
  readonly pointer?: string;
}

export interface Acknowledged {
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Entries that acknowledge nothing, as findings about them. */
  readonly stale: readonly Diagnostic[];
}

/** What is said of an entry that acknowledges nothing. */
const stale: Code = "STALE_ACKNOWLEDGEMENT";

function isCode(code: string): code is Code {
  return Object.hasOwn(catalogue, code);
}

/** Findings about entries that can acknowledge nothing, whatever else the description has. */
export function faultyAcknowledgements(entries: readonly Acknowledgement[]): Diagnostic[] {
  const { report, collected } = createCollector();
  const remedyOf = remedies(Object.keys(catalogue).filter((code) => isCode(code) && canBeMeant(code)));
  for (const [index, { code }] of entries.entries()) {
    const pointer = `/acknowledge/${index}/code`;
    if (!isCode(code))
      report("UNKNOWN_CODE", {
        pointer,
        message: `no warning has the code ${JSON.stringify(code)}`,
        hint: `${remedyOf(code)}; lvsgen explain lists all codes`,
      });
    else if (code === stale)
      report("ERROR_ACKNOWLEDGED", {
        pointer,
        message: `${code} cannot be acknowledged: it says that an entry here acknowledges nothing`,
        hint: "take out the entry that it is about, and this one",
      });
    else if (!isWarning(code))
      report("ERROR_ACKNOWLEDGED", {
        pointer,
        message: `${code} is an error, and only warnings can be acknowledged`,
        hint: `mend what ${code} is about (lvsgen explain ${code} says how) and take this entry out`,
      });
  }
  return collected();
}

function canBeMeant(code: Code): boolean {
  return isWarning(code) && code !== stale;
}

function isWarning(code: Code): boolean {
  return catalogue[code].severity === "warning";
}

/**
 * Gives each warning the reason of the entry that acknowledges it: of several the one that points nearest, and of those the first.
 * Which of them are stale, only a description without errors tells: an error may hide the warning.
 */
export function acknowledge(found: readonly LocatedDiagnostic[], entries: readonly Acknowledgement[]): Acknowledged {
  if (entries.length === 0) return { diagnostics: found, stale: [] };
  const byCode = new Map<string, { readonly entry: Acknowledgement; readonly index: number }[]>();
  for (const [index, entry] of entries.entries()) {
    const same = byCode.get(entry.code);
    if (same === undefined) byCode.set(entry.code, [{ entry, index }]);
    else same.push({ entry, index });
  }
  for (const same of byCode.values())
    same.sort((a, b) => (b.entry.pointer ?? "").length - (a.entry.pointer ?? "").length || a.index - b.index);
  const used = new Set<number>();
  const diagnostics = found.map((one) => {
    if (one.severity !== "warning") return one;
    const nearest = byCode.get(one.code)?.find(({ entry }) => isWithin(one.pointer, entry.pointer ?? ""));
    if (nearest === undefined) return one;
    used.add(nearest.index);
    return { ...one, acknowledged: nearest.entry.reason };
  });
  const { report, collected } = createCollector();
  for (const [index, { code, pointer }] of entries.entries())
    if (!used.has(index) && isCode(code) && canBeMeant(code))
      report(stale, { pointer: `/acknowledge/${index}`, ...unused(found, code, pointer) });
  return { diagnostics, stale: collected() };
}

function unused(found: readonly LocatedDiagnostic[], code: Code, pointer = ""): Pick<Finding, "message" | "hint"> {
  const places = [...new Set(found.filter((one) => one.code === code).map((one) => one.pointer))];
  const shownPointer = JSON.stringify(pointer);
  if (places.some((place) => isWithin(place, pointer)))
    return {
      message: `${code} is acknowledged by another entry as well, which is the one that counts`,
      hint: "take one of them out",
    };
  if (places.length === 0)
    return { message: `${code} is acknowledged and does not occur`, hint: "take this entry out" };
  const shown = places.slice(0, 3).map((pointer) => JSON.stringify(pointer));
  const more = places.length > shown.length ? ` and ${places.length - shown.length} more places` : "";
  return {
    message: `${code} is acknowledged at ${shownPointer} and does not occur there`,
    hint: `take this entry out, or correct its pointer: ${code} occurs at ${shown.join(", ")}${more}`,
  };
}
