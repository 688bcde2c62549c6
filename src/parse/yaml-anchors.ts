import { type Document, isAlias, isCollection, isPair, type Node, visit } from "yaml";

/**
 * What each alias stands for: the last node before it with its anchor. Found in one pass over the document,
 * since the parser's own `resolve` makes one for every alias.
 */
export function aliasTargets(document: Document.Parsed): Map<Node, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  visit(document, {
    Value: (_key, node) => void (node.anchor !== undefined && anchors.set(node.anchor, node)),
    Alias: (_key, node) => {
      const target = anchors.get(node.source);
      if (target !== undefined) targets.set(node, target);
    },
  });
  return targets;
}

/**
 * The alias by which a document comes to stand for more values than allowed, or null. Aliases of aliases can stand for any
 * number of values; they are counted without being written out, each anchor once.
 */
export function oversizedAlias(root: Node, targets: ReadonlyMap<Node, Node>, maxAliased: number): Node | null {
  const sizes = new Map<Node, number>();
  let oversized: Node | null = null;
  let aliased = 0;
  const sizeOf = (node: unknown, isAliased: boolean): number => {
    if (isPair(node)) return sizeOf(node.key, isAliased) + sizeOf(node.value, isAliased);
    if (isAlias(node)) {
      const target = targets.get(node);
      const size = target === undefined ? 1 : sizeOf(target, true);
      if (!isAliased) aliased += size;
      if (aliased > maxAliased || size > maxAliased) oversized ??= node;
      return size;
    }
    if (!isCollection(node)) return 1;
    const known = sizes.get(node);
    if (known !== undefined && isAliased) return known;
    // What contains itself is refused for that, wherever it is met.
    sizes.set(node, 1);
    let size = 1;
    for (const item of node.items) size += sizeOf(item, isAliased);
    sizes.set(node, size);
    return size;
  };
  sizeOf(root, false);
  return oversized;
}
