// Finds the forms by which bash runs text, or takes it for a pattern of file names. The table is in README.md.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { type Masked, mask } from "./mask.ts";

/** What the rules need to know beside the text. */
export interface Known {
  /** Names of associative arrays; the index of any other array is arithmetic. */
  readonly associative: ReadonlySet<string>;
}

export interface InjectionRule {
  readonly id: string;
  /** What is forbidden and why, in one sentence. */
  readonly say: string;
  /** Where it is found, as offsets. */
  readonly find: (text: string, masked: Masked, known: Known) => Iterable<number>;
}

export interface InjectionFinding {
  readonly rule: string;
  readonly message: string;
  /** From 1. */
  readonly line: number;
}

interface Command {
  readonly at: number;
  /** Its words as written, the name first. */
  readonly words: readonly string[];
}

const BEFORE_COMMAND =
  /(?:(?:^|[\n;&|({!])|(?:^|\s)(?:do|then|else|elif|if|while|until|time|!|builtin|command)\s|(?:^|\s)\w+=\S*\s)\s*$/;

/** Simple commands of these names, up to their end. */
function* commands(text: string, { code }: Masked, names: string): Iterable<Command> {
  for (const { index } of code.matchAll(new RegExp(`(?<![\\w$.{/=*-])(?:${names})(?=\\s|$)`, "gm"))) {
    if (!BEFORE_COMMAND.test(code.slice(Math.max(0, code.lastIndexOf("\n", index - 1)), index))) continue;
    const length = /(?<!\\)\n|[;&|)}](?=\s|$)/.exec(code.slice(index))?.index ?? code.length - index;
    const words = [...code.slice(index, index + length).matchAll(/\S+/g)];
    yield {
      at: index,
      words: words.map((word) => text.slice(index + word.index, index + word.index + word[0].length)),
    };
  }
}

/** Commands whose words are so. */
const where = (names: string, is: (words: readonly string[]) => boolean) =>
  function* (text: string, masked: Masked): Iterable<number> {
    for (const { at, words } of commands(text, masked, names)) if (is(words)) yield at;
  };

