/**
 * What to write in place of a text that does not have its form. The forms are those of the schema, by the titles that these have
 * there; what is proposed is tried by the schema itself.
 */
import { asPort, asPorts } from "./port-names.ts";
import type { SchemaText } from "./schema-text.ts";
import { plain, quote, written } from "./show.ts";
import { type Fits, isShort } from "./trial.ts";

interface Form {
  /** How such a text is written, after `write …: ` or alone. */
  readonly rule: string;
  /** What was probably meant; it may not be taken either, and is left out then. */
  readonly meant?: (text: string) => string;
  /** What was meant where it is no text of this form: several of them, a number, a text with a note. */
  readonly instead?: (text: string, fits: Fits) => string | null;
}

const host = "letters, digits and - in labels with dots between them";
const word = "letters, digits, ., _ and -, up to 63 of them";
const interfaces = "the name of an interface, not of its alias, up to 15 letters, digits, ., _ and -";

const forms: Readonly<Record<string, Form>> = {
  "Cluster name": {
    rule: "lower-case letters and digits with - between them, up to 32",
    meant: (text) => dashed(text.toLowerCase().replaceAll(".", "-")).slice(0, 32),
  },
  // A blank may be one in a name.
  "Host name": {
    rule: host,
    meant: dashed,
    instead: (text, fits) => (/[,;\u3001]/.test(plain(text)) ? asList(text, fits) : null),
  },
  "Pool name": { rule: word, meant: dashed },
  "Service name": { rule: word, meant: dashed },
  Path: { rule: "an absolute path without . and .. in it, and no blank or \\ at its end", meant: absolute },
  "File mode": {
    rule: 'three or four octal digits in quotes, such as "0644"',
    // As Python and as git have it, too: 0o644, 100644.
    meant: (text) => /^(?:0o?|10)?([0-7]{3,4})$/i.exec(text.trim())?.[1]?.padStart(4, "0") ?? "",
  },
  "User or group": { rule: "one name or one number", meant: (text) => text.trim().split(/[:\s]/)[0] ?? "" },
  Package: { rule: "the name of one package", meant: trim, instead: asList },
  Unit: {
    rule: "the name of one unit, of a template with its instance (getty@tty2)",
    meant: trim,
    instead: asList,
  },
  Interface: { rule: interfaces, meant: withoutAlias },
  "VIP interface": { rule: interfaces, meant: withoutAlias },
  "Name of a kernel setting": {
    rule: "words with dots between them",
    meant: kernelSetting,
  },
  "Value of a kernel setting": {
    rule: "a whole number, or words with one blank between them",
    meant: (text) => text.trim().replaceAll(/\s+/g, " "),
  },
  Content: { rule: "text without NUL characters" },
  Body: { rule: "text without NUL characters" },
  "Source file": { rule: "the path of a file beside the description, without NUL characters", meant: trim },
  "Source variable": {
    rule: "the name of a variable alone: letters, digits and _",
    meant: (text) => text.trim().replace(/^\$\{?(\w+)\}?$/, "$1"),
  },
  Option: { rule: "one option, without commas, blanks, quotes and parentheses", meant: trim, instead: asList },
  Source: {
    rule: "the server and the path that it exports, with :/ between them",
    meant: (text) => (text.startsWith("/") ? "" : text.replace(/^([^:/]+):?\/*/, "$1:/")),
  },
  Port: { rule: 'a number, or a range as text ("8000-8010")', meant: dashes, instead: asPorts },
  "Port or range": { rule: 'a number, or a range as text ("8000-8010")', meant: dashes, instead: asPort },
  "Request path": {
    rule: "it begins with / and is visible ASCII",
    meant: encoded,
  },
  "Name of the site": {
    rule: "a name, not an address and no URL: letters, digits and - in labels with dots between them",
    meant: (text) =>
      text
        .trim()
        .replace(/^https?:\/\//i, "")
        .replace(/[:/].*$/, "")
        .replace(/\.$/, ""),
  },
  Authorities: {
    rule: "the text of the PEM file itself, from -----BEGIN CERTIFICATE----- on, and not its path",
  },
  "Segment size": {
    rule: 'a number of bytes, or "auto"',
    meant: (text) => text.trim().toLowerCase(),
  },
  Code: {
    rule: "a code as findings have it in brackets",
    meant: (text) =>
      text
        .trim()
        .toUpperCase()
        .replaceAll(/[\s-]+/g, "_"),
  },
  Reason: { rule: "why it is meant, in one line", meant: (text) => text.trim().replaceAll(/\s+/g, " ") },
  Pointer: {
    rule: "a JSON pointer, with / before each key and number",
    meant: jsonPointer,
  },
  Client: {
    rule: "an address, a network, a name or *; the options stand in the list behind it",
    instead: (text, fits) => {
      const [, client, options] = /^([^\s()]+)\(([^()\s]*)\)$/.exec(text.trim()) ?? [];
      return client === undefined || !fits(client) ? null : `${quote(client)}: ${written((options ?? "").split(","))}`;
    },
  },
};

/** Titles of the forms that are known here: every pattern of the schema without a `format` has one of them. */
export const formTitles: readonly string[] = Object.keys(forms);

/**
 * What to write instead of a text that breaks a pattern.
 *
 * @param fits whether the schema would take a value there: nothing else is proposed
 */
export function formRemedy(text: string, { title = "", examples }: SchemaText, fits: Fits): string {
  const form = forms[title];
  if (form === undefined)
    return examples?.[0] === undefined ? "write another text" : `write it as in ${quote(examples[0])}`;
  const texts = isShort(text) ? [plain(text), text] : [];
  const instead = texts.length === 0 ? null : (form.instead?.(text, fits) ?? null);
  if (instead !== null) return `write ${instead}`;
  const meant = texts.map((one) => form.meant?.(one) ?? "").find((one) => one !== "" && fits(one));
  const example = examples?.[0] === undefined ? "" : `, as in ${quote(examples[0])}`;
  return meant === undefined
    ? `write ${form.rule}${form.rule.includes('"') ? "" : example}`
    : `write ${quote(meant)}: ${form.rule}`;
}

function trim(text: string): string {
  return text.trim();
}

function dashed(text: string): string {
  return text
    .trim()
    .replaceAll(/[^A-Za-z0-9.-]+/g, "-")
    .replaceAll(/^[.-]+|[.-]+$/g, "");
}

function absolute(text: string): string {
  const parts: string[] = [];
  if (text.startsWith("~")) return "";
  for (const part of text.replace(/[ \\]+$/, "").split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

function withoutAlias(text: string): string {
  return text.trim().replace(/:.*$/, "");
}

/** `8000:8010` and `8000 - 8010`. */
function dashes(text: string): string {
  return text.replace(/^\s*([0-9]+)\s*(?:-|:|\.\.+|\bto\b)\s*([0-9]+)\s*$/, "$1-$2");
}

/** Several words in one text, where each is an entry of a list. */
function asList(text: string, fits: Fits): string | null {
  const words = plain(text)
    .replace(/^\((.*)\)$/, "$1")
    .split(/[\s,;\u3001]+/)
    .filter((one) => one !== "");
  return words.length > 1 && words.every(fits) ? `${words.map(quote).join(", ")}: each is a text of its own` : null;
}

/** Without the value behind it; a name with dots in its words has slashes between them (sysctl.d(5)). */
function kernelSetting(text: string): string {
  const name = (text.split("=")[0] ?? "").trim().replace(/^\/proc\/sys\//, "");
  return name.includes(".") ? name : name.replaceAll("/", ".");
}

/** The path of a URL with what is not visible ASCII in hexadecimal; what is so already stays. */
function encoded(text: string): string {
  const path = text.trim().replace(/^https?:\/\/[^/]*/i, "");
  return encodeURI(wellFormed(path.startsWith("/") ? path : `/${path}`)).replaceAll(/%25([0-9A-Fa-f]{2})/g, "%$1");
}

/** Of `#/services/0`, `$.services[0]` and `services[0]`. Where there are slashes, dots belong to names. */
function jsonPointer(text: string): string {
  const bare = text.trim().replace(/^[#$]/, "");
  const slashed = bare.includes("/") ? bare : bare.replaceAll(/\[([^[\]]*)\]/g, ".$1").replaceAll(".", "/");
  return slashed.startsWith("/") ? slashed : `/${slashed}`;
}

/** `encodeURI` throws at half a surrogate pair. */
function wellFormed(text: string): string {
  return text.replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
}
