import schema from "../../schema/cluster.schema.json" with { type: "json" };
import { type ExitCode, exitCode } from "../exit-code.ts";
import type { Language, Say } from "../language/index.ts";
import type { Terminal } from "../terminal/terminal.ts";

export function printSchema({ out }: Terminal): ExitCode {
  out.write(schemaIn(out.language));
  return exitCode.ok;
}

/** The JSON Schema of the description (draft 2020-12), with what editors show of it in a language; what it demands is the same in each. */
export function schemaIn(language: Language): string {
  return `${JSON.stringify(spoken(schema, language.schema), null, 2)}\n`;
}

/** Keywords whose values are data of descriptions, and no words for people. */
const data: ReadonlySet<string> = new Set(["enum", "const", "default", "examples", "body"]);

/** Keywords that a person reads. */
const words: ReadonlySet<string> = new Set(["title", "description", "enumDescriptions", "label"]);

/** Keywords below which each key is a name, be it that of a keyword. */
const names: ReadonlySet<string> = new Set(["properties", "patternProperties", "$defs"]);

function spoken(node: unknown, say: Say, areNames = false): unknown {
  if (Array.isArray(node)) return node.map((one) => spoken(one, say));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (areNames) return [key, spoken(value, say)];
      if (data.has(key)) return [key, value];
      if (words.has(key))
        return [key, Array.isArray(value) ? value.map((one) => say(String(one))) : say(String(value))];
      return [key, spoken(value, say, names.has(key))];
    }),
  );
}
