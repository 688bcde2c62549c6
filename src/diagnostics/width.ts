import { eastAsianWidth } from "get-east-asian-width";

/** What most texts are. V8 compiles the classes of Unicode anew in every process, so the expressions that have some stand where they are needed. */
export const printable = /^[\x20-\x7e]*$/;

/** Number of terminal columns of a text. */
export function columns(text: string): number {
  if (printable.test(text)) return text.length;
  let count = 0;
  for (const character of text) count += widthOf(character);
  return count;
}

/** As much of the beginning of a text as so many columns hold. */
export function firstColumns(text: string, limit: number): string {
  if (printable.test(text)) return text.slice(0, limit);
  let width = 0;
  let end = 0;
  for (const character of text) {
    width += widthOf(character);
    if (width > limit) break;
    end += character.length;
  }
  return text.slice(0, end);
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
  // Between characters as wide as two, words have no blanks; punctuation that closes begins no line.
  for (const [word] of text.matchAll(
    / *(?:[\u2e80-\uffef]|[^ \u2e80-\uffef]+)[\u3001\u3002\uff09\uff0c\uff1a\uff1b]*/g,
  )) {
    const width = columns(word);
    if (used + width > limit && (line !== "" || (lines.length === 0 && start > indent))) {
      lines.push(line);
      line = word.trimStart();
      used = indent + columns(line);
    } else {
      line += word;
      used += width;
    }
  }
  return [...lines, line];
}

/** The same as one text, with its further lines indented. */
export function broken(text: string, room: Room): string {
  return brokenLines(text, room).join(`\n${" ".repeat(room.indent)}`);
}

/** What is set over or around the character before it takes no column of its own. */
function widthOf(character: string): number {
  if (/[\p{Mn}\p{Me}]/u.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}
