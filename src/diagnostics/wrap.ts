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

/** A text in lines of so many columns, a wide character being two; a word that is longer than a line stays whole. */
export function wrapColumns(text: string, limit: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    for (const [index, part] of partsOf(word).entries()) {
      const line = lines.at(-1);
      const longer = line === undefined ? part : `${line}${index === 0 ? " " : ""}${part}`;
      if (line !== undefined && columns(longer) <= limit) lines[lines.length - 1] = longer;
      else lines.push(part);
    }
  }
  return lines;
}
