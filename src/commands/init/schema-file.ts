/** The schema beside a description, for editors. */
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Language } from "../../language/index.ts";
import type { Problem } from "../../terminal/problem.ts";
import { writeNewFile } from "../new-file.ts";
import { schemaIn } from "../schema.ts";
import { schemaFile } from "./describe.ts";

export interface Beside {
  readonly file: string;
  /** `foreign`: something else is there, and stays. */
  readonly state: "missing" | "equal" | "foreign";
}

/** Whether a file of this name would be the schema, on file systems that know no case too. */
export function isSchemaFile(file: string): boolean {
  return basename(file).toLowerCase() === schemaFile;
}

/**
 * @param description path of the description
 * @param languages in which it may be
 */
export function schemaBeside(description: string, languages: readonly Language[]): Beside {
  const file = join(dirname(description), schemaFile);
  try {
    const there = readFileSync(file, "utf8");
    return { file, state: languages.some((one) => schemaIn(one) === there) ? "equal" : "foreign" };
  } catch (error) {
    return { file, state: (error as NodeJS.ErrnoException).code === "ENOENT" ? "missing" : "foreign" };
  }
}

/** @returns why it was not written; null: it is there */
export function writeSchema({ file, state }: Beside, language: Language): Problem | null {
  return state === "missing" ? writeNewFile(file, schemaIn(language), false) : null;
}
