import { type Document, type Node, visit } from "yaml";

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
