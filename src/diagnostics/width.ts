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

/** What is set over or around the character before it takes no column of its own. */
function widthOf(character: string): number {
  if (/[\p{Mn}\p{Me}]/u.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}
