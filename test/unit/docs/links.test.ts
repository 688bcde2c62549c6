/** Where the pages for people lead to is there, and each of `docs/` is in its index. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { marked } from "marked";
import { expect, test } from "vitest";

const checkout = resolve(".");
const docs = readdirSync("docs", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .map((name) => join("docs", name));
const pages = ["README.md", "README.zh.md", "ARCHITECTURE.md", "test/README.md", ...docs];

/** The names that GitHub gives headings: small letters, no punctuation, hyphens for blanks; a number behind the second of a name. */
function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return marked
    .lexer(text)
    .flatMap((token) => (token.type === "heading" ? [String(token["text"])] : []))
    .map((title) => {
      const plain = title.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "");
      const name = plain
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-");
      const count = seen.get(name) ?? 0;
      seen.set(name, count + 1);
      return count === 0 ? name : `${name}-${count}`;
    });
}

function linksOf(page: string): string[] {
  const found: string[] = [];
  marked.walkTokens(marked.lexer(readFileSync(page, "utf8")), (token) => {
    if (token.type === "link" || token.type === "image") found.push(token.href);
  });
  return found.filter((href) => !/^[a-z]+:/.test(href));
}

test.each(pages)("links of %s", (page) => {
  const broken = linksOf(page).filter((href) => {
    const [path = "", anchor] = href.split("#");
    const target = path === "" ? page : join(dirname(page), decodeURIComponent(path));
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(target, "utf8")).includes(decodeURIComponent(anchor));
  });
  expect(broken).toEqual([]);
});

test("the index has every page, those of a folder by the folder's own index", () => {
  const listed = linksOf("docs/README.md").map((href) => relative(checkout, resolve("docs", href.split("#")[0] ?? "")));
  const wanted = docs.filter((page) => page !== "docs/README.md" && !page.startsWith("docs/platforms/"));
  expect(wanted.filter((page) => !listed.includes(page))).toEqual([]);
  expect(listed).toContain("docs/platforms/README.md");
});

test("a heading's name is GitHub's", () => {
  expect(anchorsOf("# `--json`\n\n## What `init` asks, and writes\n\n## A\n\n## A\n\n## 中文：名\n")).toEqual([
    "--json",
    "what-init-asks-and-writes",
    "a",
    "a-1",
    "中文名",
  ]);
});
