import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { child } from "../pointer.ts";
import { syntaxProblem } from "./json-errors.ts";
import { jsonLookAlikes, withAscii } from "./json-look-alikes.ts";
import { problemsAt } from "./look-alikes.ts";
import type { Duplicate, Reading, Span, SyntaxProblem, TreeContent, TreeNode } from "./tree.ts";

/** Reads JSON with comments and trailing commas, with the place of every value. Only the first syntax error counts, but for characters that only look like JSON. */
export function readJson(text: string): Reading {
  const errors: ParseError[] = [];
  const node = parseTree(text, errors, { allowTrailingComma: true });
  const duplicates = node === undefined ? [] : duplicatesOf(node, "");
  const [error] = errors;
  if (error === undefined) return { root: node === undefined ? null : rootOf(node), problems: [], duplicates };
  // Nothing but white space and comments: that is not a slip of syntax.
  const isEmpty = node === undefined && error.offset === text.length && error.length === 0;
  if (isEmpty) return { root: null, problems: [], duplicates: [] };
  return { root: null, problems: problemsOf(error, text), duplicates };
}

/** The first error; and where characters that only look like punctuation are the cause, all of them and the first error that has another. */
function problemsOf(first: ParseError, text: string): readonly SyntaxProblem[] {
  const problem = (error: ParseError, of: string): SyntaxProblem =>
    syntaxProblem(printParseErrorCode(error.error), of, spanOf(error));
  const others = jsonLookAlikes(text);
  const plain = withAscii(text, others);
  const errors: ParseError[] = [];
  if (others.length > 0) parseTree(plain, errors, { allowTrailingComma: true });
  const [rest] = errors;
  // What was read without an error is read as it was meant.
  const causes = others.filter((offset) => rest === undefined || offset < rest.offset);
  if (causes.length === 0) return [problem(first, text)];
  return [...problemsAt(text, causes), ...(rest === undefined ? [] : [problem(rest, plain)])];
}

function spanOf({ offset, length }: { readonly offset: number; readonly length: number }): Span {
  return { start: offset, end: offset + length };
}

function rootOf(node: Node): TreeNode {
  return { ...spanOf(node), name: null, key: null, content: contentOf(node) };
}

function contentOf({ type, value, children = [] }: Node): TreeContent {
  switch (type) {
    case "array":
      return {
        kind: "array",
        children: children.map((item, index) => ({
          ...spanOf(item),
          name: index,
          key: null,
          content: contentOf(item),
        })),
      };
    case "object":
      return { kind: "object", children: children.flatMap(memberOf) };
    default:
      return { kind: "scalar", value };
  }
}

/** A member of an object; a key that has no value is none. */
function memberOf({ children: [key, value] = [] }: Node): TreeNode[] {
  if (key === undefined || value === undefined) return [];
  return [{ ...spanOf(value), name: String(key.value), key: spanOf(key), content: contentOf(value) }];
}

/** Every key that an object has already, in the order of the text. */
function duplicatesOf({ type, children = [] }: Node, pointer: string): Duplicate[] {
  if (type === "array") return children.flatMap((item, index) => duplicatesOf(item, child(pointer, index)));
  if (type !== "object") return [];
  const first = new Map<string, Span>();
  return children.flatMap(({ children: [key, value] = [] }) => {
    if (key === undefined) return [];
    const at = child(pointer, String(key.value));
    const known = first.get(at);
    const span = spanOf(key);
    if (known === undefined) first.set(at, span);
    const below = value === undefined ? [] : duplicatesOf(value, at);
    return known === undefined ? below : [{ pointer: at, first: known, second: span }, ...below];
  });
}
