import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "vitest";

const source = join(import.meta.dirname, "..", "..", "..", "src");

/** The stages of the front end; each is a file with a folder of the same name. */
const stages = ["parse", "validate", "resolve", "check"];

function modules(): string[] {
  return readdirSync(source, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts"));
}

function stageOf(file: string): string | undefined {
  return stages.find((stage) => file === `${stage}.ts` || file.startsWith(`${stage}/`));
}

/** The modules of the project that a module imports, as paths below src. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), "utf8");
  const specifiers = [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(([, specifier = ""]) => specifier);
  return specifiers.map((specifier) => posix.join(posix.dirname(file), specifier));
}

test("a stage imports no sibling stage, nor what comes after it", () => {
  const later = /^(?:compile|plan|platform|render|write|commands|cli|terminal)\b/;
  const wrong = modules().flatMap((file) => {
    const stage = stageOf(file);
    if (stage === undefined) return [];
    const imported = importsOf(file).filter((other) => later.test(other) || (stageOf(other) ?? stage) !== stage);
    return imported.map((other) => `${file} imports ${other}`);
  });
  expect(wrong).toEqual([]);
});
