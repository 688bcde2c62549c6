import schema from "../../schema/cluster.schema.json" with { type: "json" };
import { type ExitCode, exitCode } from "../exit-code.ts";
import type { Language, Say } from "../language/index.ts";
import type { Terminal } from "../terminal/terminal.ts";

export function printSchema({ out }: Terminal): ExitCode {
  out.write(schemaIn(out.language));
  return exitCode.ok;
}

/**
 * The JSON Schema of the description (draft 2020-12), with what editors show of it in a language; what it demands is the same in each. What a
 * word of a choice means stands in it twice: VS Code and both language servers read `enumDescriptions`, JetBrains' editors
 * `x-intellij-enum-metadata` alone (com.jetbrains.jsonSchema of intellij-community).
 */
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
  const said: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (areNames) return [key, spoken(value, say)];
      if (data.has(key)) return [key, value];
      if (words.has(key))
        return [key, Array.isArray(value) ? value.map((one) => say(String(one))) : say(String(value))];
      return [key, spoken(value, say, names.has(key))];
    }),
  );
  return areNames ? said : withMetadata(said);
}

/** A choice with the meaning of its words for JetBrains' editors as well; any other schema as it is. */
function withMetadata(schema: Record<string, unknown>): Record<string, unknown> {
  const { enum: choices, enumDescriptions: texts } = schema;
  if (!Array.isArray(choices) || !Array.isArray(texts)) return schema;
  const metadata = Object.fromEntries(choices.map((choice, at) => [choice, { description: texts[at] }]));
  return { ...schema, "x-intellij-enum-metadata": metadata };
}
