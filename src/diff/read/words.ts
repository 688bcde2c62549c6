/** Words of a script's declarative part: bare, in `'…'`, or in `$'…'`, which is all that lvsgen writes there (bash(1), QUOTING). */

export interface ReadWords {
  readonly words: readonly string[];
  /** What ends the text that follows the line; null: none follows. */
  readonly delimiter: string | null;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "'": "'", "\\": "\\" };

/** The words of a line; null where it has something that is no plain word. */
export function readWords(line: string): ReadWords | null {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === " ") {
      at++;
      continue;
    }
    const heredoc = /^<<'(END(?:_[0-9]+)?)'$/.exec(line.slice(at));
    if (heredoc !== null) return { words, delimiter: heredoc[1] ?? null };
    const word = readWord(line, at);
    if (word === null) return null;
    words.push(word.text);
    at = word.end;
  }
  return { words, delimiter: null };
}

function readWord(line: string, start: number): { readonly text: string; readonly end: number } | null {
  const bytes: Buffer[] = [];
  let at = start;
  while (at < line.length && line[at] !== " ") {
    if (line[at] === "'") {
      const end = line.indexOf("'", at + 1);
      if (end < 0) return null;
      bytes.push(Buffer.from(line.slice(at + 1, end)));
      at = end + 1;
    } else if (line.startsWith("$'", at)) {
      const quoted = readAnsi(line, at + 2);
      if (quoted === null) return null;
      bytes.push(quoted.bytes);
      at = quoted.end;
    } else if (line[at] === "\\" && at + 1 < line.length) {
      bytes.push(Buffer.from(line[at + 1] ?? ""));
      at += 2;
    } else {
      const [plain = ""] = /^[A-Za-z0-9_./:@%+,=-]+/.exec(line.slice(at)) ?? [];
      if (plain === "") return null;
      bytes.push(Buffer.from(plain));
      at += plain.length;
    }
  }
  return { text: Buffer.concat(bytes).toString("utf8"), end: at };
}

/** What stands between `$'` and its `'`: octal escapes are bytes of UTF-8. */
function readAnsi(line: string, start: number): { readonly bytes: Buffer; readonly end: number } | null {
  const bytes: number[] = [];
  for (let at = start; at < line.length; at++) {
    if (line[at] === "'") return { bytes: Buffer.from(bytes), end: at + 1 };
    if (line[at] !== "\\") {
      bytes.push(...Buffer.from(line[at] ?? ""));
      continue;
    }
    const [octal] = /^[0-7]{3}/.exec(line.slice(at + 1, at + 4)) ?? [];
    const simple = escapes[line[at + 1] ?? ""];
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (simple !== undefined) bytes.push(simple.charCodeAt(0));
    else return null;
    at += octal === undefined ? 1 : 3;
  }
  return null;
}
