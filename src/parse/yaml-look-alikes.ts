import { parseDocument } from "yaml";
import { firstLookAlike, withoutLookAlikes } from "./look-alikes.ts";
import type { SyntaxProblem } from "./tree.ts";

/**
 * What YAML takes for a part of a word may have been meant as punctuation: where the lines of a failure have such a character and
 * the failure is gone without it, that is what is wrong. The line before may be the one.
 */
export function lookAlikeBehind({ code, span }: SyntaxProblem, text: string): SyntaxProblem | null {
  if (code !== "SYNTAX_ERROR") return null;
  const before = text.lastIndexOf("\n", text.lastIndexOf("\n", span.start - 1) - 1) + 1;
  const after = text.indexOf("\n", span.end);
  const lines = { start: before, end: after === -1 ? text.length : after };
  const found = firstLookAlike(text, lines);
  if (found === null) return null;
  const plain = withoutLookAlikes(text, lines);
  const [next] = parseDocument(plain, { version: "1.2", prettyErrors: false }).errors;
  return next === undefined || next.pos[0] > lines.end + plain.length - text.length ? found : null;
}
