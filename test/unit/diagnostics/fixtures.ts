import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Code, catalogue } from "../../../src/diagnostics/index.ts";

const directory = join(import.meta.dirname, "..", "..", "fixtures", "invalid");

/** Stands right before what a finding has to point to. */
const marker = "/*here*/";

/** A faulty description: `<CODE>.json`, `<CODE>-variant.json` or the same in YAML. */
export interface Fixture {
  readonly file: string;
  readonly code: Code;
  readonly text: string;
  /** Warnings that such a description cannot be without: `// with CODE` in a line of its own. */
  readonly besides: readonly string[];
  /** Line and column of what the marker stands before, in the text with the marker; null without one. */
  readonly expected: { readonly line: number; readonly column: number } | null;
}

export function invalidFixtures(): Fixture[] {
  return readdirSync(directory).map((file) => {
    const code = file.replace(/(?:-[a-z0-9-]+)?\.(?:json|yaml)$/, "");
    if (!isCode(code)) throw new Error(`${file} is named after no code of the catalogue`);
    const text = readFileSync(join(directory, file), "utf8");
    const besides = [...text.matchAll(/^\/\/ with ([A-Z_]+)$/gm)].map(([, other = ""]) => other);
    return { file, code, text, besides, expected: markedPlace(text) };
  });
}

function isCode(code: string): code is Code {
  return Object.hasOwn(catalogue, code);
}

function markedPlace(text: string): Fixture["expected"] {
  const offset = text.indexOf(marker);
  if (offset === -1) return null;
  const before = text.slice(0, offset + marker.length).split("\n");
  return { line: before.length, column: [...(before.at(-1) ?? "")].length + 1 };
}
