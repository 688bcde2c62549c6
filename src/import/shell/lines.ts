/** The commands of a shell script, as far as they say themselves what they do: words, quotes, variables, loops over words. */
import type { Place } from "../place.ts";
import type { Word } from "../word.ts";

export interface ShellCommand {
  readonly words: readonly Word[];
  readonly place: Place;
  /** Lines of a here-document that it reads. */
  readonly input: readonly { readonly text: string; readonly line: number }[];
}

/** Splits a logical line into commands at `;`, `&&`, `||`, `|` and `&`; what a comment says is left out. */
export function splitCommands(text: string, file: string, line: number): Word[][] {
  const commands: Word[][] = [];
  let words: Word[] = [];
  let word = "";
  let start = -1;
  let quote = "";
  const end = (at: number): void => {
    if (start >= 0) words.push({ text: word, place: { file, line, column: start + 1, length: at - start } });
    word = "";
    start = -1;
  };
  const next = (at: number): void => {
    end(at);
    if (words.length > 0) commands.push(words);
    words = [];
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== "") {
      if (character === quote) quote = "";
      // What a single quote holds is no variable: its dollar is kept apart from the others.
      else if (quote === "'" && character === "$") word += literalDollar;
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      if (start < 0) start = at;
    } else if (character === "\\" && at + 1 < text.length) {
      at++;
      if (start < 0) start = at - 1;
      word += text.charAt(at);
    } else if (/\s/.test(character)) end(at);
    else if (character === "#" && start < 0) break;
    else if (";&|".includes(character)) next(at);
    else {
      if (start < 0) start = at;
      word += character;
    }
  }
  next(text.length);
  return commands;
}

/** A line with those that it goes on in, and the index of the last of them. A comment goes on nowhere. */
export function logicalLine(lines: readonly string[], first: number): { readonly text: string; readonly last: number } {
  const parts: string[] = [];
  let last = first;
  const isComment = /^\s*#/.test(lines[first] ?? "");
  for (; !isComment && last + 1 < lines.length && goesOn(lines[last] ?? ""); last++)
    parts.push((lines[last] ?? "").slice(0, -1));
  parts.push(lines[last] ?? "");
  return { text: parts.join(""), last };
}

/** Whether a line ends in a backslash that none before it takes the meaning from. */
function goesOn(line: string): boolean {
  let end = line.length;
  while (end > 0 && line.charAt(end - 1) === "\\") end--;
  return (line.length - end) % 2 === 1;
}

/** The word that ends the here-document of a line; null where it has none: `<<<` and `$((1 << 4))` begin none. */
export function hereDocument(line: string): string | null {
  return /^(?:[^#<(]|\((?!\()|<(?!<))*<<(?!<)-?\s*["'\\]?([A-Za-z_]\w*)["']?/.exec(line)?.[1] ?? null;
}

export const literalDollar = "\uE000";

/** Variables that the script sets to plain text. */
export type Variables = ReadonlyMap<string, string>;

const longestWord = 4096;

/** A word with its variables; null where one of them is not known. */
export function expand(text: string, variables: Variables): string | null {
  if (/`|\$\(/.test(text)) return null;
  let isKnown = true;
  const expanded = text.replace(
    /\$\{(\w+)\}|\$(\w+)/g,
    (_all, braced: string | undefined, bare: string | undefined) => {
      const value = variables.get(braced ?? bare ?? "");
      if (value === undefined) isKnown = false;
      return value ?? "";
    },
  );
  if (!isKnown || expanded.length > longestWord || /\$[{@*#?!(]/.test(expanded)) return null;
  return expanded.replaceAll(literalDollar, "$");
}
