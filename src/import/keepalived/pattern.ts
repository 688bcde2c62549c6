/** What means something to PCRE outside of a class. */
const special = /^[.^$*+?()[\]{}|]$/;
const longest = 1000;

/**
 * The text that a pattern finds where it is nothing but a text; null for an expression. A word of keepalived.conf has `\` before
 * what stands for itself, and PCRE has it again: `\\x2e` and `\\.` are a dot, and `\.` is any character.
 */
export function plainText(word: string): string | null {
  const pattern = word.replaceAll(/\\(.)/gs, (_all, character: string) => character);
  const bytes: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character !== "\\") {
      if (special.test(character)) return null;
      bytes.push(...Buffer.from(character, "utf8"));
      continue;
    }
    const code = /^x([0-9a-f]{2})/i.exec(pattern.slice(at + 1, at + 4))?.[1];
    const next = pattern.charAt(at + 1);
    if (code !== undefined) {
      bytes.push(Number.parseInt(code, 16));
      at += 3;
    } else if (/^[!-/:-@[-`{-~]$/.test(next)) {
      bytes.push(next.charCodeAt(0));
      at++;
    } else return null;
  }
  const text = Buffer.from(bytes).toString("utf8");
  const isWhole = Buffer.from(text, "utf8").equals(Buffer.from(bytes));
  return text === "" || text.length > longest || !isWhole || text.includes("\0") ? null : text;
}
