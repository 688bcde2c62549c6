/** Whether the schema would take what a message proposes. */
import type { ErrorObject } from "ajv";
import { validate as isConfig } from "../generated/validator.mjs";
import { isWithin, tokens } from "../pointer.ts";

/** Whether a value has no fault of its own where it is to stand. */
export type Fits = (value: unknown) => boolean;

/** Longer texts are no slip of somebody who writes a description; and patterns that look for what was meant go through them too often. */
const maxProposed = 1000;

/** Whether so long a text is anything to make a proposal of. */
export function isShort(text: string): boolean {
  return text.length <= maxProposed;
}

/**
 * Tries values in the place of the one that an error is about: in a description with nothing but the way to it, so that a trial
 * costs the same in any description.
 *
 * @param root the faulty description: what of the way are lists
 */
export function trialOf({ instancePath, propertyName }: ErrorObject, root: unknown): Fits {
  const way: (string | null)[] = [];
  let node: unknown = root;
  for (const token of tokens(instancePath)) {
    way.push(Array.isArray(node) ? null : token);
    node = typeof node === "object" && node !== null ? (node as Record<string, unknown>)[token] : undefined;
  }
  const pointer = way.map((token) => `/${(token ?? "0").replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return (value) => {
    let tried: unknown = propertyName === undefined ? value : { [String(value)]: null };
    for (const token of way.toReversed()) tried = token === null ? [tried] : { [token]: tried };
    if (isConfig(tried)) return true;
    return !(isConfig.errors ?? []).some((error) =>
      propertyName === undefined
        ? isWithin(error.instancePath, pointer)
        : error.instancePath === pointer && error.propertyName !== undefined,
    );
  };
}
