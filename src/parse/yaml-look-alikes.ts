import { type Document, parseDocument } from "yaml";
import { lookAlike, lookAlikesIn, problemsAt } from "./look-alikes.ts";
import type { SyntaxProblem } from "./tree.ts";
import { parseProblem } from "./yaml-errors.ts";

/** Characters that are read in the search, all readings together: a text of a usual size is read some hundred times. */
const effort = 3_000_000;

/** Nobody writes a longer one by hand. */
const longestLine = 1000;

/**
 * What YAML takes for a part of a word may have been meant as punctuation: where the lines of a failure have such characters and the
 * failure is gone without them, they are what is wrong; so on with the next failure. The line before may be the one.
 *
 * @param known offsets of some that are found already
 * @returns all of them in the order of the text, and behind them the first failure that has another cause; empty: none is the cause
 */
export function lookAlikesBehind(
  failure: SyntaxProblem | null,
  text: string,
  known: readonly number[],
): readonly SyntaxProblem[] {
  const search = new Search(text);
  const found = new Set(known);
  let rest = found.size === 0 ? failure : search.failure(found);
  for (let from = 0; rest !== null; ) {
    const lines = linesOf(rest, text, from);
    const causes: readonly number[] = rest.code === "SYNTAX_ERROR" ? search.causes(lines, found) : [];
    if (causes.length === 0) break;
    for (const cause of causes) found.add(cause);
    from = lines.start;
    rest = search.failure(found);
  }
  if (found.size === 0) return [];
  const alike = lookAlikesIn(text, { start: 0, end: text.length }).filter((offset) => isAlike(text, offset, found));
  const more = search.failure(new Set([...found, ...alike]));
  const isSound = !search.isExhausted && (more === null || more.span.start === rest?.span.start);
  if (isSound) for (const offset of alike) found.add(offset);
  const problems = problemsAt(
    text,
    [...found].sort((one, other) => one - other),
  );
  return rest === null || search.isExhausted ? problems : [...problems, rest];
}

/** Offsets of characters that stand where the colon of a key of the outermost object belongs. */
export function otherColons(text: string): readonly number[] {
  const keys = text.matchAll(/^["']?[\w$-]+["']?[ \t]*(?=\uff1a)/gm);
  return Array.from(keys, ({ index, 0: key }) => index + key.length);
}

/** Whether a character stands behind a word, on the line of a cause, as one does: no failure tells of it while it is part of a key. */
function isAlike(text: string, offset: number, causes: ReadonlySet<number>): boolean {
  const start = text.lastIndexOf("\n", offset) + 1;
  const before = text.slice(start, offset);
  if (before.length > longestLine) return false;
  const next = text.indexOf("\n", offset);
  const end = Math.min(next === -1 ? text.length : next, start + longestLine);
  if (!lookAlikesIn(text, { start, end }).some((one) => causes.has(one))) return false;
  if (/^[ \t]*(?:- +)*[\w.$-]+$/.test(before) && lookAlike(text.charAt(offset))?.ascii === ":") return true;
  const isInside =
    before.lastIndexOf("{") > before.lastIndexOf("}") || before.lastIndexOf("[") > before.lastIndexOf("]");
  return isInside && /^[^"'#]*[\w}\]]$/.test(before) && /[,:]/.test(lookAlike(text.charAt(offset))?.ascii ?? "");
}

interface Lines {
  readonly start: number;
  readonly end: number;
}

function linesOf({ span }: SyntaxProblem, text: string, from: number): Lines {
  const before = text.lastIndexOf("\n", text.lastIndexOf("\n", span.start - 1) - 1) + 1;
  const after = text.indexOf("\n", span.end);
  return { start: Math.max(before, from), end: after === -1 ? text.length : after };
}

class Search {
  readonly #text: string;
  #left = effort;

  constructor(text: string) {
    this.#text = text;
  }

  get isExhausted(): boolean {
    return this.#left < 0;
  }

  /** Those of the lines without which the failure in them is gone, while it stays with any one of them. */
  causes(lines: Lines, known: ReadonlySet<number>): readonly number[] {
    const there = lookAlikesIn(this.#text, lines).filter((offset) => !known.has(offset));
    const isGone = (offsets: readonly number[]): boolean => {
      const failure = this.failure(new Set([...known, ...offsets]));
      return failure === null || failure.span.start > lines.end;
    };
    if (there.length === 0 || !isGone(there)) return [];
    let needed = there;
    for (const one of there) {
      const others = needed.filter((offset) => offset !== one);
      if (others.length > 0 && isGone(others)) needed = others;
    }
    return this.isExhausted ? [] : needed;
  }

  /** Why the text is not YAML with ASCII at these offsets, with its place in the text as it is. */
  failure(offsets: ReadonlySet<number>): SyntaxProblem | null {
    this.#left -= this.#text.length;
    if (this.isExhausted) return null;
    const { plain, origin } = replaced(this.#text, offsets);
    const failure = parseProblem(read(plain));
    if (failure === null) return null;
    const { start, end } = failure.span;
    return { ...failure, span: { start: origin(start), end: origin(end) } };
  }
}

function read(text: string): Document.Parsed {
  return parseDocument(text, { version: "1.2", prettyErrors: false, uniqueKeys: false });
}

/** The text with ASCII at these offsets, with the blank that YAML wants behind a comma and a colon; and where its characters come from. */
function replaced(text: string, offsets: ReadonlySet<number>): { plain: string; origin: (offset: number) => number } {
  const blanks: number[] = [];
  let plain = "";
  let done = 0;
  for (const offset of [...offsets].sort((one, other) => one - other)) {
    const ascii = lookAlike(text.charAt(offset))?.ascii || " ";
    plain += text.slice(done, offset) + ascii;
    if (/[,:]/.test(ascii)) {
      blanks.push(plain.length);
      plain += " ";
    }
    done = offset + 1;
  }
  return { plain: plain + text.slice(done), origin: (offset) => offset - blanks.filter((at) => at < offset).length };
}
