/** What to do about a key that the schema does not know. */

import type { Finding } from "../diagnostics/index.ts";
import { listing, suggest } from "../diagnostics/suggest.ts";
import { meantKey, type SchemaText } from "./schema-text.ts";
import { quote } from "./show.ts";
import { oursFor } from "./words.ts";

export function unknownKey(key: string, text: SchemaText, data: unknown): Pick<Finding, "message" | "hint"> {
  const message = `unknown key ${quote(key)}`;
  const around = data as Readonly<Record<string, unknown>>;
  const ours = oursFor(key, text.title ?? "", around[key]);
  if (ours !== null) {
    const isThere = ours.key !== undefined && Object.hasOwn(around, ours.key);
    return { message, hint: isThere ? `${ours.write}, and stands there already` : ours.write };
  }
  const meant = meantKey(key, text, data);
  if (meant !== null) return { message, hint: `did you mean ${quote(meant)}?` };
  const known = Object.keys(text.properties ?? {}).filter((name) => name !== "$schema");
  const there = suggest(
    key,
    known.filter((name) => Object.hasOwn(around, name)),
  );
  if (there !== null) return { message, hint: `${quote(there)} stands there already: take this one out` };
  return { message, hint: `known here: ${listing(known)}` };
}
