import type { ErrorObject } from "ajv";
import { copyOf } from "../copy.ts";
import { child, parent, tokens } from "../pointer.ts";
import { otherChoice } from "./choices.ts";
import { meantKey, schemaText } from "./schema-text.ts";

export interface Recovered {
  readonly rest: unknown;
  /** Pointers to what was left out, and to the objects that lost it. */
  readonly incomplete: readonly string[];
}

/**
 * A copy of a faulty description in which each fault is taken for what was probably meant, or left out. It is
 * never built from: it lets the later stages find in the same run what is wrong elsewhere.
 */
export function recover(value: unknown, errors: readonly ErrorObject[]): Recovered {
  const rest: unknown = copyOf(value);
  const incomplete = new Set<string>();
  for (const error of errors) {
    const { keyword, instancePath, params, propertyName } = error;
    if (keyword === "propertyNames" || keyword === "required" || keyword === "uniqueItems") continue;
    if (keyword === "additionalProperties") {
      const key = String(params.additionalProperty);
      moveKey(at(rest, instancePath), key, meantKey(key, schemaText(error), error.data));
      incomplete.add(instancePath);
    } else {
      const pointer = propertyName === undefined ? instancePath : child(instancePath, propertyName);
      const meant = keyword === "enum" ? otherChoice(error).meant : null;
      replace(at(rest, parent(pointer)), tokens(pointer).at(-1), meant);
      if (meant === null) incomplete.add(parent(pointer)).add(pointer);
    }
  }
  return { rest, incomplete: [...incomplete] };
}

function moveKey(object: unknown, key: string, meant: string | null): void {
  if (!isObject(object)) return;
  if (meant !== null) object[meant] = object[key];
  delete object[key];
}

/** In a list nothing is taken out: the places of what follows would be wrong. */
function replace(object: unknown, key: string | undefined, meant: string | null): void {
  if (key === undefined || !isObject(object)) return;
  if (meant !== null) object[key] = meant;
  else if (!Array.isArray(object)) delete object[key];
}

function at(value: unknown, pointer: string): unknown {
  let found = value;
  for (const token of tokens(pointer))
    found = isObject(found) && Object.hasOwn(found, token) ? found[token] : undefined;
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
