/** What of a text stands within quotes, braces or brackets. */

const closing: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

/**
 * For each place between two characters, where the innermost of them begins that it is in; -1: in none. One that nothing closes is none,
 * but for one that is cut: it ends with its ellipsis.
 */
export function enclosures(text: string): readonly number[] {
  const within = Array.from({ length: text.length + 1 }, () => -1);
  const enclose = (start: number, end: number): void => {
    for (let place = start + 1; place <= end; place++) if (within[place] === -1) within[place] = start;
  };
  const open: number[] = [];
  for (let offset = 0; offset < text.length; offset++) {
    const character = text.charAt(offset);
    if (character === '"') {
      const end = endOfQuote(text, offset);
      enclose(offset, end);
      offset = Math.max(offset, end);
    } else if (character in closing) open.push(offset);
    else {
      const start = open.findLastIndex((one) => closing[text.charAt(one)] === character);
      if (start === -1) continue;
      enclose(open[start] ?? 0, offset);
      open.length = start;
    }
  }
  for (const start of open.toReversed()) enclose(start, text.indexOf("\u2026", start));
  return within;
}

/** Whether the colon at this place is that of `"key": value`. */
export function isOfMember(text: string, place: number): boolean {
  return /^": (?:[{["0-9-]|(?:true|false|null)\b)/.test(text.slice(place - 1, place + 7));
}

/** Where a quotation ends; -1: nowhere. */
function endOfQuote(text: string, start: number): number {
  for (let offset = start + 1; offset < text.length; offset++) {
    if (text.charAt(offset) === "\\") offset++;
    else if (text.charAt(offset) === '"' || /^\u2026(?:[\s,:;]|$)/.test(text.slice(offset, offset + 2))) return offset;
  }
  return -1;
}
