/**
 * Catalogues as gettext has them: an English text is the key of what it becomes. What varies in it is numbered from left to right, `{1}`, and
 * stands in the other language as it is. A mark there says more of it: `{1*}` is said in that language as well, `{1+}` is a list, `{1#}` a
 * number, `{1@}` one word, `{1&}` an address or a range of them, `{1^}` a name or what is said, `{1!}` anything, `{1~}` anything or nothing, said where it can be.
 *
 * The text itself is looked up, not an identifier: a bundle's manifest keeps the reasons of a change in English, and a runbook is made of
 * them years later; and `--json` is the same in every language.
 */
import { enclosures, isOfMember } from "./enclosures.ts";
import type { Say } from "./language.ts";
import { joined } from "./spacing.ts";

export type Phrases = Readonly<Record<string, string>>;

export interface Book {
  readonly say: Say;
  readonly list: Say;
  /** What a phrase becomes that is this text and has nothing that varies. */
  readonly exact: (text: string) => string | null;
  /** Null: no phrase fits. */
  readonly find: (text: string) => string | null;
}

/** Blanks, and what switches a terminal's colours. */
const around = /^((?:\s|\p{Cc}\[[0-9]+m)*)(.*?)((?:\s|\p{Cc}\[[0-9]+m)*)$/su;

/** Nobody writes such a text by hand: it is somebody's data. */
const longest = 4000;

/**
 * What a catalogue knows, asked by whole texts.
 *
 * @param otherwise asked where this one knows nothing, by what varies in its own phrases too
 */
export function phraseBook(catalogues: readonly Phrases[], listOf: ListWords, otherwise: Book | null = null): Book {
  const phrases = new Map(catalogues.flatMap((catalogue) => Object.entries(catalogue)));
  const patterns = [...phrases].filter(([key]) => key.includes("{1}")).map(([key, text]) => patternOf(key, text));
  // The more a phrase says itself, the less it leaves to what varies.
  patterns.sort((a, b) => b.weight - a.weight);
  const known = new Map<string, string | null>();

  const exact = (text: string): string | null => phrases.get(text) ?? otherwise?.exact(text) ?? null;
  const find = (text: string): string | null => {
    if (text.length > longest) return null;
    const before = known.get(text);
    if (before !== undefined) return before;
    // A sentence may begin with what stands within one elsewhere.
    const own = exact(text) ?? spoken(text) ?? (/^[A-Z][a-z]/.test(text) ? find(lowered(text)) : null);
    const found = own ?? otherwise?.find(text) ?? null;
    known.set(text, found);
    return found;
  };
  const spoken = (text: string): string | null => {
    const within = enclosures(text);
    for (const pattern of patterns) {
      const values = matched(text, within, pattern, fits);
      if (values !== null) return joined(pattern.pieces.map((piece) => said(piece, values)));
    }
    return null;
  };
  const fits = (kind: Kind, value: string): boolean => {
    if (kind === "count") return /^[0-9]+$/.test(value);
    // What is to be done begins a sentence, and is none of what varies in one.
    if (bidding.test(value) && find(value) === null) return false;
    if (kind === "loose") return true;
    if (bidding.test(value)) return kind === "said" || kind === "named";
    if (kind === "any") return true;
    if (!isBalanced(value) || behindName.test(value)) return false;
    if (kind === "name") return isName(value);
    if (kind === "address") return isAddress.test(value);
    if (kind === "said" || kind === "named") return (isName(value) && !value.endsWith(":")) || find(value) !== null;
    // What varies is a name or a number, quoted where it may be anything: no sentence of which another phrase is the first half.
    return value.startsWith('"') || !/[.:;] |, [0-9]+ more$/.test(value);
  };
  const said = (piece: Piece, values: readonly string[]): string => {
    if (typeof piece === "string") return piece;
    const value = values[piece.number - 1] ?? "";
    if (piece.kind === "said") return say(value);
    // A name is one word, and may be any.
    if (piece.kind === "named") return isName(value) ? value : say(value);
    if (piece.kind === "loose") return say(value.trim());
    return piece.kind === "list" ? list(value) : value;
  };
  const say: Say = (text) => find(text) ?? bare(text) ?? text;
  /** What a text says without the blanks and colours around it, with them where they part it from something else. */
  const bare = (text: string): string | null => {
    const [, before = "", inner = "", after = ""] = around.exec(text) ?? [];
    const found = before + after === "" ? null : find(inner);
    return found === null ? null : joined([before, found, after]);
  };
  const list: Say = (text) => {
    const { items, more } = listOf.read(text);
    // A name is one word, and may be any.
    return listOf.write(
      items.map((item) => (isName(item) ? item : say(item))),
      more,
    );
  };
  return { say, list, exact, find };
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** How lists are written: `a, b and 3 more` in English. */
export interface ListWords {
  readonly read: (text: string) => { readonly items: readonly string[]; readonly more: number };
  readonly write: (items: readonly string[], more: number) => string;
}

const bidding = /^(?:add|take|use|write) /;

/** What stands for itself in every language: an address, a word of a command. */
function isName(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}

/** What stands behind the name of a host: were it all of what varies, a word of the phrase would be that name. */
const behindName = /^\(|^weight [0-9]|^else (?:[^ (]+|\u2026 [0-9]+ more)(?:, else .*)?$/;

/** `192.168.80.12`, `192.168.80.12/24`, `[fd00:80::12]:80`, `192.168.80.11 - 192.168.80.50`. */
const isAddress = /^(?:(?: [-\u2026] |^)\[?[0-9a-f]*[.:][0-9a-f.:]*\]?(?:[:/][0-9]+)?)+$/;

/** Whether no parenthesis is cut through. */
function isBalanced(value: string): boolean {
  let depth = 0;
  for (const [character] of value.matchAll(/[()]/g)) {
    depth += character === "(" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

type Kind = "plain" | "said" | "list" | "count" | "name" | "named" | "any" | "loose" | "address";
type Piece = string | { readonly number: number; readonly kind: Kind };

interface Pattern {
  /** What stands before, between and behind what varies. */
  readonly literals: readonly string[];
  /** Of what varies, by its number less one. */
  readonly kinds: readonly Kind[];
  readonly pieces: readonly Piece[];
  readonly weight: number;
}

const kindOf: Readonly<Record<string, Kind>> = {
  "": "plain",
  "*": "said",
  "+": "list",
  "#": "count",
  "@": "name",
  "&": "address",
  "^": "named",
  "!": "any",
  "~": "loose",
};

function patternOf(key: string, text: string): Pattern {
  const literals = key.split(/\{[1-9]\}/);
  const pieces = text.split(/(\{[1-9][*+#@&^!~]?\})/).map((part): Piece => {
    const [, number, mark = ""] = /^\{([1-9])([*+#@&^!~]?)\}$/.exec(part) ?? [];
    return number === undefined ? part : { number: Number(number), kind: kindOf[mark] ?? "plain" };
  });
  const kinds = literals
    .slice(1)
    .map(
      (_, index) => pieces.flatMap((one) => (typeof one === "object" && one.number === index + 1 ? [one.kind] : []))[0],
    )
    .map((kind) => kind ?? "plain");
  return { literals, kinds, pieces, weight: literals.join("").length };
}

/** What varies in a text of this pattern, from left to right, the shortest first; null: it is of another one. */
function matched(
  text: string,
  within: readonly number[],
  pattern: Pattern,
  fits: (kind: Kind, value: string) => boolean,
): readonly string[] | null {
  const { literals, kinds } = pattern;
  const [first = ""] = literals;
  if (!text.startsWith(first) || !text.endsWith(literals.at(-1) ?? "")) return null;
  const rest = (index: number, from: number): readonly string[] | null => {
    if (index === literals.length) return from === text.length ? [] : null;
    const literal = literals[index] ?? "";
    const least = kinds[index - 1] === "loose" ? 0 : 1;
    const isLast = index === literals.length - 1;
    const start = isLast ? text.length - literal.length : text.indexOf(literal, from + least);
    for (let end = start; end >= from + least; end = isLast ? -1 : text.indexOf(literal, end + 1)) {
      const value = text.slice(from, end);
      // A quotation, an object, a list and a member stay whole: somebody pastes them.
      const isCut = within[from] !== within[end] || (literal === ": " && isOfMember(text, end));
      const isFit = !isCut && fits(kinds[index - 1] ?? "plain", value);
      const others = isFit ? rest(index + 1, end + literal.length) : null;
      if (others !== null) return [value, ...others];
    }
    return null;
  };
  return rest(1, first.length);
}
