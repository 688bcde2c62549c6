/**
 * Text as macros of man(7). Own code, because what there is on npm makes troff of Markdown, which has no list of terms: options became
 * bullets. marked-man 2.1.1 puts the day of the build into the page, remark-man 9.0.0 leaves `-` to become a hyphen that no shell takes.
 */

/** Bytes of a line of the source; formatters fill lines anew. */
const sourceWidth = 76;

const escapes = {
  "\\": "\\e",
  '"': "\\(dq",
  "'": "\\(aq",
  "`": "\\(ga",
  "^": "\\(ha",
  "~": "\\(ti",
};

/** Every character for itself, as a terminal shows it and a shell takes it; what is not ASCII by its code point. */
export function literal(text) {
  return text
    .replaceAll(/[\\"'`^~]/g, (character) => escapes[character])
    .replaceAll("-", "\\-")
    .replaceAll(
      /[^\n -~]/gu,
      // Where a line may end between two characters that have no blank between them.
      (character) =>
        character === "\u200B" ? "\\:" : `\\[u${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`,
    );
}

export const bold = (text) => `\\fB${literal(text)}\\fR`;
export const italic = (text) => `\\fI${literal(text)}\\fR`;

/** Prose in which backquotes mark what stands so in a file or on a command line. */
export function prose(text) {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? bold(part) : literal(part)))
    .join("");
}

/** Lines of escaped text: a sentence begins a line, and no line is taken for a macro. */
export function filled(escaped) {
  return escaped
    .split(/(?<=[.!?]) (?=\S)|\n/)
    .flatMap((sentence) => broken(sentence))
    .map((line) => line.replace(/^[.']/, "\\&$&"))
    .join("\n");
}

function broken(sentence) {
  const lines = [""];
  const put = (piece, joint, lineEnd) => {
    const line = lines.at(-1);
    const isLong = line.length + joint.length + piece.length + lineEnd.length > sourceWidth;
    if (line === "" || !isLong) lines[lines.length - 1] = line === "" ? piece : `${line}${joint}${piece}`;
    else {
      lines[lines.length - 1] = `${line}${lineEnd}`;
      lines.push(piece);
    }
  };
  // Within a word a line of the source ends without a blank.
  for (const word of sentence.split(" "))
    for (const [index, piece] of word.split("\\:").entries())
      put(piece, ...(index === 0 ? [" ", ""] : ["\\:", "\\:\\c"]));
  return lines;
}

export const section = (title) => `.SH ${literal(title.toUpperCase())}`;
export const subsection = (title) => `.SS ${literal(title)}`;
export const paragraph = (escaped) => `.PP\n${filled(escaped)}`;
/** The first of a section begins without a macro. */
export const paragraphs = (texts) => texts.map(filled).join("\n.PP\n");

/** What a list has to say of a term: the term, escaped, and one or more paragraphs. */
export function term(name, ...paragraphs) {
  const [first = "", ...others] = paragraphs.filter((text) => text !== "").map(filled);
  return [`.TP\n${name}\n${first}`, ...others].join("\n.IP\n");
}

/** What belongs below the term before it. */
export const indented = (parts) => `.RS\n${parts.join("\n")}\n.RE`;

/** Lines as they are. */
export function example(lines) {
  return `.EX\n${lines.map((line) => (line === "" ? "\\&" : literal(line).replace(/^[.]/, "\\&$&"))).join("\n")}\n.EE`;
}

/**
 * A page.
 *
 * @param {{ name: string, section: number, day: string, source: string, manual: string }} head
 * @param {readonly string[]} parts
 */
export function page({ name, section: number, day, source, manual }, parts) {
  const words = [source, manual].map((cell) => `"${literal(cell)}"`);
  // Ragged and without hyphens: what is broken within a word cannot be copied. Each paragraph takes the register HY anew.
  return `.TH ${literal(name.toUpperCase())} ${number} "${day}" ${words.join(" ")}\n.nr HY 0\n.nh\n.ad l\n${parts.join("\n")}\n`;
}
