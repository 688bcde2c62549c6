import { readLines } from "./read-lines.ts";

/** DOT as lvsgen writes it, line by line; anything else throws. */

const quoted = '"((?:[^"\\\\&]|\\\\["\\\\n]|&amp;)*)"';
const id = "[a-z]+[0-9]+";
const look = "(?:, (?:style|peripheries|dir|constraint)=[a-z0-9]+)*";

const lines = [
  new RegExp(`^digraph ${quoted} \\{$`),
  /^ {2}graph \[rankdir=TB, compound=true\];$/,
  /^ {2}node \[shape=box, fontname="monospace", fontsize=11\];$/,
  /^ {2}edge \[fontname="monospace", fontsize=10\];$/,
  /^ {2}subgraph cluster_[0-9]+ \{$/,
  new RegExp(`^ {4}label=${quoted};$`),
  new RegExp(`^ {4}${id} \\[label=${quoted}${look}\\];$`),
  /^ {2}\}$/,
  new RegExp(`^ {2}${id} -> ${id} \\[[a-z]+=[a-z]+${look}(?:, label=${quoted})?\\];$`),
  /^\}$/,
];

/** Every string, with its escapes taken off. */
export function readDot(text: string): string[] {
  return readLines(text, { language: "DOT", forms: lines, decode: decoded });
}

function decoded(text: string): string {
  return text
    .replaceAll("&amp;", "&")
    .replaceAll(/\\(.)/g, (_, character: string) => (character === "n" ? "\n" : character));
}
