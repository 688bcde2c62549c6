/** Blocks of the pages that are read and not played: reference, and the README. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { marked } from "marked";
import { pagesOf } from "./pages.ts";

export interface Block {
  readonly page: string;
  readonly text: string;
}

/** Every block of code of every page that is not played step by step, indented ones among them. */
export function readBlocks(checkout: string): readonly Block[] {
  const played = new Set([...pagesOf(checkout).keys()].map((name) => `docs/${name}`));
  const docs = readdirSync(join(checkout, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
  return ["README.md", "README.zh.md", ...docs]
    .filter((page) => !played.has(page))
    .flatMap((page) => {
      const blocks: Block[] = [];
      marked.walkTokens(marked.lexer(readFileSync(join(checkout, page), "utf8")), (token) => {
        if (token.type === "code") blocks.push({ page, text: token.text });
      });
      return blocks;
    });
}

/** Where each key of a value is, elements of a list in one place: `changes.*.rule`. */
export function pathsOf(value: unknown, place = ""): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => pathsOf(one, `${place}.*`)))];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => [`${place}.${key}`, ...pathsOf(inner, `${place}.${key}`)]);
}
