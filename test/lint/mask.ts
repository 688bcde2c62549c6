// Tells shell code from data. The masked text is as long as the script and breaks its lines at the same places, but every literal character
// inside quotes, heredocs and comments is MASK: what is left to look at is commands, words and expansions.

export const MASK = "\u0001";

/** Matches a text after which a command begins. */
const atCommand = (before: string): boolean =>
  /(?:^|[\n;&|({]|\b(?:do|then|else|elif|if|while|until|time|!))[ \t]*$/.test(before);

interface Heredoc {
  readonly tabs: boolean;
  readonly quoted: boolean;
  readonly delimiter: string;
}

type Range = readonly [start: number, end: number];

/** An expansion outside quotes. */
export interface Unquoted {
  readonly start: number;
  readonly end: number;
  /** Where its word begins. */
  readonly word: number;
  /** Within `[[ … ]]`, where nothing is split and no file name matched. */
  readonly isTested: boolean;
}

export interface Masked {
  readonly code: string;
  readonly unquoted: readonly Unquoted[];
  /** What stands in `((…))` and `$((…))`. */
  readonly arithmetic: readonly Range[];
  /** `${…}` inside double quotes, as [start, end): what it means changed between versions. */
  readonly quotedExpansions: readonly Range[];
}

class Scanner {
  private readonly text: string;
  readonly out: string[];
  private at = 0;
  /** Heredocs whose bodies start after the next newline. */
  private readonly heredocs: Heredoc[] = [];
  readonly quotedExpansions: Range[] = [];
  readonly unquoted: Unquoted[] = [];
  readonly arithmetics: Range[] = [];

  constructor(text: string) {
    this.text = text;
    this.out = text.split("");
  }

  private startsWith(string: string): boolean {
    return this.text.startsWith(string, this.at);
  }

  /** Hides the next `count` characters, but never a newline. */
  private hide(count = 1): void {
    for (let i = 0; i < count && this.at < this.text.length; i++, this.at++)
      if (this.text[this.at] !== "\n") this.out[this.at] = MASK;
  }

  private hideUntil(end: number): void {
    this.hide(end - this.at);
  }

  /** `$…`, a backtick or an escape, as they may stand anywhere but in single quotes. True when there was one. */
  private expansion(inDoubleQuotes: boolean): boolean {
    if (this.startsWith("$((")) this.arithmetic(3);
    else if (this.startsWith("$(")) {
      this.at += 2;
      this.commands(")");
    } else if (this.startsWith("${")) this.parameter(inDoubleQuotes);
    else if (this.text[this.at] === "`") {
      this.at += 1;
      this.commands("`");
    } else if (this.text[this.at] === "\\") this.hide(2);
    else if (!inDoubleQuotes && this.startsWith("$'")) this.ansiString();
    else return false;
    return true;
  }

  private singleQuoted(): void {
    const end = this.text.indexOf("'", this.at + 1);
    this.at += 1;
    this.hideUntil(end < 0 ? this.text.length : end);
    this.at += 1;
  }

  private ansiString(): void {
    this.at += 2;
    while (this.at < this.text.length && this.text[this.at] !== "'") this.hide(this.text[this.at] === "\\" ? 2 : 1);
    this.at += 1;
  }

  private doubleQuoted(): void {
    this.at += 1;
    while (this.at < this.text.length && this.text[this.at] !== '"') if (!this.expansion(true)) this.hide();
    this.at += 1;
  }

  private parameter(inDoubleQuotes: boolean): void {
    const start = this.at;
    this.at += 2;
    while (this.at < this.text.length && this.text[this.at] !== "}") {
      if (this.expansion(inDoubleQuotes)) continue;
      if (this.text[this.at] === '"') this.doubleQuoted();
      else if (this.text[this.at] === "'" && !inDoubleQuotes) this.singleQuoted();
      else this.at += 1;
    }
    this.at += 1;
    if (inDoubleQuotes) this.quotedExpansions.push([start, this.at]);
  }

  private arithmetic(opening: number): void {
    this.at += opening;
    const start = this.at;
    for (let depth = 2; this.at < this.text.length && depth > 0; ) {
      if (this.expansion(false)) continue;
      if (this.text[this.at] === "(") depth += 1;
      if (this.text[this.at] === ")") depth -= 1;
      this.at += 1;
    }
    this.arithmetics.push([start, this.at - 2]);
  }

  /** Like `expansion`, and notes what is one. */
  private noteUnquoted(word: number, isTested: boolean): boolean {
    const start = this.at;
    const simple = /^\$(?:\w+|[@*#?$!-])/.exec(this.text.slice(start, start + 80));
    if (simple) this.at += simple[0].length;
    else if (!this.expansion(false)) return false;
    if (/^(?:\$[^']|`)/.test(this.text.slice(start, start + 2)))
      this.unquoted.push({ start, end: this.at, word, isTested });
    return true;
  }

  private heredoc(): boolean {
    const match = /^<<(-?)[ \t]*((?:"[^"\n]*"|'[^'\n]*'|\\.|[^\s;&|<>()"'\\])+)/.exec(
      this.text.slice(this.at, this.at + 500),
    );
    if (!match) return false;
    const [all, dash, word = ""] = match;
    this.heredocs.push({ tabs: dash === "-", quoted: /["'\\]/.test(word), delimiter: word.replace(/["'\\]/g, "") });
    this.at += all.length;
    return true;
  }

  private heredocBodies(): void {
    for (const { tabs, quoted, delimiter } of this.heredocs.splice(0)) {
      const lines = this.text.slice(this.at).split("\n");
      const last = lines.findIndex((line) => (tabs ? line.replace(/^\t+/, "") : line) === delimiter);
      const body = last < 0 ? lines : lines.slice(0, last);
      const end = this.at + body.reduce((length, line) => length + line.length + 1, 0);
      while (this.at < end) if (quoted || !this.expansion(true)) this.hide();
      this.hide(last < 0 ? 0 : lines[last]?.length);
    }
  }

  /** Commands up to `end`: `)`, a backtick, or nothing for the whole script. */
  commands(end: "" | ")" | "`"): void {
    const open: ("case" | "(")[] = [];
    let word = this.at;
    let isTested = false;
    /** Where a string or an expansion has just ended: a word goes on there, whatever its last character is. */
    let joined = -1;
    while (this.at < this.text.length) {
      const char = this.text[this.at] ?? "";
      const before = this.text.slice(Math.max(0, this.at - 40), this.at);
      if (open.length === 0 && char === end) {
        this.at += 1;
        return;
      }
      if (/[\s;&|()<>]$/.test(before) && this.at !== joined) word = this.at;
      if (word === this.at && /^\[\[\s/.test(this.text.slice(this.at, this.at + 3))) isTested = true;
      if (word === this.at && this.startsWith("]]")) isTested = false;
      if (char === "\n") {
        this.at += 1;
        this.heredocBodies();
      } else if (char === "#" && /(?:^|[\s;&|(])$/.test(before)) {
        const newline = this.text.indexOf("\n", this.at);
        this.hideUntil(newline < 0 ? this.text.length : newline);
      } else if (char === "'" || char === '"') {
        if (char === "'") this.singleQuoted();
        else this.doubleQuoted();
        joined = this.at;
      } else if (this.startsWith("((") && (atCommand(before) || /\bfor[ \t]*$/.test(before))) this.arithmetic(2);
      else if (this.startsWith("<<<")) this.at += 3;
      else if (this.startsWith("<<") && this.heredoc()) continue;
      else if (/^case\s/.test(this.text.slice(this.at, this.at + 5)) && atCommand(before)) {
        open.push("case");
        this.at += 4;
      } else if (
        /^esac\b/.test(this.text.slice(this.at, this.at + 5)) &&
        open.at(-1) === "case" &&
        /[\s;]$/.test(before)
      ) {
        open.pop();
        this.at += 4;
      } else if (char === "(") {
        open.push("(");
        this.at += 1;
      } else if (char === ")") {
        if (open.at(-1) === "(") open.pop();
        this.at += 1;
      } else if (this.noteUnquoted(word, isTested)) joined = this.at;
      else this.at += 1;
    }
  }
}

/** The masked text of a bash script, and where its expansions inside double quotes stand. */
export function mask(text: string): Masked {
  const scanner = new Scanner(text);
  scanner.commands("");
  const { out, unquoted, arithmetics, quotedExpansions } = scanner;
  return { code: out.join(""), unquoted, arithmetic: arithmetics, quotedExpansions };
}
