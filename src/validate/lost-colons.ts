import type { ErrorObject } from "ajv";
import { schemaText } from "./schema-text.ts";
import { quote } from "./show.ts";

/**
 * What to write where YAML took a colon for a part of a word, and the word for a key or a text: a colon of full width is none, and one
 * of ASCII needs a blank behind it. Null: no colon was lost.
 */
export function lostColon(error: ErrorObject): string | null {
  const { keyword, propertyName, params, data } = error;
  const text: unknown = propertyName ?? params.additionalProperty ?? (keyword === "type" ? data : null);
  const [, name = "", colon = "", next = ""] =
    typeof text === "string" ? (/^([\w.$-]+)\s*([:\uff1a])([\s\S]?)/.exec(text) ?? []) : [];
  if (colon === "" || !(/^[{["']$/.test(next) || (colon !== ":" && isKey(name, next, error)))) return null;
  return colon === ":"
    ? `write a blank behind the colon, as in ${quote(`${name}: ${next}`)}`
    : `write ${quote(`${name}: `)}: U+FF1A (a full-width colon, ${colon}) stands where : belongs, and a blank behind it`;
}

function isKey(name: string, next: string, error: ErrorObject): boolean {
  return next.trim() === "" || Object.hasOwn(schemaText(error).properties ?? {}, name);
}
