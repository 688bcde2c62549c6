/** What could end a field, begin something else or be taken for another text, by the class that it belongs to. */
export interface Trick {
  readonly name: string;
  readonly text: string;
}

const range = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));

const named = (kind: string, texts: readonly string[]): Trick[] =>
  texts.map((text) => ({ name: `${kind} ${text.length > 24 ? `${text.length} long` : JSON.stringify(text)}`, text }));

export const tricks: readonly Trick[] = [
  ...named("control", [...range(0, 0x1f), "\u007f", ...range(0x80, 0x9f), "\r\n"]),
  ...named("line", [
    "\r[Service]\rExecStartPre=/bin/touch CANARY\rX=",
    "\n[Service]\nExecStartPre=/bin/touch CANARY\n",
    "\nEND\ntouch CANARY\n",
    "\n* (rw,no_root_squash)\n",
  ]),
  ...named("quote", ["'", '"', "''", '"x"', "'; touch CANARY; '", '"; touch CANARY; "', "\\'", '\\"', "$'\\n'"]),
  ...named("expansion", [
    "$(touch CANARY)",
    "`touch CANARY`",
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is for the shell.
    "${IFS}",
    "${x:-$(touch CANARY)}",
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is for the shell.
    "$HOME",
    "$((1))",
    "~",
    "*",
    "?",
    "[a-z]",
    "{a,b}",
    "<(touch CANARY)",
    "!!",
    "%i",
    "%h",
    "%%",
    "%",
    "%s%n",
    "%Y",
    "{{cluster}}",
    "&amp;",
  ]),
  ...named("separator", [
    ...[",", ";", ":", "=", "#", "!", " ", "|", "&", "<", ">", "(", ")", "{", "}", "^", "@", "+", "-", "--", "/", "//"],
    ...["/../", "/./", "..", ".", " #", "# ", "; ", " = ", ": ", "- ", " (rw)", "(rw)", " -rf ", "0", "_"],
  ]),
  ...named("backslash", ["\\", "\\\\", "\\n", "\\040", "\\x2d", "\\ "]),
  ...named("long", ["a".repeat(255), "a".repeat(4096), "a".repeat(70_000), "é".repeat(128), "a/".repeat(600)]),
  ...named("Unicode", [
    ...["\u202e", "\u202a", "\u2066", "\u2069", "\u061c", "\u200b", "\u200c", "\u200d", "\u200e", "\u2028", "\u2029"],
    ...["\u2060", "\ufeff", "\u00ad", "\u180e", "\u{e0041}", "\ufffe", "\ufff9", "\u{1d173}", "\ud800", "\udc00"],
    ...[
      "\u00a0",
      "\u3000",
      "\u2003",
      "\u0430",
      "\u0301",
      "\uff0f",
      "\u2024",
      "\u0660",
      "\u212a",
      "中文",
      "🦊",
      "é",
      "ﬁ",
    ],
  ]),
  ...named("word", [
    "no",
    "null",
    "1e3",
    "0x10",
    "yes",
    "lo",
    "all",
    "renderer",
    "default",
    "root",
    "-rf",
    "__proto__",
  ]),
];

/** The trick in a text: before it, within it, after it, and in its place. */
export function placed(text: string, trick: string): readonly string[] {
  const middle = Math.ceil(text.length / 2);
  return [
    ...new Set([
      trick + text,
      text.slice(0, 1) + trick + text.slice(1),
      text.slice(0, middle) + trick + text.slice(middle),
      text + trick,
      trick,
      text.slice(0, text.lastIndexOf("/") + 1) + trick,
    ]),
  ];
}
