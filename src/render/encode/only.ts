/**
 * The value as it is, where it has nothing but what its place in a format takes without any quoting. The schema lets nothing
 * else come so far; should it ever, building ends here instead of writing a file that says something else.
 *
 * @param place the format and the place in it, for the message
 * @param allowed the whole of a value; anchored, without `m`
 */
export function only(place: string, allowed: RegExp, value: unknown): string {
  const text = String(value);
  if (!allowed.test(text)) throw new Error(`${place} cannot hold ${JSON.stringify(text)}`);
  return text;
}

/** A line of text that ends where it ends: nothing that any reader of lines takes for an end, no blank at its sides, no `\` at its end. */
export const oneLine = /^(?![ \t])[^\p{Cc}\u2028\u2029\ud800-\udfff]*(?<![ \t\\])$/u;
