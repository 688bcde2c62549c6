import type { ErrorObject } from "ajv";
import { addressSlip, hostSlip, takesPort, type Wanted } from "../address-slips.ts";
import type { Code, Finding } from "../diagnostics/index.ts";
import { version } from "../generated/version.ts";
import { hiddenCharacters, nameOfHidden, replaceHidden } from "../hidden.ts";
import { tokens } from "../pointer.ts";
import { otherChoice } from "./choices.ts";
import { formRemedy } from "./forms.ts";
import { lostColon } from "./lost-colons.ts";
import { type SchemaText, schemaText } from "./schema-text.ts";
import { shapeRemedy, typeNames } from "./shapes.ts";
import { lower, quote } from "./show.ts";
import { type Fits, trialOf } from "./trial.ts";
import { unknownKey } from "./unknown-keys.ts";

type Described = readonly [Code, Pick<Finding, "message" | "hint">];

/**
 * Code, message and remedy of an error of ajv, from the words of the schema itself.
 *
 * @param root the description that has the error
 */
export function describe(error: ErrorObject, root: unknown): Described {
  const [code, said] = described(error, root);
  const hint = lostColon(error);
  return [code, hint === null ? said : { ...said, hint }];
}

function described(error: ErrorObject, root: unknown): Described {
  const { keyword, data, params, propertyName } = error;
  const text = schemaText(error);
  // Quoted where it is needed alone: an unknown key's `data` is the whole object around it.
  const shown = (): string => quote(propertyName ?? data);
  const fits = trialOf(error, root);
  if (isQuotedNumber(error)) return wrongType({ ...error, params: { type: ["integer"] } }, text, fits);
  switch (keyword) {
    case "additionalProperties":
      return ["UNKNOWN_KEY", unknownKey(String(params.additionalProperty), text, data)];
    case "required": {
      const key = String(params.missingProperty);
      return [
        "MISSING_KEY",
        { message: `${owner(error)} lacks ${quote(key)}`, hint: `add ${quote(key)}${exampleOf(text, key)}` },
      ];
    }
    case "type":
      return wrongType(error, text, fits);
    case "enum":
      return ["NOT_ONE_OF", { message: `${shown()} is no ${lower(text.title)}`, hint: otherChoice(error).hint }];
    case "const":
      return unsupportedVersion(data);
    case "minimum":
    case "maximum":
      return ["OUT_OF_RANGE", { message: `${shown()} is out of range`, hint: `write a number from ${rangeOf(text)}` }];
    case "minItems":
    case "minProperties":
      return [
        "EMPTY_LIST",
        { message: `${quote(lastToken(error))} is empty`, hint: `at least one is needed${example(text)}` },
      ];
    case "uniqueItems":
      return ["REPEATED_ITEM", { message: `${quote(repeated(error))} stands here twice`, hint: "take the second out" }];
    default: {
      const forbidden = forbiddenCharacter(error, shown());
      return text.format === undefined
        ? ["BAD_FORMAT", forbidden ?? badFormat(error, shown(), text, fits)]
        : ["BAD_ADDRESS", forbidden ?? badAddress(error, text, root)];
    }
  }
}

function badFormat(
  { keyword, data, propertyName, schema }: ErrorObject,
  shown: string,
  text: SchemaText,
  fits: Fits,
): Pick<Finding, "message" | "hint"> {
  const message = `${shown} is no valid ${lower(text.title)}`;
  if (keyword === "maxLength") return { message: `${shown} is too long`, hint: `write at most ${schema} characters` };
  if (keyword === "minLength") return { message, hint: `write at least ${schema} characters, or leave the key out` };
  return { message, hint: formRemedy(String(propertyName ?? data), text, fits) };
}

