/** The pages that are run, in the order in which one after the other finds what it needs. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Page, readPage } from "./page.ts";

/** By their paths in `docs/`. */
export function pagesOf(checkout: string): Map<string, Page> {
  const docs = join(checkout, "docs");
  const names = [
    "tutorial.md",
    ...readdirSync(join(docs, "how-to"))
      .sort()
      .map((name) => `how-to/${name}`),
  ];
  return new Map(names.map((name) => [name, readPage(readFileSync(join(docs, name), "utf8"))]));
}
