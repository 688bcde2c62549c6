/** Where a line may end in a text that is no English: Chinese has no spaces. */
import { columns, printable } from "./width.ts";

/** The pieces of a word that a line may end behind: any Han character, but not before punctuation that closes, nor behind what opens. */
export function partsOf(word: string): readonly string[] {
  return printable.test(word) ? [word] : word.split(breaks);
}

const breaks =
  /(?<=[\u3001\u3002\u3400-\u9fff\uff01-\uff5e\u201d])(?<!\uff08)(?![\u3001\u3002\uff09\uff0c\uff1a\uff1b\u201d])|(?<=[^\uff08\u201c])(?=[\u3400-\u9fff\uff08\u201c])/u;

/** Whether a text has characters that are set without spaces. */
export function hasHan(text: string): boolean {
  return !printable.test(text) && /\p{Script=Han}/u.test(text);
}

/** Where the lines of a text go that is broken. */
export interface Room {
  /** Columns of the terminal; null: it is none, and nothing is broken. */
  readonly columns: number | null;
  /** Column in which the text begins. */
  readonly start: number;
  /** Column in which its further lines begin. */
  readonly indent: number;
}

/** The lines of a text, broken at word ends so that none leaves the terminal; a word that has no room alone stays whole. */
export function brokenLines(text: string, { columns: limit, start, indent }: Room): readonly string[] {
  if (limit === null) return [text];
  const lines: string[] = [];
  let line = "";
  let used = start;
  for (const [, blanks = "", word = ""] of text.matchAll(/( *)([^ ]+)/g)) {
    for (const [index, part] of partsOf(word).entries()) {
      const before = index === 0 ? blanks : "";
      const width = columns(part);
      if (used + before.length + width > limit && (line !== "" || (lines.length === 0 && start > indent))) {
        lines.push(line);
        line = part;
        used = indent + width;
      } else {
        line += before + part;
        used += before.length + width;
      }
    }
  }
  return [...lines, line];
}

/** The same as one text, with its further lines indented. */
export function broken(text: string, room: Room): string {
  return brokenLines(text, room).join(`\n${" ".repeat(room.indent)}`);
}

/** A text in lines of so many columns, a wide character being two. */
export function wrapColumns(text: string, limit: number): readonly string[] {
  return brokenLines(text, { columns: limit, start: 0, indent: 0 });
}
