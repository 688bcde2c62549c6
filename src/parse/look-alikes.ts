/** Characters that look like punctuation of JSON and YAML and are none: of an input method, a word processor, a web page. */
import type { Span, SyntaxProblem } from "./tree.ts";

interface LookAlike {
  /** With its article. */
  readonly name: string;
  /** What was meant. */
  readonly ascii: string;
}

const quoteMarks =
  "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f\u301d\u301e\u301f";
const dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212";
const others: Readonly<Record<string, LookAlike>> = {
  "\u3001": { name: "an ideographic comma", ascii: "," },
  "\u3002": { name: "an ideographic full stop", ascii: "." },
  "\u3010": { name: "a lenticular bracket", ascii: "[" },
  "\u3011": { name: "a lenticular bracket", ascii: "]" },
  "\u3000": { name: "an ideographic space", ascii: " " },
  "\u00a0": { name: "a no-break space", ascii: " " },
  "\u2026": { name: "an ellipsis", ascii: "" },
};

const fullWidth: Readonly<Record<string, string>> = {
  ",": "comma",
  ":": "colon",
  ";": "semicolon",
  '"': "quotation mark",
  "'": "apostrophe",
  "{": "brace",
  "}": "brace",
  "[": "bracket",
  "]": "bracket",
  "(": "parenthesis",
  ")": "parenthesis",
  "/": "slash",
  "-": "hyphen",
  "#": "number sign",
  ".": "full stop",
};

/** What a character was meant to be, null where it is none that looks like another. */
export function lookAlike(character: string): LookAlike | null {
  const known = others[character];
  if (known !== undefined) return known;
  if (character !== "" && quoteMarks.includes(character)) return { name: "a typographic quotation mark", ascii: '"' };
  if (character !== "" && dashes.includes(character)) return { name: "a dash", ascii: "-" };
  const code = character.codePointAt(0) ?? 0;
  if (code < 0xff01 || code > 0xff5e) return null;
  const ascii = String.fromCharCode(code - 0xfee0);
  const kind = /[0-9]/.test(ascii) ? "digit" : /[A-Za-z]/.test(ascii) ? "letter" : (fullWidth[ascii] ?? "character");
  return { name: `a full-width ${kind}`, ascii };
}

/** The first of them in a part of the text, null where there is none. */
export function firstLookAlike(text: string, span: Span): SyntaxProblem | null {
  const [first] = lookAlikesIn(text, span);
  return first === undefined ? null : problemAt(text, first);
}

/** Offsets of those in a part of the text. */
export function lookAlikesIn(text: string, { start, end }: Span): readonly number[] {
  const found: number[] = [];
  for (let offset = start; offset < end; offset++) {
    const character = text.charAt(offset);
    if (character > "\x7f" && lookAlike(character) !== null) found.push(offset);
  }
  return found;
}

/** What to say of them. Several of a kind side by side, such as the digits of a number, are told once. */
export function problemsAt(text: string, offsets: readonly number[]): readonly SyntaxProblem[] {
  const kind = (offset: number): string => lookAlike(text.charAt(offset))?.name ?? "";
  return offsets
    .filter((offset, index) => offsets[index - 1] !== offset - 1 || kind(offset - 1) !== kind(offset))
    .map((offset) => problemAt(text, offset));
}

/** What to say of one. */
export function problemAt(text: string, offset: number): SyntaxProblem {
  const character = text.charAt(offset);
  const { name, ascii } = lookAlike(character) ?? { name: "a character", ascii: "" };
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const shown = character.trim() === "" ? name : `${name}, ${character}`;
  const meant = ascii === " " ? "a blank" : ascii;
  return {
    code: "SYNTAX_ERROR",
    span: { start: offset, end: offset + 1 },
    message: `${code} (${shown}) ${meant === "" ? "stands here" : `stands where ${meant} belongs`}`,
    hint: meant === "" ? "take it out" : `write ${meant} in its place: input methods have a mode for ASCII`,
  };
}
