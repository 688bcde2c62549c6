import type { Diagnostic, LocatedDiagnostic, Place } from "./diagnostics/index.ts";
import type { Document } from "./parse/index.ts";
import { isWithin, parent, tokens } from "./pointer.ts";

/**
 * Gives findings their lines and columns, in the order of the text. A finding about a setting that a host or
 * service only inherits is shown where the setting is written; several that then say the same become one.
 */
export function locate(found: readonly Diagnostic[], document: Document, file: string): LocatedDiagnostic[] {
  const located = found.map((one): LocatedDiagnostic => {
    const { code, severity, message, hint } = one;
    const place = writtenPlace(one, document.value);
    const related = one.related.map((other) => {
      const { pointer, part } = writtenPlace(other, document.value);
      return { pointer, message: other.message, ...document.locate(pointer, part) };
    });
    const position = document.locate(place.pointer, place.part);
    return { code, severity, message, hint, pointer: place.pointer, file, ...position, related };
  });
  return unique(located).sort((a, b) => a.line - b.line || a.column - b.column);
}

function unique(found: readonly LocatedDiagnostic[]): LocatedDiagnostic[] {
  const byIdentity = new Map<string, LocatedDiagnostic>();
  for (const one of found) {
    const { code, pointer, line, column, message } = one;
    const identity = isWithin(pointer, "/defaults") ? `${code} ${pointer}` : `${code} ${line}:${column} ${message}`;
    if (!byIdentity.has(identity)) byIdentity.set(identity, one);
  }
  return [...byIdentity.values()];
}

/** Where the value of this pointer is written: there, in what it is inherited from, or else the object that lacks it. */
function writtenPlace({ pointer, part }: Place, value: unknown): Place {
  if (exists(value, pointer)) return { pointer, part };
  for (const inherited of inheritedFrom(pointer)) if (exists(value, inherited)) return { pointer: inherited, part };
  let around = pointer;
  while (around !== "" && !exists(value, around)) around = parent(around);
  return { pointer: around, part: "key" };
}

/** Where a setting comes from that is not written at this pointer itself, nearest first. */
function inheritedFrom(pointer: string): string[] {
  const realServer = /^(\/services\/[0-9]+)\/realservers\/[0-9]+\/(mode|port)$/.exec(pointer);
  if (realServer !== null) return [`${realServer[1]}/${realServer[2]}`, `/defaults/${realServer[2]}`];
  const setting = /^\/(?:hosts|services)\/[^/]+\/([^/]+)$/.exec(pointer);
  return setting === null ? [] : [`/defaults/${setting[1]}`];
}

function exists(value: unknown, pointer: string): boolean {
  let found = value;
  for (const token of tokens(pointer)) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, token)) return false;
    found = (found as Record<string, unknown>)[token];
  }
  return true;
}
