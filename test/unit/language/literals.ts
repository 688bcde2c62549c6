/** The texts that stand in a source file, as the keys of catalogues have them. */
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { parseAst } from "rolldown/parseAst";

/** `{1} and {2} more` of `${a} and ${b} more`. */
export function literalsOf(source: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    if (typeof node !== "object" || node === null || !("type" in node)) return;
    const { type } = node;
    if (type === "ImportDeclaration" || (typeof type === "string" && isOnlyType(type))) return;
    if (type === "Literal" && "value" in node && typeof node.value === "string") found.push(node.value);
    if (type === "TemplateLiteral" && "quasis" in node) found.push(numbered(node.quasis as readonly Quasi[]));
    for (const [key, child] of Object.entries(node)) if (key !== "key" || isComputed(node)) visit(child);
  };
  visit(parseAst(source, { lang: "ts" }).body);
  return found;
}

interface Quasi {
  readonly value: { readonly cooked: string };
}

function numbered(quasis: readonly Quasi[]): string {
  // What meets without a text between is one: nobody could tell where it parts.
  let count = 0;
  return quasis
    .map(({ value }) => value.cooked)
    .join("\0")
    .replaceAll(/\0+/g, () => `{${++count}}`);
}

function isOnlyType(type: string): boolean {
  return type.startsWith("TS") && !["TSAsExpression", "TSSatisfiesExpression"].includes(type);
}

function isComputed(node: object): boolean {
  return "computed" in node && node.computed === true;
}

/** By file, below `src`. */
export function literalsBelow(room: string): ReadonlyMap<string, readonly string[]> {
  const files = room.endsWith(".ts")
    ? [room]
    : readdirSync(join("src", room), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => `${room}/${file.split(sep).join("/")}`)
        .sort();
  return new Map(files.map((file) => [file, literalsOf(readFileSync(join("src", file), "utf8"))]));
}

/** What somebody reads as words: at least two of them, or one that is none of a command. */
export function isProse(text: string): boolean {
  return /[a-z]{2}/.test(text) && text.trim().includes(" ");
}

/** What the schema says of keys and values, by these keywords. */
export function schemaTexts(keywords: readonly string[] = ["title", "description", "enumDescriptions"]): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      if (!keywords.includes(key)) visit(child);
      else if (typeof child === "string") found.push(child);
      else if (Array.isArray(child)) found.push(...(child as string[]));
      else visit(child);
    }
  };
  visit(JSON.parse(readFileSync("schema/cluster.schema.json", "utf8")));
  return found;
}
