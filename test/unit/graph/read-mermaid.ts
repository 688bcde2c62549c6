import { readLines } from "./read-lines.ts";

/** Mermaid as lvsgen writes it, line by line; anything else throws. What Mermaid itself takes, `mermaid.test.ts` asks its parser. */

/** Of a Chinese picture, Han characters and their punctuation as well. */
const label =
  '"((?:[A-Za-z0-9 .,:/()-]|[\\p{Script=Han}\u2026\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b]|#[0-9]+;|<br/>)+)"';
const id = "[a-z]+[0-9]+";

const lines = [
  /^flowchart TB$/,
  new RegExp(`^ {2}subgraph ${id}\\[${label}\\]$`, "u"),
  new RegExp(`^ {4}${id}\\[${label}\\]$`, "u"),
  new RegExp(`^ {4}${id}\\(\\[${label}\\]\\)$`, "u"),
  new RegExp(`^ {4}${id}\\(${label}\\)$`, "u"),
  new RegExp(`^ {4}${id}\\[\\[${label}\\]\\]$`, "u"),
  /^ {2}end$/,
  /^ {2}classDef marked stroke-width:4px$/,
  new RegExp(`^ {2}class ${id} marked$`, "u"),
  new RegExp(`^ {2}${id} (?:---|-\\.-|==>|-\\.->|-->)(?:\\|${label}\\|)? ${id}$`, "u"),
];

/** Every label, with its characters in place of their numbers and a line feed for each break. */
export function readMermaid(text: string): string[] {
  return readLines(text, { language: "Mermaid", forms: lines, decode: decoded });
}

function decoded(text: string): string {
  return text
    .replaceAll("<br/>", "\n")
    .replaceAll(/#([0-9]+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
