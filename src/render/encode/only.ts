/**
 * What a place in a format takes: the whole of a value; anchored, without `m`. Where it has classes of Unicode, which V8 compiles
 * anew in every process that asks for them, an expression for what most values are may stand before it.
 */
export type Allowed = RegExp | readonly [ascii: RegExp, any: RegExp];

export function isAllowed(allowed: Allowed, text: string): boolean {
  return allowed instanceof RegExp ? allowed.test(text) : allowed.some((expression) => expression.test(text));
}

/**
 * The value as it is, where it has nothing but what its place in a format takes without any quoting. The schema lets nothing
 * else come so far; should it ever, building ends here instead of writing a file that says something else.
 *
 * @param place the format and the place in it, for the message
 */
export function only(place: string, allowed: Allowed, value: unknown): string {
  const text = String(value);
  if (!isAllowed(allowed, text)) throw new Error(`${place} cannot hold ${JSON.stringify(text)}`);
  return text;
}

/** A line of text that ends where it ends: nothing that any reader of lines takes for an end, no blank at its sides, no `\` at its end. */
export const oneLine: Allowed = [
  /^(?! )[ -~]*(?<![ \\])$/,
  /^(?![ \t])[^\p{Cc}\u2028\u2029\ud800-\udfff]*(?<![ \t\\])$/u,
];
