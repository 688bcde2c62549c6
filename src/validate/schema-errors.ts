import type { ErrorObject } from "ajv";
import type { Code, Finding } from "../diagnostics/index.ts";
import { listing, suggest } from "../diagnostics/suggest.ts";
import { hiddenCharacters, nameOfHidden, replaceHidden, withoutHidden } from "../hidden.ts";
import { tokens } from "../pointer.ts";
import { otherChoice } from "./choices.ts";

type Described = readonly [Code, Pick<Finding, "message" | "hint">];

/** What the error's part of the schema says to people; every schema here has these. */
export interface SchemaText {
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Code, message and remedy of an error of ajv, from the words of the schema itself. */
export function describe(error: ErrorObject): Described {
  const { keyword, data, params, propertyName } = error;
  const text = schemaText(error);
  // Quoted where it is needed alone: an unknown key's `data` is the whole object around it.
  const shown = (): string => quote(propertyName ?? data);
  if (isQuotedNumber(error)) return wrongType({ ...error, params: { type: "integer" } }, text);
  switch (keyword) {
    case "additionalProperties":
      return unknownKey(String(params.additionalProperty), text, data);
    case "required": {
      const key = String(params.missingProperty);
      return [
        "MISSING_KEY",
        { message: `${owner(error)} lacks ${quote(key)}`, hint: `add ${quote(key)}${exampleOf(text, key)}` },
      ];
    }
    case "type":
      return wrongType(error, text);
    case "enum":
      return ["NOT_ONE_OF", { message: `${shown()} is no ${lower(text.title)}`, hint: otherChoice(error).hint }];
    case "const":
      return ["UNSUPPORTED_VERSION", { message: `version ${shown()} of the format is not known`, hint: "write 1" }];
    case "minimum":
    case "maximum":
      return [
        "OUT_OF_RANGE",
        { message: `${shown()} is out of range`, hint: `${lower(text.title)}: ${rangeOf(text)}` },
      ];
    case "minItems":
    case "minProperties":
      return [
        "EMPTY_LIST",
        { message: `${quote(lastToken(error))} is empty`, hint: `at least one is needed${example(text)}` },
      ];
    case "uniqueItems":
      return ["REPEATED_ITEM", { message: `${quote(repeated(error))} stands here twice`, hint: "take the second out" }];
    default:
      return [
        text.format === undefined ? "BAD_FORMAT" : "BAD_ADDRESS",
        forbiddenCharacter(error, shown()) ?? badFormat(shown(), text),
      ];
  }
}

/** The part of the schema that the value broke. */
export function schemaText({ parentSchema }: ErrorObject): SchemaText {
  return (parentSchema ?? {}) as SchemaText;
}

/** The key that was meant by an unknown one: one that is not there already. */
export function meantKey(key: string, { properties = {} }: SchemaText, data: unknown): string | null {
  const present = typeof data === "object" && data !== null ? data : {};
  return suggest(
    key,
    Object.keys(properties).filter((name) => !Object.hasOwn(present, name)),
  );
}

function unknownKey(key: string, text: SchemaText, data: unknown): Described {
  const meant = meantKey(key, text, data);
  const known = Object.keys(text.properties ?? {}).filter((name) => name !== "$schema");
  const hint = meant === null ? `known here: ${listing(known)}` : `did you mean ${quote(meant)}?`;
  return ["UNKNOWN_KEY", { message: `unknown key ${quote(key)}`, hint }];
}

/** `"80"`, where a number or a range of numbers belongs. */
function isQuotedNumber({ keyword, data, parentSchema }: ErrorObject): boolean {
  if (keyword !== "pattern") return false;
  const types: unknown = (parentSchema as { readonly type?: unknown } | undefined)?.type;
  return Array.isArray(types) && types.includes("integer") && typeof data === "string" && /^[0-9]+$/.test(data);
}

function wrongType({ data, params, ...error }: ErrorObject, text: SchemaText): Described {
  const wanted = [params.type].flat().map((type) => typeNames[String(type)] ?? String(type));
  const message = `${quote(lastToken(error))} takes ${wanted.join(" or ")}, not ${kindOf(data)}`;
  return ["WRONG_TYPE", { message, hint: wrongTypeHint(data, wanted, text) }];
}

function wrongTypeHint(data: unknown, wanted: readonly string[], text: SchemaText): string {
  if (data === null) return "leave the key out instead of giving it nothing";
  if (wanted.includes(textType) && (typeof data === "number" || typeof data === "boolean")) return "put it in quotes";
  if (wanted.includes(wholeNumber) && typeof data === "string" && /^[0-9]+$/.test(data))
    return `write ${data} without quotes`;
  if (wanted.includes(trueOrFalse) && typeof data === "string") return "write true or false without quotes";
  return described(text);
}

function badFormat(shown: string, text: SchemaText): Pick<Finding, "message" | "hint"> {
  return { message: `${shown} is no valid ${lower(text.title)}`, hint: described(text) };
}

/** Where the form is right but for characters that nobody can see, they are named: looking at the text would not tell. */
function forbiddenCharacter(
  { keyword, data, propertyName, schema }: ErrorObject,
  shown: string,
): Pick<Finding, "message" | "hint"> | null {
  const written = propertyName ?? data;
  if (keyword !== "pattern" || typeof written !== "string") return null;
  const pattern = new RegExp(String(schema), "u");
  const without = (kept?: string): string =>
    replaceHidden(written, (character) => (character === kept ? character : "x"));
  if (!pattern.test(without())) return null;
  const found = hiddenCharacters(written).find(({ character }) => !pattern.test(without(character)));
  if (found === undefined) return null;
  return {
    message: `character ${found.before + 1} of ${shown} is ${nameOfHidden(found.character)}`,
    hint: "take it out: systems read such a character as the end of a line or show it as something else",
  };
}

const textType = "text";
const wholeNumber = "a whole number";
const trueOrFalse = "true or false";
const typeNames: Readonly<Record<string, string>> = {
  string: textType,
  integer: wholeNumber,
  number: "a number",
  boolean: trueOrFalse,
  object: "an object { … }",
  array: "a list [ … ]",
};

function kindOf(data: unknown): string {
  if (data === null) return "null";
  if (Array.isArray(data)) return "a list";
  switch (typeof data) {
    case "string":
      return textType;
    case "number":
      return Number.isInteger(data) ? wholeNumber : "a fraction";
    case "boolean":
      return String(data);
    default:
      return "an object";
  }
}

function owner(error: ErrorObject): string {
  return error.instancePath === "" ? "the description" : `this ${lower(schemaText(error).title)}`;
}

function lastToken({ instancePath }: Pick<ErrorObject, "instancePath">): string {
  return tokens(instancePath).findLast((token) => !/^[0-9]+$/.test(token)) ?? "the description";
}

function repeated({ data, params }: ErrorObject): unknown {
  return Array.isArray(data) ? data[Number(params.i)] : data;
}

function rangeOf(text: SchemaText & { readonly minimum?: number; readonly maximum?: number }): string {
  return `${text.minimum} to ${text.maximum}`;
}

/** What the schema says of a text, in sentences. */
function described({ description, examples }: SchemaText): string {
  const said = description === undefined ? [] : [description];
  return [...said, ...(examples?.[0] === undefined ? [] : [`For example: ${quote(examples[0])}`])].join(" ");
}

function example({ examples }: SchemaText): string {
  return examples?.[0] === undefined ? "" : `, for example ${quote(examples[0])}`;
}

function exampleOf({ properties = {} }: SchemaText, key: string): string {
  const { examples } = (properties[key] ?? {}) as SchemaText;
  const value = examples?.[0];
  return value === undefined || typeof value === "object" ? "" : `, for example ${quote(key)}: ${quote(value)}`;
}

const maxQuoted = 80;

/** JSON text that can be seen, cut where it would fill the screen. Of what would be cut, no more than that is read. */
export function quote(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(outline(value)) ?? String(value));
  return withoutHidden(text.length > maxQuoted ? `${text.slice(0, maxQuoted - 3)}…` : text);
}

/** A value whose JSON text is the same as far as that is shown: every value in it takes at least one character. */
function outline(value: unknown, budget = { left: maxQuoted }): unknown {
  budget.left--;
  if (typeof value === "string") return value.slice(0, maxQuoted);
  if (typeof value !== "object" || value === null) return value;
  const isList = Array.isArray(value);
  const shown: [string, unknown][] = [];
  for (const key in value) {
    if (budget.left <= 0) break;
    shown.push([key.slice(0, maxQuoted), outline((value as Record<string, unknown>)[key], budget)]);
  }
  return isList ? shown.map(([, item]) => item) : Object.fromEntries(shown);
}

/** A title within a sentence; abbreviations keep their capitals. */
function lower(title = "value"): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