const always = () => true;
/** An element of an array whose key is not written out. */
const isElement = (word: string | undefined) => /^["']?\w+\[[^\]]*[$`]/.test(word ?? "");
/** Text that expansions take part in. */
const isExpanded = (word: string | undefined) => /^(?:"[^"]*[$`]|\$(?!')|`)/.test(word ?? "");

/** Matches of a pattern in what stands in `((…))` and `$((…))`. */
const inArithmetic = (pattern: RegExp) =>
  function* (_text: string, { code, arithmetic }: Masked): Iterable<number> {
    for (const [start, end] of arithmetic)
      for (const { index } of code.slice(start, end).matchAll(pattern)) yield start + index;
  };

/** `$#`, `${#name}` and the like are numbers; `$((…))` is one. */
const NUMBER = /^\$(?:[#?$!]|\{[#]|\(\()/;
/** `${name[@]+"${name[@]}"}`, `${name:+"…"}`: what is put in is quoted, or has nothing that could be split or matched. */
const GUARDED = /^\$\{\w+(?:\[[^\]]*\])?:?\+(?:"[^"]*"|[\w.,=/:-]*)\}$/;
/** What is assigned is neither split nor matched. */
const ASSIGNED = /^(?:\w+(?:\[.*\])?|\[.*\])\+?=/s;
/** An element that is assigned to: its key is neither. */
const ASSIGNED_ELEMENT = /^\w+\[(?:\$\{(?:[^{}]|\$\{[^{}]*\})*\}|[^\]\n])*\]\+?=/;

/** The line before has `set -f`: a text becomes an array's words, and no word is matched against file names. */
const SPLIT_ALONE = /\n *set -f\n(?: *#[^\n]*\n)? *\w+=\($/;

function* unquotedWords(text: string, { code, unquoted }: Masked): Iterable<number> {
  for (const { start, end, word, isTested } of unquoted) {
    const before = code.slice(Math.max(0, word - 20), word);
    if (isTested || NUMBER.test(text.slice(start, end)) || GUARDED.test(text.slice(start, end))) continue;
    if (
      ASSIGNED.test(text.slice(word, start)) ||
      ASSIGNED_ELEMENT.test(text.slice(word, word + 200)) ||
      SPLIT_ALONE.test(text.slice(Math.max(0, start - 200), start)) ||
      /(?:\bcase\s+|<<<\s*)$/.test(before)
    )
      continue;
    yield start;
  }
}

/** An index that is an argument: where it is counted is the caller's, and a caller's own name is checked there. */
const isPositional = (text: string) =>
  /^(?:\$\{[#!]?)?\w+\[(?:\$[1-9]|\$\{#\w+\[@\]\}(?: - 1)?|\$\(\(.*\)\))\]/.test(text);

/** Indices that come from the program's own counting, as a reader has found. */
const COUNTED: readonly string[] = [
  // The place of a record among those loaded.
  "u_kind[${seen[$key]} - 1]",
  "u_kind[${seen[$3]} - 1]",
];

/** Where the replacement of a `${name/pattern/replacement}` holds an expansion outside quotes. */
function* unquotedReplacements(text: string, { code }: Masked): Iterable<number> {
  for (const { 0: head, index } of code.matchAll(/\$\{\w+(?:\[[^\]\n]*\])?\//g)) {
    let [depth, quoted, replacement] = [1, false, false];
    for (let at = index + head.length + 1; depth > 0 && at < text.length && text[at] !== "\n"; at++) {
      const here = text[at];
      if (here === "\\") at++;
      else if (here === "$" && text[at + 1] === "'" && !quoted) at = text.indexOf("'", at + 2);
      else if (here === '"') quoted = !quoted;
      else if (here === "{" && text[at - 1] === "$") depth++;
      else if (here === "}") depth--;
      else if (here === "/" && depth === 1 && !quoted) replacement = true;
      else if (here === "$" && depth === 1 && replacement && !quoted) {
        yield index;
        break;
      }
    }
  }
}

export const INJECTION: readonly InjectionRule[] = [
  {
    id: "unset-element",
    say: '`unset "a[$k]"` expands the key again and runs what is in it: assign an empty value, or write the key out',
    find: where("unset", (words) => words.some(isElement)),
  },
  {
    id: "printf-element",
    say: '`printf -v "a[$k]"` expands the key again: print to a plain name and assign that',
    find: where("printf", (words) => words[1] === "-v" && isElement(words[2])),
  },
  {
    id: "read-element",
    say: '`read "a[$k]"`, `mapfile`, `getopts` and `wait -p` expand the key again: read into a plain name and assign that',
    find: where("read|mapfile|readarray|getopts|wait", (words) => words.some(isElement)),
  },
  {
    id: "test-variable",
    say: "`-v` of anything but a plain name expands a key in it again: test `${a[$k]+x}`",
    find: function* (text, { code }) {
      for (const { index } of code.matchAll(/(?:\[\[?|\btest|&&|\|\||!)\s+-v\s/g))
        if (!/-v\s+\w+(?=[\s;\])&|]|$)/.test(text.slice(index, index + 80))) yield index;
    },
  },
  {
    id: "arithmetic-element",
    say: "`(( a[$k] ))` expands the key again: write `${a[$k]}`, or use a plain integer name as the index",
    find: inArithmetic(/(?<![${#!\w])\w+\[[^\]]*\$/g),
  },
  {
    id: "index",
    say: "the index of an array that is not associative is arithmetic, which runs what is in text: `declare -A`, or a plain integer name",
    find: function* (text, { code }, { associative }) {
      for (const { 1: name = "", index } of code.matchAll(/(?<![\w$])(?:\$\{[#!]?)?([A-Za-z_]\w*)\[(?=["$`])/g)) {
        if (associative.has(name) || isPositional(text.slice(index))) continue;
        if (!COUNTED.some((vouched) => text.startsWith(vouched, index))) yield index;
      }
    },
  },
  {
    id: "octal-text",
    say: "`$((8#$mode))` runs a key in what is no number, such as a record of a journal: `$((8#0${mode//[!0-7]/}))`",
    find: inArithmetic(/\b8#(?:\$(?!\{)|\$\{\w+(?!\w|\/\/\[!0-7\]\/\}))/g),
  },
  {
    id: "let",
    say: "`let` takes words for arithmetic after they were expanded: write `(( ))`",
    find: where("let", always),
  },
  {
    id: "declare-name",
    say: '`declare "$name=…"`, `local`, `export` and `readonly` evaluate a name that comes from data: write it out',
    find: where("declare|typeset|local|export|readonly", (words) =>
      words
        .slice(1)
        .some((word) => /^["']?(?:\w*[$`]|\w+\[[^\]]*[$`])/.test(word) && !/^-\w*[fFp]/.test(words[1] ?? "")),
    ),
  },
  {
    id: "indirect",
    say: "`${!name}` evaluates the name that is in a variable, with a key in it: use an associative array",
    find: function* (text, { code }) {
      for (const { index } of code.matchAll(/\$\{!/g))
        if (!/^\$\{!\w+(?:\[[@*]\]|[@*])\}/.test(text.slice(index))) yield index;
    },
  },
  { id: "eval", say: "`eval` runs text: call a function", find: where("eval", always) },
  {
    id: "source",
    say: "`source` and `.` run a file: a script is one file",
    find: where("source|\\.", always),
  },
  {
    id: "callback",
    say: "`mapfile -C` and a `trap` of words from data run text: use a loop, and write the words out",
    find: function* (text, masked) {
      yield* where("mapfile|readarray", (words) => words.some((word) => /^-\w*C/.test(word)))(text, masked);
      yield* where("trap", (words) => isExpanded(words.slice(1).find((word) => word !== "--")))(text, masked);
    },
  },
  {
    id: "shell-words",
    say: "`bash -c` of words from data runs text: single quotes, and the data as arguments",
    find: function* (text, masked) {
      for (const { 0: found, index } of masked.code.matchAll(/(?<![\w$.{=*-])(?:ba|da)?sh\s+(?:-\w+\s+)*-\w*c\s+/g))
        if (isExpanded(text.slice(index + found.length))) yield index;
    },
  },
  {
    id: "printf-format",
    say: "a format from data takes its own `%` and `\\`, and `%d` evaluates text: write the format out, and use `%s`",
    find: where("printf", (words) => {
      // What says things to people takes the script's own formats, and fills them with texts alone.
      if (words.slice(0, 4).join(" ") === 'printf -v filled "$format"') return false;
      const format = words[1] === "-v" ? words[3] : words[1] === "--" ? words[2] : words[1];
      // Widths are numbers of the program's own.
      return isExpanded(format?.replaceAll(/\$\{\w+_width\}/g, ""));
    }),
  },
  {
    id: "replacement",
    say: 'from bash 5.2 on an `&` in an unquoted replacement stands for what was matched: `${text//"$old"/"$new"}`',
    find: unquotedReplacements,
  },
  {
    id: "unquoted",
    say: "an expansion outside quotes is split and matched against file names: quote it, or make it an array (`split_words`)",
    find: unquotedWords,
  },
];

/** The associative arrays that a text declares. */
export function associativeArrays(text: string): ReadonlySet<string> {
  const { code } = mask(text);
  const names = new Set<string>();
  for (const [, words = ""] of code.matchAll(/(?<![\w-])(?:declare|local|typeset)\s+-\w*A\w*\s+([^\n]*)/g))
    for (const [, name = ""] of words.matchAll(/(?:^|\s)([A-Za-z_]\w*)(?=[\s=;]|$)/g)) names.add(name);
  return names;
}

/** Checks one script, or a part of one whose other parts declare `associative`. Sorted by line. */
export function checkInjection(text: string, associative = associativeArrays(text)): readonly InjectionFinding[] {
  const masked = mask(text);
  const findings = INJECTION.flatMap(({ id, say, find }) =>
    [...find(text, masked, { associative })].map((at) => ({
      rule: id,
      message: say,
      line: text.slice(0, at).split("\n").length,
    })),
  );
  return findings.sort((one, other) => one.line - other.line);
}
