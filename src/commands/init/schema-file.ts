/** The schema beside a description, for editors. */
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import schema from "../../../schema/cluster.schema.json" with { type: "json" };
import type { Problem } from "../../terminal/problem.ts";
import { writeNewFile } from "../new-file.ts";
import { schemaFile } from "./describe.ts";

export interface Beside {
  readonly file: string;
  /** `foreign`: something else is there, and stays. */
  readonly state: "missing" | "equal" | "foreign";
}

const text = `${JSON.stringify(schema, null, 2)}\n`;

/** Whether a file of this name would be the schema, on file systems that know no case too. */
export function isSchemaFile(file: string): boolean {
  return basename(file).toLowerCase() === schemaFile;
}

/** @param description path of the description */
export function schemaBeside(description: string): Beside {
  const file = join(dirname(description), schemaFile);
  try {
    return { file, state: readFileSync(file, "utf8") === text ? "equal" : "foreign" };
  } catch (error) {
    return { file, state: (error as NodeJS.ErrnoException).code === "ENOENT" ? "missing" : "foreign" };
  }
}

/** @returns why it was not written; null: it is there */
export function writeSchema({ file, state }: Beside): Problem | null {
  return state === "missing" ? writeNewFile(file, text, false) : null;
}
