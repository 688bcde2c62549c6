import type { printParseErrorCode } from "jsonc-parser";
import { slipAt } from "./json-slips.ts";
import { firstLookAlike } from "./look-alikes.ts";
import type { Span, SyntaxProblem } from "./tree.ts";

type Kind = ReturnType<typeof printParseErrorCode>;

/** What the parser's errors mean to the author of a description: message and remedy. */
const texts: Record<Kind, readonly [message: string, hint: string]> = {
  InvalidSymbol: ["this is not a JSON value", "put text in double quotes; only true, false and null stand without"],
  InvalidNumberFormat: ["this is not a JSON number", "write a decimal number without leading zeros"],
  PropertyNameExpected: ["a key is expected here", 'keys stand in double quotes, as in "name": …'],
  ValueExpected: ["a value is expected here", "write the value, or take out the comma before it"],
  ColonExpected: ["a colon is expected here", 'key and value are separated by a colon, as in "name": "kgc"'],
  CommaExpected: ["a comma is missing before this", "put a comma after the value before"],
  CloseBraceExpected: ["a closing } is missing", "close the object with }"],
  CloseBracketExpected: ["a closing ] is missing", "close the list with ]"],
  EndOfFileExpected: ["the description has ended before this", "take out what follows, or a closing bracket too many"],
  InvalidCommentToken: ["a comment is not allowed here", "take the comment out"],
  UnexpectedEndOfComment: ["this comment has no end", "close it with */"],
  UnexpectedEndOfString: [
    "this text has no closing quote on its line",
    'close it with ", and write a line break as \\n',
  ],
  UnexpectedEndOfNumber: ["this number is not complete", "write the missing digits"],
  InvalidUnicode: ["this \\u escape is not complete", "write four hexadecimal digits after \\u"],
  InvalidEscapeCharacter: ["this escape is not one of JSON's", 'escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX'],
  InvalidCharacter: ["a control character stands in this text", "write it as an escape, such as \\t or \\u0001"],
  "<unknown ParseErrorCode>": ["this is not JSON", "see https://www.json.org/"],
};

/** An error that the parser met at the end of the text is shown at the last thing that stands there. */
export function syntaxProblem(kind: Kind, text: string, span: Span): SyntaxProblem {
  const other = lookAlikeAt(kind, text, span) ?? slipAt(text, span);
  if (other !== null) return other;
  const [message, hint] = texts[kind];
  const end = text.trimEnd().length;
  const shown = span.start < end ? span : { start: Math.max(0, end - 1), end };
  return { code: "SYNTAX_ERROR", span: shown, message, hint };
}

/** What is not understood, or never closed, may begin or end with what only looks like a quote, a comma or a colon. */
function lookAlikeAt(kind: Kind, text: string, span: Span): SyntaxProblem | null {
  if (kind === "UnexpectedEndOfString") return firstLookAlike(text, onQuotes(text, span));
  return firstLookAlike(text, { start: span.start, end: Math.min(span.end, span.start + 1) });
}

/** Of an open text only its last typographic quote can be what was to close it; others may be part of it. */
function onQuotes(text: string, { start, end }: Span): Span {
  const quotes = [...text.slice(start, end).matchAll(/[\u201c-\u201f\uff02]/g)];
  const last = quotes.at(-1);
  return last === undefined ? { start, end: start } : { start: start + last.index, end: start + last.index + 1 };
}
