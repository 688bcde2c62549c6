import { hasHiddenInLines } from "../hidden.ts";

/**
 * How a value becomes shell: the one door through which text of a description enters a script.
 *
 * bash(1), QUOTING: within single quotes every character is literal; `$'…'` decodes backslash escapes.
 * Octal escapes are used there because they mean the same in every locale and in bash 4.2.
 */

/** Words that need no quotes: nothing in them is special to bash, at the start of a word or within it. */
const plain = /^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]*$/;

/**
 * Text that looks like an expansion: in `'…'` a reviewer, and shellcheck (SC2016), must ask whether it was meant as one;
 * in `$'…'` nothing but backslashes ever is.
 */
const expansion = /\$[{(\w]|`/;

/** `text` as `$'…'`, every byte outside printable ASCII as a three-digit octal escape. */
function ansiQuote(text: string): string {
  let quoted = "$'";
  for (const byte of Buffer.from(text, "utf8")) {
    if (byte === 0x0a) quoted += "\\n";
    else if (byte === 0x09) quoted += "\\t";
    else if (byte === 0x0d) quoted += "\\r";
    else if (byte === 0x27) quoted += "\\'";
    else if (byte === 0x5c) quoted += "\\\\";
    else if (byte < 0x20 || byte > 0x7e) quoted += `\\${byte.toString(8).padStart(3, "0")}`;
    else quoted += String.fromCharCode(byte);
  }
  return `${quoted}'`;
}

/**
 * One shell word that expands to exactly `text` in bash 4.2 and later: bare where that is safe, in single
 * quotes where it is visible and looks like nothing else, else as `$'…'`.
 */
export function shellWord(text: string): string {
  if (plain.test(text)) return text;
  if (hasHiddenInLines(text) || expansion.test(text) || text.includes("\n")) return ansiQuote(text);
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * Whether a quoted heredoc holds `text` as it is: it ends with a line feed and has nothing hidden.
 * (A heredoc cannot lack its last line feed, and bash drops NUL.)
 */
export function fitsHeredoc(text: string): boolean {
  return text.endsWith("\n") && !hasHiddenInLines(text);
}

/** A delimiter that is not a line of `text`: `END`, else `END_2`, `END_3` and so on. */
export function heredocDelimiter(text: string): string {
  let delimiter = "END";
  for (let n = 2; `\n${text}`.includes(`\n${delimiter}\n`); n++) delimiter = `END_${n}`;
  return delimiter;
}
