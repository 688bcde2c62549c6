// Where a shell file asks for a kind of resource by its name. Many are words of plain English (file, mode, block, service), which
// comments, messages and names of variables may have: what counts is a word or a pattern of the code, and what a string begins with.
import { mask } from "./mask.ts";

export interface KindName {
  readonly line: number;
  readonly kind: string;
}

/** What follows these, up to the end of the command, are names of variables. */
const VARIABLES = /(?<![\w-])(?:(?:local|declare|read|for|unset)\s[^;&|\n]*|printf -v \w+|export(?= [A-Z]))/g;

/** The functions of a kind without which the engine cannot do. */
const FUNCTIONS = "declare|probe|same|record|set";

/** The kinds that a file declares. */
export function declaredKinds(text: string): readonly string[] {
  return [...mask(text).code.matchAll(/^kind ([a-z]+)(?=\s|$)/gm)].map(([, kind = ""]) => kind);
}

export function kindNames(text: string, kinds: readonly string[]): readonly KindName[] {
  const { code, quotedExpansions } = mask(text);
  const any = kinds.join("|");
  const inString = (at: number): boolean => quotedExpansions.some(([start, end]) => start < at && at < end);
  const words = code.replace(VARIABLES, (names) => names.replace(/[a-z]/g, "-"));
  const found = [
    // A word, a pattern of a `case`, an operand; but no variable, value, option, part of a path or key of an array.
    ...[...words.matchAll(new RegExp(`(?<![\\w$.{/#!=-])(${any})(?![\\w=\\[(+/.-])`, "g"))].filter(
      ({ index }) => !inString(index),
    ),
    ...words.matchAll(new RegExp(`(?<![\\w$])(${any})_(?:${FUNCTIONS})(?!\\w)`, "g")),
    ...[...code.matchAll(/["']/g)].flatMap(({ index }) => {
      const begin = new RegExp(`^(?:(?:${any})(?=[ "'\\\\:])| (?:${any})(?= ["']))`).exec(
        text.slice(index + 1, index + 40),
      );
      return begin ? [{ 1: begin[0].trim(), index }] : [];
    }),
  ];
  return found
    .map(({ 1: kind = "", index }) => ({ line: text.slice(0, index).split("\n").length, kind }))
    .sort((a, b) => a.line - b.line);
}
