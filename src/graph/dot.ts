/** A picture in the language of Graphviz. */
import { withoutHidden } from "../hidden.ts";
import type { Language } from "../language/index.ts";
import { type Link, type Node, nodesOf } from "./nodes.ts";
import type { Picture } from "./picture.ts";

export function dot(picture: Picture, { picture: say }: Language): string {
  const { tiers, links } = nodesOf(picture, say);
  const lines = [
    `digraph ${quoted([picture.cluster])} {`,
    "  graph [rankdir=TB, compound=true];",
    '  node [shape=box, fontname="monospace", fontsize=11];',
    '  edge [fontname="monospace", fontsize=10];',
  ];
  for (const [index, { title, nodes }] of tiers.entries()) {
    lines.push(`  subgraph cluster_${index} {`, `    label=${quoted([title])};`);
    for (const node of nodes) lines.push(`    ${nodeText(node)}`);
    lines.push("  }");
  }
  for (const link of links) lines.push(`  ${linkText(link)}`);
  return `${lines.join("\n")}\n}\n`;
}

const looks = {
  host: "",
  spare: ", style=dashed",
  foreign: ", style=dotted",
  vips: ", style=bold, peripheries=2",
} as const satisfies Record<Node["kind"], string>;

function nodeText({ id, lines, kind }: Node): string {
  return `${id} [label=${quoted(lines)}${looks[kind]}];`;
}

const ends = {
  holds: "dir=none",
  standby: "dir=none, style=dotted",
  request: "style=bold",
  // Against the order of the tiers.
  reply: "style=dashed, constraint=false",
  spare: "style=dotted",
  share: "style=dotted, dir=back",
} as const satisfies Record<Link["kind"], string>;

function linkText({ from, to, kind, label }: Link): string {
  const text = label === "" ? "" : `, label=${quoted([label])}`;
  // An NFS server stands below those that mount its shares.
  const [tail, head] = kind === "share" ? [to, from] : [from, to];
  return `${tail} -> ${head} [${ends[kind]}${text}];`;
}

/** Lines as one string in quotes: `\\` and `"` are escaped, and `&`, which would begin an entity. */
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    withoutHidden(line).replaceAll("&", "&amp;").replaceAll("\\", "\\\\").replaceAll('"', '\\"'),
  );
  return `"${escaped.join("\\n")}"`;
}
