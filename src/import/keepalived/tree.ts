/** Keywords with their words and blocks. */
import type { Ledger } from "../ledger.ts";
import type { Place } from "../place.ts";
import { quotable } from "../secrets.ts";
import type { Word } from "../word.ts";
import type { SourceLine } from "./lines.ts";

export interface Node {
  readonly keyword: string;
  /** What stands behind the keyword. */
  readonly words: readonly Word[];
  readonly place: Place;
  /** Null: no block follows. */
  block: Node[] | null;
}

/** Deeper than any keyword of keepalived goes. */
const deepest = 32;

type Token = Word & { readonly isBrace: boolean };

/** Builds the tree. A brace that is missing or too many is told, and the rest is read as keepalived reads it. */
export function buildTree(lines: readonly SourceLine[], ledger: Ledger): Node[] {
  const top: Node[] = [];
  const stack: { readonly node: Node | null; readonly nodes: Node[] }[] = [{ node: null, nodes: top }];
  let skipped = 0;
  for (const line of lines) {
    let words: Word[] = [];
    const end = (): void => {
      const [first, ...rest] = words;
      if (first === undefined) return;
      stack.at(-1)?.nodes.push({
        keyword: first.text,
        words: rest,
        place: { ...first.place, column: line.place.column },
        block: null,
      });
      words = [];
    };
    for (const token of tokensOf(line)) {
      if (!token.isBrace) {
        words.push(token);
        continue;
      }
      end();
      const above = stack.at(-1);
      if (token.text === "{") {
        const last = above?.nodes.at(-1);
        if (stack.length > deepest || last === undefined || last.block !== null) {
          skipped++;
          ledger.missed(token.place, "a block without a keyword", "see what was meant");
        } else {
          last.block = [];
          stack.push({ node: last, nodes: last.block });
          ledger.bracket(token.place, last.place);
        }
      } else if (skipped > 0) {
        skipped--;
        ledger.ignored(token.place, "the end of a block that was not read");
      } else if (stack.length === 1) ledger.missed(token.place, "a } too many", "take it out");
      else {
        const ended = stack.pop()?.node?.place;
        ledger.bracket(token.place, ended ?? token.place);
      }
    }
    end();
  }
  for (const { node } of stack.slice(1))
    if (node !== null)
      ledger.missed(node.place, `the block of ${quotable(node.keyword)} has no end`, "write the } that is missing");
  return top;
}

/** Words at white space and double quotes; braces stand for themselves outside of quotes. */
function tokensOf({ text, place }: SourceLine): Token[] {
  const isExact = place.length === 0 && place.via !== undefined ? false : place.column > 0;
  return Array.from(text.matchAll(/"([^"]*)"?|(?:\$\{[^\s{}"]*\}|[^\s"{}])+|[{}]/g), (match) => ({
    text: match[1] ?? match[0],
    isBrace: match[0] === "{" || match[0] === "}",
    place:
      isExact && place.via === undefined
        ? { ...place, column: place.column + match.index, length: match[0].length }
        : place,
  }));
}
