import { only } from "./only.ts";

/** keepalived reads lines of at most 1023 bytes (MAXBUF in lib/parser.h). */
const longestValue = 1000;

function fitting(place: string, text: string): string {
  if (text.length > longestValue) throw new Error(`${place} cannot hold ${text.length} bytes`);
  return text;
}

/**
 * keepalived.conf(5): blank-separated words a line; `!` and `#` begin a comment, `{` and `}` are words, `$` begins a definition,
 * `~SEQ` a sequence, and `@` at the start of a line a condition. 1.3.5 knows no quotes that hold all of that, so that nothing is
 * written which needs any, but for a pattern, which only later releases have.
 */
export const keepalived = {
  /** Names, addresses and numbers. */
  keepalivedWord: (value: unknown): string =>
    only("a word of keepalived", /^(?:::|[A-Za-z0-9_/-])[A-Za-z0-9_.:/%-]*$/, value),

  keepalivedWords: (values: unknown): string =>
    [values]
      .flat()
      .map((value) => keepalived.keepalivedWord(value))
      .join(" "),

  keepalivedComment: (value: unknown): string =>
    only("a comment of keepalived", /^(?! )[A-Za-z0-9 _.,:;()'/*<>=+-]*(?<! )$/, value),

  /** A path of a URL, with what means something else here percent-encoded: that is the same path to a server (RFC 3986, 2.1). */
  keepalivedPath: (value: unknown): string =>
    fitting(
      "a path of keepalived",
      only("a path of keepalived", /^\/[!-~]*$/, value).replaceAll(
        /[^A-Za-z0-9/._~?&=%:;,@+*()-]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
      ),
    ),

  /**
   * A pattern of PCRE that finds the text as it is. In quotes `\` takes the character behind it as it is
   * (`alloc_strvec_quoted_escaped` in lib/parser.c), so that PCRE gets `\x2e` of what is written here as `\\x2e`.
   */
  keepalivedPattern: (value: unknown): string =>
    fitting(
      "a pattern of keepalived",
      `"${[...Buffer.from(String(value), "utf8")]
        .map((byte) => {
          const character = String.fromCharCode(byte);
          return /[A-Za-z0-9 _=,:;<>/-]/.test(character) ? character : `\\\\x${byte.toString(16).padStart(2, "0")}`;
        })
        .join("")}"`,
    ),
};
