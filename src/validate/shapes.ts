/** What to write in place of a value of the wrong type: the same, in the shape that belongs there. */
import { listing } from "../diagnostics/suggest.ts";
import { platformMeant } from "../platform/names.ts";
import { asNumber, rangeRemedy } from "./numbers.ts";
import { machine, objectOf, objectsOf, settings } from "./objects.ts";
import type { SchemaText } from "./schema-text.ts";
import { quote, written } from "./show.ts";
import { type Fits, isShort } from "./trial.ts";

/** Words for the types of JSON, as the messages have them. */
export const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "an object { … }",
  array: "a list [ … ]",
};

/**
 * What to do about a value of the wrong type.
 *
 * @param types those of JSON Schema that are taken there
 * @param name the key, or the key of the list that it is in
 * @param fits whether the schema would take a value there: nothing else is proposed
 */
export function shapeRemedy(
  data: unknown,
  types: readonly string[],
  text: SchemaText,
  name: string,
  fits: Fits,
): string {
  if (data === null) return "leave the key out instead of giving it nothing";
  for (const type of typeof data === "string" && !isShort(data) ? [] : types) {
    const meant = as(type, data, text, fits);
    if (meant !== null) return `write ${meant}`;
  }
  const range = rangeRemedy(data, types, text);
  if (range !== null) return range;
  const example = text.examples?.[0];
  if (example === undefined) return `write ${types.map((type) => typeNames[type]).join(" or ")}`;
  return types.length === 1 && types[0] === "object" && !Array.isArray(data)
    ? `write an object, as in ${written(example)}`
    : `write it as in ${quote(name)}: ${written(example)}`;
}

function as(type: string, data: unknown, text: SchemaText, fits: Fits): string | null {
  switch (type) {
    case "boolean":
      return asBoolean(data);
    case "integer":
    case "number":
      return asNumber(data, type, text, fits);
    case "string":
      return asText(data, text, fits);
    case "array":
      return asList(data, text, fits);
    case "object":
      return asObject(data, text, fits);
    default:
      return null;
  }
}

function asBoolean(data: unknown): string | null {
  const said = String(data).toLowerCase();
  if (/^(?:true|yes|on|1|y)$/.test(said)) return "true, without quotes";
  if (/^(?:false|no|off|0|n)$/.test(said)) return "false, without quotes";
  return typeof data === "string" || typeof data === "number" ? "true or false, without quotes" : null;
}

function asText(data: unknown, { enum: choices, title }: SchemaText, fits: Fits): string | null {
  const [first] = Array.isArray(data) && data.length === 1 ? (data as unknown[]) : [];
  if (typeof first === "string" && fits(first)) return quote(first);
  if (typeof data !== "number" && typeof data !== "boolean") return null;
  if (choices !== undefined) {
    const system = title === "Platform" ? platformMeant(`el${data}`) : null;
    const meant = system !== null && "platform" in system ? `, such as "${system.platform}"` : "";
    return `one of ${listing(choices.map(String))}${meant}`;
  }
  return fits(String(data)) ? `${quote(String(data))}, in quotes` : null;
}

function asList(data: unknown, text: SchemaText, fits: Fits): string | null {
  if (typeof data === "object" && data !== null) return listOfObject(data as Record<string, unknown>, text, fits);
  if (typeof data !== "string" && typeof data !== "number") return null;
  const words = String(data)
    .split(/[\s,;]+/)
    .filter((word) => word !== "");
  const list = takesText(text) ? words : objectsOf(words, text.title ?? "", fits);
  return list !== null && list.length > 0 && fits(list) ? written(list) : null;
}

/** What an entry of the list is, its example tells: the schema may only refer to it. */
function takesText({ examples }: SchemaText): boolean {
  return Array.isArray(examples?.[0]) && typeof examples[0][0] === "string";
}

/** Keys of which an entry has one, whatever else is in it. */
const keysOfEntries = ["address", "export", "fwmark", "gateway", "host", "match", "path", "source", "target", "vip"];

/** An object in place of a list is one entry of it, or has the entries by their names. */
function listOfObject(data: Record<string, unknown>, text: SchemaText, fits: Fits): string | null {
  const keys = Object.keys(data);
  const [first] = keys;
  if (first === undefined) return null;
  if (takesText(text)) return fits(keys) ? written(keys) : null;
  if (keys.some((key) => keysOfEntries.includes(key)))
    return fits([data]) ? `${written([data])}, with [ ] around it` : "[ ] around it: it is one entry of a list";
  if (text.title === "Services") return `[{ "name": ${quote(first)}, … }], the name inside`;
  const machines = text.title === "Real servers" && keys.every(isShort) ? keys.map(machine) : null;
  return machines !== null && fits(machines) ? written(machines) : null;
}

function asObject(data: unknown, { title = "" }: SchemaText, fits: Fits): string | null {
  if (Array.isArray(data)) return objectOfList(data, title, fits);
  if (data !== true && typeof data !== "string" && typeof data !== "number") return null;
  const meant = objectOf(data, title);
  if (meant === null || !fits(meant)) return null;
  return data === true ? "{} for what is usual" : written(meant);
}

/** A list in place of an object has what the object has by name; of one, it is that one with brackets too many. */
function objectOfList(data: readonly unknown[], title: string, fits: Fits): string | null {
  const [first] = data;
  if (title === "Hosts") {
    const named = typeof first === "string" ? first : nameIn(first);
    return named === null || !fits({ [named]: {} })
      ? null
      : `{ ${quote(named)}: { "address": … } }, each host by its name`;
  }
  if (title === "Kernel settings") {
    const meant = settings(data);
    if (meant !== null && fits(meant)) return written(meant);
  }
  if (data.length !== 1 || typeof first !== "object" || first === null) return null;
  return fits(first) ? `${written(first)}, without [ ] around it` : "it without the [ ] around it";
}

function nameIn(item: unknown): string | null {
  if (typeof item !== "object" || item === null) return null;
  const name = (item as Record<string, unknown>)["name"] ?? (item as Record<string, unknown>)["host"];
  return typeof name === "string" ? name : null;
}
