import type { Code } from "../diagnostics/index.ts";
import { tokens } from "../pointer.ts";

/** Start and end of a piece of the text, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value of the text with its place; what JSON and YAML have in common. */
export interface TreeNode extends Span {
  /** Name in an object, index in an array, and nothing for the root. */
  readonly name: string | number | null;
  /** Where the key stands, when there is one. */
  readonly key: Span | null;
  readonly content: TreeContent;
}

export type TreeContent =
  | { readonly kind: "scalar"; readonly value: unknown }
  | { readonly kind: "array"; readonly children: readonly TreeNode[] }
  | { readonly kind: "object"; readonly children: readonly TreeNode[] };

function childrenOf({ content }: TreeNode): readonly TreeNode[] {
  return content.kind === "scalar" ? [] : content.children;
}

/** The plain value; of a key that stands twice the last counts, as in `JSON.parse`. What several nodes share is one value. */
export function plainValue(root: TreeNode): unknown {
  const made = new Map<TreeContent, unknown>();
  const valueAt = ({ content }: TreeNode): unknown => {
    if (content.kind === "scalar") return content.value;
    const known = made.get(content);
    if (known !== undefined) return known;
    const value = content.kind === "array" ? content.children.map(valueAt) : objectOf(content.children);
    made.set(content, value);
    return value;
  };
  const objectOf = (members: readonly TreeNode[]): unknown => {
    const object: Record<string, unknown> = {};
    for (const member of members) setMember(object, String(member.name), valueAt(member));
    return object;
  };
  return valueAt(root);
}

/** Assignment to `__proto__` would set the prototype and lose the key. */
function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[name] = value;
  }
}

export interface Duplicate {
  readonly pointer: string;
  readonly first: Span;
  readonly second: Span;
}

/** Finds nodes by pointer; the children of a node are indexed when one of them is first asked for. */
export function nodeFinder(root: TreeNode): (pointer: string) => TreeNode | null {
  const indexes = new Map<TreeNode, Map<string, TreeNode>>();
  const childNamed = (node: TreeNode, name: string): TreeNode | undefined => {
    if (node.content.kind === "array") return node.content.children[Number(name)];
    let index = indexes.get(node);
    if (index === undefined) {
      index = new Map(childrenOf(node).map((member) => [String(member.name), member]));
      indexes.set(node, index);
    }
    return index.get(name);
  };
  return (pointer) => {
    let node: TreeNode | undefined = root;
    for (const token of tokens(pointer)) {
      node = childNamed(node, token);
      if (node === undefined) return null;
    }
    return node;
  };
}

/** A reason why the text is not a description at all. */
export interface SyntaxProblem {
  readonly code: Extract<Code, "SYNTAX_ERROR" | "NESTED_TOO_DEEP" | "UNSUPPORTED_YAML">;
  readonly span: Span;
  readonly message: string;
  readonly hint: string;
}

export interface Reading {
  /** Null when there are problems, or nothing at all. */
  readonly root: TreeNode | null;
  readonly problems: readonly SyntaxProblem[];
  readonly duplicates: readonly Duplicate[];
}
