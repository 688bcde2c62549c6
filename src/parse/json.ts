import { printParseErrorCode, visit } from "jsonc-parser";
import { child } from "../pointer.ts";
import { syntaxProblem } from "./json-errors.ts";
import type { Duplicate, Problem, Reading, Span, TreeNode } from "./tree.ts";

/** A container whose end has not been read yet. */
interface Open {
  readonly kind: "array" | "object";
  readonly start: number;
  readonly name: string | number | null;
  readonly key: Span | null;
  readonly pointer: string;
  readonly children: TreeNode[];
  /** First place of each key; made only for objects. */
  readonly keys: Map<string, Span>;
  pending: { readonly name: string; readonly key: Span } | null;
}

/** Reads JSON with comments and trailing commas, with the place of every value. Only the first syntax error counts. */
export function readJson(text: string): Reading {
  const open: Open[] = [];
  const duplicates: Duplicate[] = [];
  let root: TreeNode | null = null;
  let problem: Problem | null = null;
  let isEmpty = false;

  const place = (): Pick<TreeNode, "name" | "key"> => {
    const parent = open.at(-1);
    if (parent === undefined) return { name: null, key: null };
    return parent.kind === "array"
      ? { name: parent.children.length, key: null }
      : (parent.pending ?? { name: "", key: null });
  };
  const add = (node: TreeNode): void => {
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else parent.children.push(node);
  };
  const begin = (kind: Open["kind"], start: number): void => {
    const { name, key } = place();
    const parent = open.at(-1);
    const pointer = parent === undefined || name === null ? "" : child(parent.pointer, name);
    open.push({ kind, start, name, key, pointer, children: [], keys: new Map(), pending: null });
  };
  const end = (offset: number, length: number): void => {
    const closed = open.pop();
    if (closed === undefined) return;
    const { kind, start, name, key, children } = closed;
    add({ start, end: offset + length, name, key, content: { kind, children } });
  };

  visit(
    text,
    {
      onObjectBegin: (offset) => begin("object", offset),
      onArrayBegin: (offset) => begin("array", offset),
      onObjectEnd: end,
      onArrayEnd: end,
      onObjectProperty: (name, offset, length) => {
        const parent = open.at(-1);
        if (parent === undefined) return;
        const key = { start: offset, end: offset + length };
        const first = parent.keys.get(name);
        if (first === undefined) parent.keys.set(name, key);
        else duplicates.push({ pointer: child(parent.pointer, name), first, second: key });
        parent.pending = { name, key };
      },
      onLiteralValue: (value: unknown, offset, length) => {
        add({ start: offset, end: offset + length, ...place(), content: { kind: "scalar", value } });
      },
      onError: (code, offset, length) => {
        isEmpty ||= problem === null && offset === text.length && length === 0 && root === null && open.length === 0;
        problem ??= syntaxProblem(printParseErrorCode(code), text, { start: offset, end: offset + length });
      },
    },
    { allowTrailingComma: true },
  );
  // Nothing but white space and comments: that is not a slip of syntax.
  if (isEmpty) return { root: null, problems: [], duplicates: [] };
  return problem === null ? { root, problems: [], duplicates } : { root: null, problems: [problem], duplicates };
}
