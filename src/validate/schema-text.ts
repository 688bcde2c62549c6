import type { ErrorObject } from "ajv";
import { suggest } from "../diagnostics/suggest.ts";
import { oursFor } from "./words.ts";

/** What the error's part of the schema says to people; every schema here has these. */
export interface SchemaText {
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The part of the schema that the value broke. */
export function schemaText({ parentSchema }: ErrorObject): SchemaText {
  return (parentSchema ?? {}) as SchemaText;
}

/** The key that was meant by an unknown one: one that is not there already. */
export function meantKey(key: string, { properties = {}, title = "" }: SchemaText, data: unknown): string | null {
  const present = typeof data === "object" && data !== null ? data : {};
  const ours = oursFor(key, title, null);
  if (ours !== null) return ours.key !== undefined && !Object.hasOwn(present, ours.key) ? ours.key : null;
  const isThere = (name: string): boolean => Object.hasOwn(present, name);
  const names = Object.keys(properties);
  // Of two that are as near, the one that is missing.
  const nearest = suggest(key, [...names.filter((name) => !isThere(name)), ...names.filter(isThere)]);
  return nearest === null || isThere(nearest) ? null : nearest;
}
