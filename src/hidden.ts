/**
 * Characters that a reader cannot see, or that a terminal or an editor acts upon: control characters (C0, C1, DEL), formatting
 * characters such as the bidirectional ones and the joiners (Unicode Standard Annexes 9 and 31), line and paragraph separators,
 * halves of surrogate pairs and what is no character. The schema writes the same set out in `$defs/path`.
 */

/** What most texts are; V8 compiles the classes of Unicode anew in every process that asks for them. */
const ascii = /^[\x20-\x7e]*$/;

/** Compiled where it is asked for, which is nearly never. */
function hidden(): RegExp {
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufff0-\ufffb]/gu;
}

const asciiLines = /^[\t\n\x20-\x7e]*$/;

/** Whether a text of several lines has any: its line feeds and tabs are seen. */
export function hasHiddenInLines(text: string): boolean {
  return !asciiLines.test(text) && hidden().test(text.replaceAll(/[\t\n]/g, " "));
}

export interface HiddenCharacter {
  readonly character: string;
  /** Characters (not code units) before it. */
  readonly before: number;
}

/** Every hidden character of `text`, in order. */
export function hiddenCharacters(text: string): HiddenCharacter[] {
  if (ascii.test(text)) return [];
  const found: HiddenCharacter[] = [];
  let at = 0;
  let before = 0;
  for (const match of text.matchAll(hidden())) {
    before += [...text.slice(at, match.index)].length;
    found.push({ character: match[0], before });
    at = match.index + match[0].length;
    before += 1;
  }
  return found;
}

/** `text` with something in place of every hidden character. */
export function replaceHidden(text: string, by: (character: string) => string): string {
  return ascii.test(text) ? text : text.replace(hidden(), by);
}

/** `text` with its hidden characters as JSON has them, so that it can be shown: `\u202e`, `\ud83d\udc36`. */
export function withoutHidden(text: string): string {
  return replaceHidden(text, (character) =>
    Array.from(
      { length: character.length },
      (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

const names = new Map([
  [0x00, "NUL"],
  [0x09, "a tab"],
  [0x0a, "a line feed"],
  [0x0d, "a carriage return"],
  [0x1b, "escape"],
  [0xad, "a soft hyphen"],
  [0x200b, "a zero-width space"],
  [0x200c, "a zero-width non-joiner"],
  [0x200d, "a zero-width joiner"],
  [0x200e, "a left-to-right mark"],
  [0x200f, "a right-to-left mark"],
  [0x2028, "a line separator"],
  [0x2029, "a paragraph separator"],
  [0x202d, "a left-to-right override"],
  [0x202e, "a right-to-left override"],
  [0xfeff, "a byte order mark"],
]);

/** `U+000D (a carriage return)`. */
export function nameOfHidden(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = names.get(code) ?? kindOf(character, code);
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")} (${name})`;
}

function kindOf(character: string, code: number): string {
  if (/\p{Cc}/u.test(character)) return "a control character";
  if (code >= 0xd800 && code <= 0xdfff) return "half of a surrogate pair";
  if (/\p{Cf}/u.test(character)) return "an invisible formatting character";
  return "no character of Unicode";
}
