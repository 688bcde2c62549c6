/** Which description is meant where none is named. */
import { lstatSync, statSync } from "node:fs";
import { exitCode } from "../exit-code.ts";
import type { Problem } from "../terminal/problem.ts";

/** Where a description is looked for in the current directory when none is named; `init` and `import` write the first. */
export const defaultFiles: readonly string[] = ["cluster.json", "cluster.jsonc", "cluster.yaml", "cluster.yml"];

/** `defaultFiles` in help. */
export const defaultFilesText = "the cluster.json, .jsonc, .yaml or .yml that is here";

/** The operand of commands that take one description, in help. */
export const oneDescription = `the description (JSONC or YAML), - for standard input (default: ${defaultFilesText})`;

export type DefaultFile =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "problem"; readonly problem: Problem };

/**
 * The description to take when none is named: the only one of the usual names that is there. Which of several is meant nobody can
 * tell: SEVERAL_DESCRIPTIONS. With none it is NO_SUCH_FILE.
 */
export function defaultFile(): DefaultFile {
  const found = defaultFiles.filter(isThere);
  const [path] = found;
  if (path === undefined) return { kind: "problem", problem: noDefaultFile() };
  return found.length === 1 ? { kind: "file", path } : { kind: "problem", problem: severalFiles(found) };
}

/** A link that leads nowhere is there too, and so is what may not be looked at: reading it says what is wrong. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined && !isDirectory(file);
  } catch {
    return true;
  }
}

function isDirectory(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

function noDefaultFile(): Problem {
  const [first = "", ...others] = defaultFiles;
  return {
    code: "NO_SUCH_FILE",
    file: first,
    message: `no such file, and no ${listed(others, "or")} in its place`,
    hint: "name the description, or write a first one here with: lvsgen init",
    exitCode: exitCode.noInput,
  };
}

function severalFiles(found: readonly string[]): Problem {
  return {
    code: "SEVERAL_DESCRIPTIONS",
    file: found[0] ?? "",
    message: `${listed(found, "and")} are all descriptions of this directory, and none of them is named`,
    hint: "name the one that is meant, or move the others away",
    exitCode: exitCode.usage,
  };
}

function listed(names: readonly string[], word: "and" | "or"): string {
  return `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
}
