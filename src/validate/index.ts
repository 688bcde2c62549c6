import type { ErrorObject } from "ajv";
import { createCollector } from "../diagnostics/collector.ts";
import type { Diagnostic, Finding } from "../diagnostics/index.ts";
import type { Config } from "../generated/config.ts";
import { validate as isConfig } from "../generated/validator.mjs";
import { child } from "../pointer.ts";
import { recover } from "./recover.ts";
import { describe } from "./schema-errors.ts";
import { meantKey, schemaText } from "./schema-text.ts";

export interface Validated {
  /**
   * The description; with errors, what is left of it when the faulty values are taken out, so that later
   * stages can report their findings in the same run. Null where too little is left.
   */
  readonly config: Config | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Pointers to values that were left out and to the objects that lost them: what is missing there, the author has not forgotten. */
  readonly incomplete: readonly string[];
}

/** Checks a value against the schema: keys, types, ranges and formats, all findings at once. */
export function validate(value: unknown): Validated {
  if (isConfig(value)) return { config: value, diagnostics: [], incomplete: [] };
  const errors = isConfig.errors ?? [];
  // What a later version of the format means, nobody can tell here: nothing else is said of it.
  const newer = errors.filter(isNewerVersion);
  if (newer.length > 0) return { config: null, incomplete: [], diagnostics: toDiagnostics(newer, value) };
  return { ...whatIsLeft(value, errors), diagnostics: toDiagnostics(withoutFollowUps(errors), value) };
}

function isNewerVersion({ keyword, data }: ErrorObject): boolean {
  return keyword === "const" && Number.isInteger(data) && Number(data) > 1;
}

/** One mistake is one finding: a faulty name where it is given, a key that is missing under another name. */
function withoutFollowUps(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const faultyHosts = new Set<unknown>();
  const meantKeys = new Set<string>();
  for (const error of errors) {
    const { keyword, instancePath, propertyName, params, data } = error;
    if (instancePath === "/hosts" && propertyName !== undefined) faultyHosts.add(propertyName);
    if (keyword !== "additionalProperties") continue;
    const meant = meantKey(String(params.additionalProperty), schemaText(error), data);
    if (meant !== null) meantKeys.add(child(instancePath, meant));
  }
  return errors.filter((error) => {
    const { keyword, instancePath, propertyName, params, data } = error;
    if (keyword === "required") return !meantKeys.has(child(instancePath, String(params.missingProperty)));
    return propertyName !== undefined || !faultyHosts.has(data) || schemaText(error).title !== "Host name";
  });
}

/** What was taken for a misspelt key may not fit there either: a second look takes it out. */
const maxAttempts = 3;

function whatIsLeft(value: unknown, errors: readonly ErrorObject[]): Pick<Validated, "config" | "incomplete"> {
  const incomplete: string[] = [];
  let rest = value;
  let remaining = errors;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const recovered = recover(rest, remaining);
    rest = recovered.rest;
    // There can be a million: too many for the arguments of a call.
    for (const pointer of recovered.incomplete) incomplete.push(pointer);
    if (isConfig(rest)) return { config: rest, incomplete };
    remaining = isConfig.errors ?? [];
  }
  return { config: null, incomplete };
}

/** One value can break several keywords of the schema; the first says enough. */
function toDiagnostics(errors: readonly ErrorObject[], root: unknown): Diagnostic[] {
  const { report, collected } = createCollector();
  const places = new Set<string>();
  for (const error of errors) {
    // `propertyNames` only says that one of its own errors, which are there too, has happened.
    if (error.keyword === "propertyNames") continue;
    const { pointer, part = "value" } = placeOf(error);
    const what = error.keyword === "required" ? `lacks ${String(error.params.missingProperty)}` : part;
    const place = `${pointer}\n${what}`;
    if (places.has(place)) continue;
    places.add(place);
    const [code, finding] = describe(error, root);
    report(code, { ...finding, pointer, part });
  }
  return collected();
}

/** The value that would have to change, or the key where the key itself is wrong. */
function placeOf({ keyword, instancePath, params, propertyName }: ErrorObject): Pick<Finding, "pointer" | "part"> {
  if (propertyName !== undefined) return { pointer: child(instancePath, propertyName), part: "key" };
  switch (keyword) {
    case "additionalProperties":
      return { pointer: child(instancePath, String(params.additionalProperty)), part: "key" };
    case "required":
      return { pointer: instancePath, part: "key" };
    case "uniqueItems":
      return { pointer: child(instancePath, Math.max(Number(params.i), Number(params.j))) };
    default:
      return { pointer: instancePath };
  }
}
