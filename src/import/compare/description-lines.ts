/** Where the description that the import writes says what differs. */
import { parse } from "../../parse/index.ts";
import type { Imported } from "../imported.ts";
import type { Difference } from "./difference.ts";

/** The differences with the line of what they point to, or of the nearest thing around it that is written. */
export async function withLines(
  differences: readonly Difference[],
  { text, language }: Pick<Imported, "text" | "language">,
): Promise<Difference[]> {
  if (differences.length === 0) return [];
  const { document } = await parse(text, language === "yaml" ? "imported.yaml" : "imported.json");
  if (document === null) return [...differences];
  const lines = new Map<string, number>();
  const lineOf = (pointer: string): number => {
    const known = lines.get(pointer);
    if (known !== undefined) return known;
    const { line } = document.locate(written(pointer, document.value), "key");
    lines.set(pointer, line);
    return line;
  };
  return differences.map((one) => ({ ...one, line: lineOf(one.at) }));
}

/** A pointer as far as the description has it. */
function written(pointer: string, value: unknown): string {
  let found = value;
  let way = "";
  for (const token of pointer.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) break;
    found = (found as Record<string, unknown>)[key];
    way += `/${token}`;
  }
  return way;
}