/** What a later version means nobody can tell yet; an earlier one there never was. */
function unsupportedVersion(data: unknown): Described {
  const message = `version ${quote(data)} of the format is not known`;
  if (!Number.isInteger(data) || Number(data) <= 1) return ["UNSUPPORTED_VERSION", { message, hint: "write 1" }];
  return [
    "UNSUPPORTED_VERSION",
    {
      message: `a newer lvsgen wrote this: version ${quote(data)} of the format, and lvsgen ${version} reads version 1`,
      hint: "build it with that lvsgen, or a newer one",
    },
  ];
}

/** `"80"`, where a number or a range of numbers belongs. */
function isQuotedNumber({ keyword, data, parentSchema }: ErrorObject): boolean {
  if (keyword !== "pattern") return false;
  const types: unknown = (parentSchema as { readonly type?: unknown } | undefined)?.type;
  return Array.isArray(types) && types.includes("integer") && typeof data === "string" && /^[0-9]+$/.test(data);
}

function wrongType({ data, params, ...error }: ErrorObject, text: SchemaText, fits: Fits): Described {
  const isWhole = error.instancePath === "";
  const types = [params.type].flat().map(String);
  const wanted = types.map((type) => typeNames[type] ?? type).join(" or ");
  const name = lastToken(error);
  const message = `${isWhole ? name : quote(name)} takes ${wanted}, not ${kindOf(data)}`;
  // Of the whole description there is no key that could be left out.
  const hint = isWhole ? shapeRemedy("", types, text, name, fits) : shapeRemedy(data, types, text, name, fits);
  return ["WRONG_TYPE", { message, hint }];
}

/** An address says by its `format` what belongs there. */
function badAddress(
  { data, instancePath }: ErrorObject,
  text: SchemaText,
  root: unknown,
): Pick<Finding, "message" | "hint"> {
  const address = String(data);
  const hosts = (root as { readonly hosts?: unknown }).hosts;
  const isHost = (name: string): boolean => typeof hosts === "object" && hosts !== null && Object.hasOwn(hosts, name);
  const slip = hostSlip(address, instancePath, isHost) ?? addressSlip(address, wantedAddress(text, instancePath));
  if (slip !== null) return { message: `${quote(address)} ${slip.what}`, hint: slip.hint };
  return {
    message: `${quote(address)} is no valid ${lower(text.title)}`,
    hint: `write it as in ${quote(text.examples?.[0])}`,
  };
}

function wantedAddress({ format = "", title }: SchemaText, pointer: string): Wanted {
  const last = tokens(pointer).findLast((token) => !/^[0-9]+$/.test(token)) ?? "";
  const family = format.startsWith("ipv4") ? 4 : format.startsWith("ipv6") ? 6 : null;
  const isNetwork = title === "Network";
  return {
    family,
    prefix: !format.endsWith("cidr") ? "none" : isNetwork ? "of a network" : "with",
    name: /^vips?$/.test(last) ? "a VIP" : /^gateway6?$/.test(last) ? "a gateway" : "this address",
    takesPort: takesPort(pointer),
    otherKey: family === null ? null : family === 4 ? `${last}6` : last.replace(/6$/, ""),
  };
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

function kindOf(data: unknown): string {
  if (data === null) return "null";
  if (Array.isArray(data)) return "a list";
  switch (typeof data) {
    case "string":
      return "text";
    case "number":
      // `1e400`: JSON takes as many digits as one writes.
      if (!Number.isFinite(data)) return "a number that is too large";
      return Number.isInteger(data) ? "a whole number" : "a fraction";
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

function rangeOf(text: SchemaText): string {
  return `${text.minimum} to ${text.maximum}`;
}

function example({ examples }: SchemaText): string {
  return examples?.[0] === undefined ? "" : `, for example ${quote(examples[0])}`;
}

function exampleOf({ properties = {} }: SchemaText, key: string): string {
  const { examples } = (properties[key] ?? {}) as SchemaText;
  const value = examples?.[0];
  return value === undefined || typeof value === "object" ? "" : `, for example ${quote(key)}: ${quote(value)}`;
}
