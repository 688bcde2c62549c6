/** The texts in shell code, as the words of its commands have them: what a message is before its values are filled in. */

/** A text with `{1}`, `{2}` … for what is expanded in it, and where it stands. */
export interface ShellText {
  /** The command or function that it is an argument of, `NAME=` where it is assigned, or `expansion` of a value that may be missing. */
  readonly head: string;
  /** Which argument it is, from 1. */
  readonly index: number;
  /** The first argument, where that is a plain word: the trait or result that says what the others are. */
  readonly first: string;
  readonly text: string;
  readonly line: number;
}

type Part = string | { readonly name: string };

/** A colour, and a value, in a text that is being read: characters that no text has. */
const [cut, value] = ["\ue000", "\ue001"];

/** Variables that hold an escape sequence for a colour, or nothing. */
const colours = new Set(["bold", "red", "green", "yellow", "dim", "plain", "color"]);

class Reader {
  readonly texts: ShellText[] = [];
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  private peek(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  private lineAt(offset: number): number {
    return this.source.slice(0, offset).split("\n").length;
  }

  /** Commands up to `end`: `)`, or nothing for a whole file. */
  commands(end: "" | ")"): void {
    let words: string[] = [];
    let pending: {
      readonly parts: readonly Part[];
      readonly index: number;
      readonly at: number;
      readonly head?: string;
    }[] = [];
    const open: string[] = [];
    let isTest = false;
    const flush = (): void => {
      const [first = "", second = ""] = words;
      for (const { parts, index, at, head } of pending)
        this.keep(parts, { head: head ?? first, index, first: second, at });
      words = [];
      pending = [];
    };
    while (this.at < this.source.length) {
      const char = this.source[this.at] ?? "";
      if (char === ")" && open.length === 0 && end === ")") break;
      if (/[\s;&|]/.test(char)) {
        if (/[\n;&|]/.test(char) && !isTest) flush();
        this.at += 1;
      } else if (char === "\\" && this.source[this.at + 1] === "\n") this.at += 2;
      else if (char === "#") this.skipTo("\n");
      else if (char === "(" && this.peek("((") && words.length === 0) this.arithmetic(2);
      else if (char === "(") {
        if (!isTest) flush();
        open.push("(");
        this.at += 1;
      } else if (char === ")") {
        // Behind a pattern of `case` there is no opening one.
        if (open.at(-1) === "(") {
          open.pop();
          if (!isTest) flush();
        } else {
          words = [];
          pending = [];
        }
        this.at += 1;
      } else if (/[<>]/.test(char)) {
        if (this.source[this.at + 1] === "(") {
          this.at += 2;
          this.commands(")");
        } else this.at += 1;
      } else {
        const start = this.at;
        const assigned = /^(?:[A-Za-z_]\w*(?:\[(?:"[^"]*"|[^\]]*)\])?\+?=)/.exec(
          this.source.slice(this.at, this.at + 200),
        );
        const name = assigned && !isTest ? assigned[0].replace(/(?:\[.*\])?\+?=$/s, "=") : undefined;
        if (assigned && name !== undefined) {
          this.at += assigned[0].length;
          if (this.peek("(")) {
            this.at += 1;
            this.elements(name);
            continue;
          }
        }
        const parts = this.word();
        if (this.at === start) this.at += 1;
        const plain = parts.every((part) => typeof part === "string") ? parts.join("") : "$";
        if (plain === "[[" && words.length === 0) isTest = true;
        if (name === undefined) words.push(plain);
        if (!isTest)
          pending.push({ parts, index: words.length - 1, at: start, ...(name === undefined ? {} : { head: name }) });
        if (plain === "]]") {
          isTest = false;
          flush();
        }
        if (plain === "esac") open.splice(open.lastIndexOf("case"), 1);
        if (plain === "case" && words.length === 1) open.push("case");
        if (
          /^(?:then|do|else|elif|if|while|until|!|\{|\}|time|case|in)$/.test(plain) &&
          (words.length === 1 || plain === "in")
        ) {
          words = [];
          pending = [];
        }
      }
    }
    flush();
    this.at += 1;
  }

  /** The elements of an array. */
  private elements(head: string): void {
    while (this.at < this.source.length && !this.peek(")")) {
      if (/\s/.test(this.source[this.at] ?? "")) this.at += 1;
      else if (this.peek("#")) this.skipTo("\n");
      else {
        const start = this.at;
        const keyed = /^\[(?:"[^"]*"|[^\]]*)\]=/.exec(this.source.slice(this.at, this.at + 200));
        if (keyed) this.at += keyed[0].length;
        const parts = this.word();
        if (this.at === start) this.at += 1;
        this.keep(parts, { head, index: 0, first: "", at: start });
      }
    }
    this.at += 1;
  }

  private word(): Part[] {
    const parts: Part[] = [];
    while (this.at < this.source.length && !/[\s;&|()<>]/.test(this.source[this.at] ?? "")) {
      const char = this.source[this.at] ?? "";
      if (char === "'") parts.push(this.singleQuoted());
      else if (char === '"') parts.push(...this.doubleQuoted());
      else if (this.peek("$'")) parts.push(this.ansiString());
      else if (char === "$" || char === "`") parts.push(...this.expansion());
      else if (char === "\\") {
        if (this.source[this.at + 1] !== "\n") parts.push(this.source[this.at + 1] ?? "");
        this.at += 2;
      } else {
        parts.push(char);
        this.at += 1;
        // A pattern such as @(a|b).
        if (/[@?*+!]/.test(char) && this.peek("(")) {
          this.skipTo(")");
          this.at += 1;
        }
      }
    }
    return parts;
  }

  private singleQuoted(): string {
    const end = this.source.indexOf("'", this.at + 1);
    const text = this.source.slice(this.at + 1, end);
    this.at = end + 1;
    return text;
  }

  private ansiString(): string {
    const found = /^\$'((?:[^'\\]|\\.)*)'/s.exec(this.source.slice(this.at))?.[1] ?? "";
    this.at += found.length + 3;
    return found.replace(/\\(.)/gs, (_, char) => ({ n: "\n", t: "\t", r: "\r", e: "\u001b" })[char as string] ?? char);
  }

  private doubleQuoted(): Part[] {
    const parts: Part[] = [];
    this.at += 1;
    while (this.at < this.source.length && !this.peek('"')) {
      const char = this.source[this.at] ?? "";
      if (char === "\\") {
        const next = this.source[this.at + 1] ?? "";
        if (next !== "\n") parts.push(/["$`\\]/.test(next) ? next : `\\${next}`);
        this.at += 2;
      } else if (char === "$" && /[A-Za-z0-9_@*#?$!({-]/.test(this.source[this.at + 1] ?? ""))
        parts.push(...this.expansion());
      else {
        parts.push(char);
        this.at += 1;
      }
    }
    this.at += 1;
    return parts;
  }

  private expansion(): Part[] {
    if (this.peek("$((")) {
      this.arithmetic(3);
      return [{ name: "number" }];
    }
    if (this.peek("$(")) {
      this.at += 2;
      this.commands(")");
      return [{ name: "command" }];
    }
    if (this.peek("${")) return [this.parameter()];
    const simple = /^\$(?:\w+|[@*#?$!-])/.exec(this.source.slice(this.at, this.at + 80));
    this.at += simple?.[0].length ?? 1;
    return simple ? [{ name: simple[0].slice(1) }] : ["$"];
  }

  /** `${name}`; of `${name:+text}` the text is one by itself. */
  private parameter(): Part {
    const start = this.at;
    const [all, name = ""] = /^\$\{[!#]?(\w+|[@*#?$!-])(?:\[(?:[^\][]|\[[^\]]*\])*\])?/.exec(
      this.source.slice(this.at, this.at + 300),
    ) ?? ["${"];
    this.at += all.length;
    const operator = /^:?[+-]/.exec(this.source.slice(this.at, this.at + 2));
    const parts: Part[] = [];
    if (operator) this.at += operator[0].length;
    while (this.at < this.source.length && !this.peek("}")) {
      const char = this.source[this.at] ?? "";
      if (char === '"') parts.push(...this.doubleQuoted());
      else if (this.peek("$'")) parts.push(this.ansiString());
      else if (char === "$") parts.push(...this.expansion());
      else {
        if (char === "\\") this.at += 1;
        parts.push(this.source[this.at] ?? "");
        this.at += 1;
      }
    }
    this.at += 1;
    if (operator) this.keep(parts, { head: "expansion", index: 0, first: "", at: start });
    return { name: operator ? "{}" : name };
  }

  private arithmetic(opening: number): void {
    this.at += opening;
    for (let depth = 2; this.at < this.source.length && depth > 0; ) {
      if (this.peek("$(") && !this.peek("$((")) {
        this.expansion();
        continue;
      }
      if (this.peek("(")) depth += 1;
      if (this.peek(")")) depth -= 1;
      this.at += 1;
    }
  }

  private skipTo(end: string): void {
    const found = this.source.indexOf(end, this.at);
    this.at = found < 0 ? this.source.length : found;
  }

  private keep(
    parts: readonly Part[],
    at: { readonly head: string; readonly index: number; readonly first: string; readonly at: number },
  ): void {
    const collapsed = at.head === "print_text";
    const whole = parts
      .map((part) => (typeof part === "string" ? part : colours.has(part.name) ? cut : value))
      .join("");
    for (const piece of (collapsed ? whole.replace(/\s+/g, " ") : whole).split(/[\n\ue000]/)) {
      let number = 0;
      // What is expanded side by side is one value.
      const text = piece.trim().replace(/\ue001+/g, () => `{${++number}}`);
      if (/[a-z]/i.test(text.replace(/\{[0-9]+\}/g, "")))
        this.texts.push({ head: at.head, index: at.index, first: at.first, text, line: this.lineAt(at.at) });
    }
  }
}

/** What is told from texts alone, in order. A format of printf's has values where it has `%s` and `%d`. */
export function shellTexts(source: string): readonly ShellText[] {
  const reader = new Reader(source);
  reader.commands("");
  return reader.texts.map((one) => (one.head === "printf" ? { ...one, text: asMessage(one.text) } : one));
}

function asMessage(format: string): string {
  let number = 0;
  return format.replaceAll(/(?:%s|%d|%04o|\{[0-9]+\})+/g, () => `{${++number}}`).replaceAll("\\n", "");
}
