/** keepalived.conf as lvsgen writes it: a line a word list, `{` at the end of a line opens a block, a line `}` closes it. */

export interface Block {
  /** What stands before `{`; empty for the file. */
  readonly head: string;
  /** Lines in their order, without comments. */
  readonly lines: readonly string[];
  readonly blocks: readonly Block[];
}

interface OpenBlock extends Block {
  readonly lines: string[];
  readonly blocks: OpenBlock[];
}

export function readBlocks(text: string): Block {
  const file: OpenBlock = { head: "", lines: [], blocks: [] };
  const open = [file];
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const inside = open.at(-1) ?? file;
    if (line === "" || line.startsWith("#")) continue;
    if (line === "}") {
      if (open.length > 1) open.pop();
    } else if (line.endsWith(" {")) {
      const block: OpenBlock = { head: line.slice(0, -2), lines: [], blocks: [] };
      inside.blocks.push(block);
      open.push(block);
    } else inside.lines.push(line);
  }
  return file;
}

/** What stands behind a word: `80` of `virtual_router_id 80`; empty where only the word does, null where it does not. */
export function behind({ lines }: Block, word: string): string | null {
  const line = lines.find((one) => one === word || one.startsWith(`${word} `));
  return line === undefined ? null : line.slice(word.length + 1);
}

export function blocksOf({ blocks }: Block, word: string): readonly Block[] {
  return blocks.filter(({ head }) => head === word || head.startsWith(`${word} `));
}

/** A block as one text, for comparing; `without` are words whose lines are compared elsewhere. */
export function blockText(block: Block, without: readonly string[] = []): string {
  const own = block.lines.filter((line) => !without.includes(line.split(" ", 1)[0] ?? ""));
  return [block.head, ...own, ...block.blocks.map((inner) => `{ ${blockText(inner, without)} }`)].join("; ");
}
