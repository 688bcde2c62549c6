/** Where characters stand in a text of JSON in place of its own punctuation, all of them in one walk. */
import { lookAlike } from "./look-alikes.ts";

/** Offsets outside texts and comments, and of quotes that begin or end a text, in their order. */
export function jsonLookAlikes(text: string): readonly number[] {
  const found: number[] = [];
  const brackets: string[] = [];
  let before = "";
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (/\s/.test(character) && character <= "\x7f") continue;
    if (character === "/") {
      i = endOfComment(text, i);
      continue;
    }
    const ascii = asciiOf(character);
    if (ascii !== character) found.push(i);
    if (ascii === '"') {
      const isKey = brackets.at(-1) === "{" && (before === "{" || before === ",");
      const end = endOfText(text, i, isKey ? ":" : ",}]", ascii === character);
      if (end < text.length && asciiOf(text.charAt(end)) !== text.charAt(end)) found.push(end);
      i = end;
    } else if (ascii === "{" || ascii === "[") brackets.push(ascii);
    else if (ascii === "}" || ascii === "]") brackets.pop();
    if (ascii.trim() !== "") before = ascii;
  }
  return found;
}

/** The text with ASCII in place of the characters at these offsets; what stands elsewhere stays where it is. */
export function withAscii(text: string, offsets: readonly number[]): string {
  let plain = "";
  let done = 0;
  for (const offset of offsets) {
    plain += text.slice(done, offset) + (asciiOf(text.charAt(offset)) || " ");
    done = offset + 1;
  }
  return plain + text.slice(done);
}

function asciiOf(character: string): string {
  return character <= "\x7f" ? character : (lookAlike(character)?.ascii ?? character);
}

/**
 * Offset of the quote that ends a text. Typographic quotes may be part of it: the one that ends it has behind it what follows such a
 * text, and where none has, it is the last.
 *
 * @param next what may follow, beside the end of the line
 * @param isPlain whether it began with a quote of ASCII
 */
function endOfText(text: string, start: number, next: string, isPlain: boolean): number {
  const lineEnd = text.indexOf("\n", start);
  const end = lineEnd === -1 ? text.length : lineEnd;
  const isLast = (offset: number): boolean => {
    let after = offset + 1;
    while (after < end && asciiOf(text.charAt(after)).trim() === "") after++;
    return after >= end ? next !== ":" : `${next}/`.includes(asciiOf(text.charAt(after)));
  };
  const others: number[] = [];
  let plain = end;
  for (let i = start + 1; i < end && plain === end; i++) {
    const character = text.charAt(i);
    if (character === "\\") i++;
    else if (character === '"') plain = i;
    else if (asciiOf(character) === '"') others.push(i);
  }
  if (isPlain && plain < end && isLast(plain)) return plain;
  return others.find(isLast) ?? (plain < end ? plain : (others.at(-1) ?? end));
}

/** Offset of its last character; of a slash that begins none, its own. */
function endOfComment(text: string, start: number): number {
  const next = text.charAt(start + 1);
  const end = next === "/" ? text.indexOf("\n", start) : next === "*" ? text.indexOf("*/", start + 2) + 1 : start;
  return end <= 0 ? text.length : end;
}
