/** What to write in place of a value of the wrong type: the same, in the shape that belongs there. */
import { listing } from "../diagnostics/suggest.ts";
import { platformMeant } from "../platform/names.ts";
import type { SchemaText } from "./schema-text.ts";
import { quote, written } from "./show.ts";

/** Words for the types of JSON, as the messages have them. */
export const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "an object { … }",
  array: "a list [ … ]",
};

/** A machine by its name, or by its address where that is what stands there. */
const machine = (text: string): unknown => (/^[0-9.]+$|:/.test(text) ? { address: text } : { host: text });

/** What a text or a number meant where an object belongs, by the title of its schema. */
const objects: Readonly<Record<string, (value: string | number) => unknown>> = {
  Host: (value) => ({ address: String(value) }),
  "Further interface": (value) => ({ address: String(value) }),
  "Real server": (value) => machine(String(value)),
  "Sorry server": (value) => machine(String(value)),
  "Health check": (value) => (typeof value === "number" ? { port: value } : { type: value.toLowerCase() }),
  Persistence: (value) => ({ timeout: Number(value) || 300 }),
  Tunnel: (value) => ({ type: String(value).toLowerCase() }),
  "Package source": (value) => ({ source: value }),
  "Failover and health checks": (value) => (typeof value === "number" ? { routerId: value } : {}),
  Directory: (value) => ({ path: value }),
  Match: (value) => ({ vip: value }),
  "Kernel settings": setting,
  "Acknowledged warning": acknowledgement,
  "Acknowledged warnings": acknowledgement,
};

/** What `true` meant there: the object with nothing but defaults in it. */
const switches = new Set(["Persistence", "Health check", "Failover and health checks"]);

/**
 * What to do about a value of the wrong type.
 *
 * @param types those of JSON Schema that are taken there
 * @param name the key, or the key of the list that it is in
 */
export function shapeRemedy(data: unknown, types: readonly string[], text: SchemaText, name: string): string {
  if (data === null) return "leave the key out instead of giving it nothing";
  for (const type of types) {
    const meant = as(type, data, text);
    if (meant !== null) return `write ${meant}`;
  }
  const example = text.examples?.[0];
  return example === undefined
    ? `write ${types.map((type) => typeNames[type]).join(" or ")}`
    : `write it as in ${quote(name)}: ${written(example)}`;
}

function as(type: string, data: unknown, text: SchemaText): string | null {
  switch (type) {
    case "boolean":
      return asBoolean(data);
    case "integer":
    case "number":
      return asNumber(data, type, text);
    case "string":
      return asText(data, text);
    case "array":
      return asList(data, text);
    case "object":
      return asObject(data, text);
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

function asNumber(data: unknown, type: string, { title }: SchemaText): string | null {
  if (Array.isArray(data) && data.length === 1) return asNumber(data[0], type, {});
  if (typeof data === "number" && type === "integer") {
    // A range is of whole numbers, so one of the two always lies in it where the fraction does.
    return title === "Version" ? "1" : `${Math.floor(data)} or ${Math.ceil(data)}`;
  }
  if (typeof data !== "string") return null;
  const [, number, unit] = /^\s*([0-9]{1,10})\s*([a-z]*)\s*$/i.exec(data) ?? [];
  if (number === undefined) return null;
  return unit === ""
    ? `${Number(number)} without quotes`
    : `${inSeconds(Number(number), unit)}: the number alone, times in seconds`;
}

function inSeconds(count: number, unit = ""): number {
  return (
    count *
    (/^m(?:in)?/i.test(unit) && !/^ms/i.test(unit) ? 60 : /^h/i.test(unit) ? 3600 : /^d/i.test(unit) ? 86400 : 1)
  );
}

function asText(data: unknown, { enum: choices, title }: SchemaText): string | null {
  if (Array.isArray(data) && data.length === 1 && typeof data[0] === "string") return quote(data[0]);
  if (typeof data !== "number" && typeof data !== "boolean") return null;
  if (choices !== undefined) {
    const system = title === "Platform" ? platformMeant(`el${data}`) : null;
    const meant = system !== null && "platform" in system ? `, such as "${system.platform}"` : "";
    return `one of ${listing(choices.map(String))}${meant}`;
  }
  return `${quote(String(data))}, in quotes`;
}

function asList(data: unknown, text: SchemaText): string | null {
  if (typeof data === "object" && data !== null) return listOfObject(data as Record<string, unknown>, text);
  if (typeof data !== "string" && typeof data !== "number") return null;
  const words = String(data)
    .split(/[\s,;]+/)
    .filter((word) => word !== "");
  if (words.length === 0) return null;
  if (takesText(text)) return written(words);
  if (text.title === "Real servers") return written(words.map(machine));
  const item = objects[text.items?.$ref === "#/$defs/directory" ? "Directory" : (text.title ?? "")];
  return item === undefined ? null : written([item(data)]);
}

/** What an entry of the list is, its example tells: the schema may only refer to it. */
function takesText({ examples }: SchemaText): boolean {
  return Array.isArray(examples?.[0]) && typeof examples[0][0] === "string";
}

/** Keys of which an entry has one, whatever else is in it. */
const keysOfEntries = ["address", "export", "fwmark", "gateway", "host", "match", "path", "source", "target", "vip"];

/** An object in place of a list is one entry of it, or has the entries by their names. */
function listOfObject(data: Record<string, unknown>, text: SchemaText): string | null {
  const keys = Object.keys(data);
  const [first] = keys;
  if (first === undefined) return null;
  if (takesText(text)) return written(keys);
  if (keys.some((key) => keysOfEntries.includes(key))) return `${written([data])}, with [ ] around it`;
  if (text.title === "Services") return `[{ "name": ${quote(first)}, … }], the name inside`;
  return text.title === "Real servers" ? written(keys.map(machine)) : null;
}

function asObject(data: unknown, { title = "", examples }: SchemaText): string | null {
  if (data === true && switches.has(title)) return "{} for what is usual";
  if (Array.isArray(data)) return objectOfList(data, title);
  if (typeof data !== "string" && typeof data !== "number") return null;
  const meant = objects[title]?.(data) ?? null;
  if (meant !== null) return written(meant);
  return examples?.[0] === undefined ? null : `an object, as in ${written(examples[0])}`;
}

/** A list in place of an object has what the object has by name; of one, it is that one with brackets too many. */
function objectOfList(data: readonly unknown[], title: string): string | null {
  const [first] = data;
  if (title === "Hosts") {
    const named = typeof first === "string" ? first : nameIn(first);
    return named === null ? null : `{ ${quote(named)}: { "address": … } }, each host by its name`;
  }
  if (title === "Kernel settings" && typeof first === "string") return written(setting(first));
  if (data.length === 1 && typeof first === "object" && first !== null)
    return `${written(first)}, without [ ] around it`;
  return null;
}

function nameIn(item: unknown): string | null {
  if (typeof item !== "object" || item === null) return null;
  const name = (item as Record<string, unknown>)["name"] ?? (item as Record<string, unknown>)["host"];
  return typeof name === "string" ? name : null;
}

/** `net.core.somaxconn = 4096`, as in sysctl.conf(5). */
function setting(line: string | number): unknown {
  const [, name = "net.core.somaxconn", value = "4096"] = /^\s*([\w./-]+)\s*=\s*(.*?)\s*$/.exec(String(line)) ?? [];
  return { [name]: /^[0-9]+$/.test(value) ? Number(value) : value };
}

function acknowledgement(code: string | number): unknown {
  return { code, reason: "…" };
}
