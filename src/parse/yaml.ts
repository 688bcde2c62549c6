import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import { child } from "../pointer.ts";
import type { Duplicate, Reading, Span, SyntaxProblem, TreeContent, TreeNode } from "./tree.ts";
import { aliasTargets, oversizedAlias } from "./yaml-anchors.ts";
import { parseProblem, tooDeep, unsupported } from "./yaml-errors.ts";
import { lookAlikesBehind, otherColons } from "./yaml-look-alikes.ts";

/** A million rules with weights by an alias of their list are five million values. A few nested aliases can grow to any number. */
const maxAliased = 6_000_000;

/** Tags that say what a value is anyway. Any other would ask for a value that JSON does not have. */
const plainTags = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/;

/** Reads YAML 1.2 (core schema, with merge keys) as far as it says what JSON can say too. */
export function readYaml(text: string, maxDepth: number): Reading {
  const document = parseDocument(text, {
    version: "1.2",
    schema: "core",
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
  });
  const failure = parseProblem(document);
  // A description is an object: it is a text only where its colons are none.
  const colons = isScalar(document.contents) ? otherColons(text) : [];
  if (failure !== null || colons.length > 0) {
    const others = lookAlikesBehind(failure, text, colons);
    return { root: null, problems: failure === null || others.length > 0 ? others : [failure], duplicates: [] };
  }
  if (document.contents === null) return { root: null, problems: [], duplicates: [] };
  const targets = aliasTargets(document);
  const oversized = oversizedAlias(document.contents, targets, maxAliased);
  if (oversized !== null) {
    const problem = unsupported(spanOf(oversized), "aliases make this too large", "write it out without aliases");
    return { root: null, problems: [problem], duplicates: [] };
  }
  const builder = new TreeBuilder(targets, maxDepth);
  const root = builder.build(document.contents);
  return {
    root: builder.problems.length === 0 ? root : null,
    problems: builder.problems,
    duplicates: builder.duplicates,
  };
}

type Naming = Pick<TreeNode, "name" | "key">;

/** What an anchor holds, and how deep that nests. */
interface Known {
  readonly content: TreeContent;
  readonly height: number;
}

/** Turns the parser's nodes into a tree; aliases of one anchor share their content. */
class TreeBuilder {
  readonly problems: SyntaxProblem[] = [];
  readonly duplicates: Duplicate[] = [];
  private readonly path: Node[] = [];
  private readonly known = new Map<Node, Known>();
  /** Depth that was reached since somebody asked. */
  private deepest = 0;

  constructor(
    private readonly targets: ReadonlyMap<Node, Node>,
    private readonly maxDepth: number,
  ) {}

  build(node: Node): TreeNode {
    return this.node(node, { name: null, key: null }, "", 0);
  }

  private node(node: Node | null, { name, key }: Naming, pointer: string, depth: number): TreeNode {
    const span = node === null ? (key ?? { start: 0, end: 0 }) : spanOf(node);
    // A key without a value: what is missing is seen at the key.
    const shown = span.start === span.end && key !== null ? key : span;
    return { ...shown, name, key, content: this.content(node, shown, pointer, depth) };
  }

  private content(node: Node | null, span: Span, pointer: string, depth: number): TreeContent {
    const nothing: TreeContent = { kind: "scalar", value: null };
    if (node === null || this.problems.length > 0) return nothing;
    if (depth > this.maxDepth) return this.fail(tooDeep(span));
    if (this.path.includes(node))
      return this.fail(unsupported(span, "this alias contains itself", "write the value out"));
    if (node.tag !== undefined && !plainTags.test(node.tag)) {
      return this.fail(unsupported(span, `the tag ${node.tag} is not understood`, "take the tag out"));
    }
    const known = this.known.get(node);
    if (known !== undefined && depth + known.height <= this.maxDepth) {
      this.deepest = Math.max(this.deepest, depth + known.height);
      return known.content;
    }
    const [duplicates, deepest] = [this.duplicates.length, this.deepest];
    this.deepest = depth;
    this.path.push(node);
    const content = this.contentOfKind(node, span, pointer, depth);
    this.path.pop();
    const height = this.deepest - depth;
    this.deepest = Math.max(deepest, this.deepest);
    // A finding in it has the place of each alias.
    const isSound = this.problems.length === 0 && this.duplicates.length === duplicates;
    if (isSound && !isAlias(node) && node.anchor !== undefined) this.known.set(node, { content, height });
    return content;
  }

  private contentOfKind(node: Node, span: Span, pointer: string, depth: number): TreeContent {
    if (isAlias(node)) {
      const target = this.targets.get(node);
      if (target === undefined) {
        return this.fail(unsupported(span, `no anchor &${node.source} before this`, "set the anchor first"));
      }
      return this.content(target, span, pointer, depth);
    }
    if (isSeq<Node | null>(node)) {
      const children = node.items.map((item, index) =>
        this.node(item, { name: index, key: null }, child(pointer, index), depth + 1),
      );
      return { kind: "array", children };
    }
    if (isMap<Node, Node | null>(node)) return { kind: "object", children: this.members(node, pointer, depth) };
    return { kind: "scalar", value: isScalar(node) ? this.scalar(node.value, span) : null };
  }

  private scalar(value: unknown, span: Span): unknown {
    if (typeof value === "number" && !Number.isFinite(value)) {
      return this.fail(unsupported(span, "JSON has no such number", "write a finite number"));
    }
    return value;
  }

  /** The members of a mapping; keys of its own win over merged ones, earlier merges over later ones (YAML merge type). */
  private members(map: YAMLMap<Node, Node | null>, pointer: string, depth: number): TreeNode[] {
    const own = new Map<string, TreeNode>();
    const merged: TreeNode[] = [];
    for (const { key, value } of map.items as readonly Pair<Node, Node | null>[]) {
      const span = spanOf(key);
      if (isMergeKey(key)) {
        merged.push(...this.mergedMembers(value, span, pointer, depth));
        continue;
      }
      const name = this.keyName(key, span);
      if (name === null) continue;
      const first = own.get(name)?.key;
      if (first) this.duplicates.push({ pointer: child(pointer, name), first, second: span });
      own.set(name, this.node(value, { name, key: span }, child(pointer, name), depth + 1));
    }
    for (const member of merged) if (!own.has(String(member.name))) own.set(String(member.name), member);
    return [...own.values()];
  }

  private mergedMembers(value: Node | null, span: Span, pointer: string, depth: number): readonly TreeNode[] {
    const content = this.content(value, span, pointer, depth + 1);
    if (content.kind === "object") return content.children;
    const maps = content.kind === "array" ? content.children.map((item) => item.content) : [];
    if (maps.length > 0 && maps.every((item) => item.kind === "object")) {
      return maps.flatMap((item) => (item.kind === "object" ? item.children : []));
    }
    this.fail(unsupported(span, "only a mapping can be merged", "let << name an alias of a mapping"));
    return [];
  }

  private keyName(key: Node, span: Span): string | null {
    const target = isAlias(key) ? this.targets.get(key) : key;
    if (isScalar(target) && typeof target.value === "string") return target.value;
    this.fail(unsupported(span, "keys are text", "put the key in quotes"));
    return null;
  }

  private fail(problem: SyntaxProblem): TreeContent {
    if (this.problems.length === 0) this.problems.push(problem);
    return { kind: "scalar", value: null };
  }
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && typeof key.value === "symbol";
}

function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}
