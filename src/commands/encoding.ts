/** What the bytes of a file are that is to be a description, where they are not UTF-8 text. */
import { isUtf8 } from "node:buffer";
import { exitCode } from "../exit-code.ts";
import type { Problem } from "../terminal/problem.ts";

type Encoding =
  | { readonly kind: "utf8" }
  /** A Unicode encoding by its name for iconv(1), which the bytes themselves tell. */
  | { readonly kind: "unicode"; readonly name: string }
  /** No text; `title` says what it is, where that is known. */
  | { readonly kind: "binary"; readonly title: string | null }
  /** Text that somebody cut short or wrote over with NUL bytes, from this line on. */
  | { readonly kind: "damaged"; readonly line: number }
  /** Text in another encoding; the line is the first that is not UTF-8. */
  | { readonly kind: "other"; readonly line: number };

/** Other encodings would reach the scripts as replacement characters, and nobody would see it. */
export function encodingProblem(file: string, bytes: Buffer): Problem {
  const found = encodingOf(bytes);
  const problem = (code: string, at: string, message: string, hint: string): Problem => ({
    code,
    file: at,
    message,
    hint,
    exitCode: exitCode.findings,
  });
  switch (found.kind) {
    case "unicode":
      return problem(
        "NOT_UTF8",
        file,
        `the text is in ${found.name.slice(0, 6)}, not in UTF-8`,
        `save it as UTF-8 (for example: iconv -f ${found.name} -t UTF-8)`,
      );
    case "binary":
      return problem(
        "NOT_TEXT",
        file,
        found.title === null ? "is no text" : `is ${found.title}, no text`,
        "name the description: text in UTF-8, JSON with comments or YAML",
      );
    case "damaged":
      return problem(
        "NOT_TEXT",
        `${file}:${found.line}`,
        "NUL bytes stand in the text",
        "the file was damaged, as by a full disk or a power cut: take another copy of it, or take them out",
      );
    case "utf8":
    case "other":
      return problem(
        "NOT_UTF8",
        found.kind === "other" ? `${file}:${found.line}` : file,
        "the text is not in UTF-8",
        "save it as UTF-8 (for example: iconv -f GB18030 -t UTF-8)",
      );
  }
}

/** As much as tells what a file is. */
const enough = 4096;

/** Names of iconv(1). Those of 32 bits first: their mark begins with that of 16. */
const marks: readonly { readonly bytes: readonly number[]; readonly name: string }[] = [
  { bytes: [0xff, 0xfe, 0, 0], name: "UTF-32" },
  { bytes: [0, 0, 0xfe, 0xff], name: "UTF-32" },
  { bytes: [0xff, 0xfe], name: "UTF-16" },
  { bytes: [0xfe, 0xff], name: "UTF-16" },
];

/** What files of these kinds begin with (file(1) knows them by the same). */
const signatures: readonly { readonly bytes: string; readonly title: string }[] = [
  { bytes: "\x7fELF", title: "a program" },
  { bytes: "\x1f\x8b", title: "a gzip archive" },
  { bytes: "PK\x03\x04", title: "a zip archive or an Office document" },
  { bytes: "\xd0\xcf\x11\xe0", title: "an Office document" },
  { bytes: "\xfd7zXZ\0", title: "an xz archive" },
  { bytes: "BZh", title: "a bzip2 archive" },
  { bytes: "7z\xbc\xaf\x27\x1c", title: "a 7z archive" },
  { bytes: "(\xb5/\xfd", title: "a zstd archive" },
  { bytes: "\x89PNG", title: "a picture" },
  { bytes: "\xff\xd8\xff", title: "a picture" },
  { bytes: "GIF8", title: "a picture" },
  { bytes: "%PDF-", title: "a PDF document" },
  { bytes: "SQLite format 3\0", title: "a database" },
  { bytes: "\xed\xab\xee\xdb", title: "an rpm package" },
];

function encodingOf(bytes: Buffer): Encoding {
  const head = bytes.subarray(0, enough);
  const marked = marks.find((mark) => mark.bytes.every((byte, index) => head[index] === byte));
  if (marked !== undefined) return { kind: "unicode", name: marked.name };
  const isText = isUtf8(bytes);
  const nul = bytes.indexOf(0);
  if (isText && nul < 0) return { kind: "utf8" };
  const name = unmarked(head);
  if (name !== null) return { kind: "unicode", name };
  const start = head.toString("latin1", 0, 16);
  const known = signatures.find((signature) => start.startsWith(signature.bytes));
  if (known !== undefined) return { kind: "binary", title: known.title };
  if (nul >= 0) {
    const before = bytes.subarray(0, Math.min(nul, enough));
    const wasText = isText && nul > 0 && before.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
    return wasText ? { kind: "damaged", line: lineOf(bytes, nul) } : { kind: "binary", title: null };
  }
  return { kind: "other", line: firstOtherLine(bytes) };
}

/**
 * A description begins with a character of ASCII, so that zero bytes at its beginning tell the encoding, as RFC 4627 (section 3)
 * has it for JSON.
 */
function unmarked(head: Buffer): string | null {
  const zeros = Array.from(head.subarray(0, 4), (byte) => (byte === 0 ? "0" : "x")).join("");
  const name = { x0x0: "UTF-16LE", "0x0x": "UTF-16BE", x000: "UTF-32LE", "000x": "UTF-32BE" }[zeros];
  const first = head.subarray(0, 4).find((byte) => byte !== 0) ?? 0;
  // What is no text begins with other bytes.
  if (name !== undefined) return /[\t\n\r -~]/.test(String.fromCharCode(first)) ? name : null;
  // `// 集群`: the first line may go on in another script.
  if (head[1] === 0 && /[\t\n\r -~]/.test(String.fromCharCode(head[0] ?? 0)) && head[2] !== 0) return "UTF-16LE";
  if (head[0] === 0 && /[\t\n\r -~]/.test(String.fromCharCode(head[1] ?? 0)) && head[3] !== 0) return "UTF-16BE";
  return null;
}

function lineOf(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let end = bytes.indexOf(0x0a); end >= 0 && end < offset; end = bytes.indexOf(0x0a, end + 1)) line++;
  return line;
}

function firstOtherLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const rest = bytes.subarray(start, end < 0 ? undefined : end);
    if (!isUtf8(rest) || end < 0) break;
    start = end + 1;
  }
  return line;
}
