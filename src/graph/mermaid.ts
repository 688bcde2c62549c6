/**
 * A picture as a Mermaid flowchart, for Markdown. What GitLab, Gitea and GitHub render alike: nodes with quoted labels, groups, and links
 * with quoted labels; identifiers are lvsgen's own.
 */
import { withoutHidden } from "../hidden.ts";
import type { Language } from "../language/index.ts";
import { type Link, type Node, nodesOf } from "./nodes.ts";
import type { Picture } from "./picture.ts";

export function mermaid(picture: Picture, { name, picture: say }: Language): string {
  const { tiers, links } = nodesOf(picture, say);
  const escapeLabel = name === "en" ? escapeFor(plain) : escapeFor(plainInChinese);
  const lines = ["flowchart TB"];
  for (const [index, { title, nodes }] of tiers.entries()) {
    lines.push(`  subgraph tier${index}["${escapeLabel(title)}"]`);
    for (const node of nodes) lines.push(`    ${nodeText(node, escapeLabel)}`);
    lines.push("  end");
  }
  for (const link of links) lines.push(`  ${linkText(link, escapeLabel)}`);
  const marked = tiers.flatMap(({ nodes }) => nodes).filter(({ isMarked }) => isMarked);
  if (marked.length > 0) lines.push("  classDef marked stroke-width:4px");
  for (const { id } of marked) lines.push(`  class ${id} marked`);
  return `${lines.join("\n")}\n`;
}

/** Shapes tell what a box is: of others round, virtual addresses with two bars. */
const shapes = {
  host: ['["', '"]'],
  spare: ['(["', '"])'],
  foreign: ['("', '")'],
  vips: ['[["', '"]]'],
} as const satisfies Record<Node["kind"], readonly [string, string]>;

function nodeText({ id, lines, kind }: Node, escapeLabel: Escape): string {
  const [open, close] = shapes[kind];
  return `${id}${open}${lines.map(escapeLabel).join("<br/>")}${close}`;
}

const arrows = {
  holds: "---",
  standby: "-.-",
  request: "==>",
  reply: "-.->",
  spare: "-->",
  share: "-->",
} as const satisfies Record<Link["kind"], string>;

function linkText({ from, to, kind, label }: Link, escapeLabel: Escape): string {
  return `${from} ${arrows[kind]}${label === "" ? "" : `|"${escapeLabel(label)}"|`} ${to}`;
}

type Escape = (text: string) => string;

/**
 * Letters, digits and what begins neither markup nor Markdown stand as they are, all else as the number of its character, which Mermaid
 * puts in when it has parsed.
 */
function escapeFor(others: RegExp): Escape {
  return (text) => withoutHidden(text).replaceAll(others, (character) => `#${character.codePointAt(0)};`);
}

/** What does not stand as it is. */
const plain = /[^A-Za-z0-9 .,:/()-]/gu;
/** Where the text itself is Chinese, it can be read where nobody draws it. */
const plainInChinese = /[^A-Za-z0-9 .,:/()\p{Script=Han}\u2026\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b-]/gu;
