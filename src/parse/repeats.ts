/** Long lists that stand in a text of JSON several times, letter by letter: each is read once, and is one object. */

/** A list at a place of the text. */
export interface Repeated {
  readonly start: number;
  readonly end: number;
  /** The same for lists that are the same. */
  readonly list: number;
}

interface Candidate {
  readonly start: number;
  readonly length: number;
  readonly depth: number;
  readonly keys: number;
  isRepeated: boolean;
}

/** In characters. A shorter list is read as quickly as it is compared. */
const leastLength = 1024;

/** Lists that others are compared with; those that a description has several times are few. */
const mostCandidates = 16;

/** Looks for lists that were there before, while somebody else goes through the text. */
export class RepeatFinder {
  readonly found: Repeated[] = [];
  readonly #candidates: Candidate[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** To be told of every list that has ended, with the keys in it. */
  ended(start: number, end: number, depth: number, keys: number): void {
    if (end - start < leastLength || this.#candidates.length >= mostCandidates) return;
    this.#candidates.push({ start, length: end - start, depth, keys, isRepeated: false });
  }

  /** The end and the keys of the list that begins here, if the same was there before; null otherwise. */
  at(start: number, depth: number): { readonly end: number; readonly keys: number } | null {
    for (let list = 0; list < this.#candidates.length; list++) {
      const candidate = this.#candidates[list] as Candidate;
      if (candidate.depth !== depth || !this.#isSame(candidate, start)) continue;
      const { length, keys } = candidate;
      if (!candidate.isRepeated) this.found.push({ start: candidate.start, end: candidate.start + length, list });
      candidate.isRepeated = true;
      this.found.push({ start, end: start + length, list });
      return { end: start + length, keys };
    }
    return null;
  }

  #isSame({ start: other, length }: Candidate, start: number): boolean {
    const text = this.#text;
    // Most lists differ here already: it saves cutting them out.
    for (const place of [length - 1, length >> 1])
      if (text.charCodeAt(start + place) !== text.charCodeAt(other + place)) return false;
    return text.slice(start, start + length) === text.slice(other, other + length);
  }
}

/** Begins the text that stands for a repeated list while the rest is read; a description hardly has it. */
const mark = "\x7f";

/**
 * What `JSON.parse` makes of the text, but that each of the lists is one object wherever it stands.
 *
 * @param found places of equal lists
 * @param shared gets these lists
 * @throws SyntaxError where the text is no JSON, as `JSON.parse` does
 */
export function parseOnce(text: string, found: readonly Repeated[], shared: Set<unknown>): unknown {
  // An escape could spell the mark as well.
  if (found.length === 0 || text.includes(mark) || text.includes("\\")) return JSON.parse(text);
  const lists = new Map<number, unknown>();
  const pieces: string[] = [];
  let end = 0;
  for (const { start, list, ...repeated } of [...found].sort((a, b) => a.start - b.start)) {
    // It stands in a list that is repeated itself.
    if (start < end) continue;
    if (!lists.has(list)) lists.set(list, JSON.parse(text.slice(start, repeated.end)));
    // A list, so that where none may stand it is an error still.
    pieces.push(text.slice(end, start), `["${mark}${list}"]`);
    end = repeated.end;
  }
  pieces.push(text.slice(end));
  const value: unknown = JSON.parse(pieces.join(""));
  for (const list of lists.values()) shared.add(list);
  return putBack(value, lists);
}

function putBack(value: unknown, lists: ReadonlyMap<number, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const [first] = value;
    if (typeof first === "string" && first.startsWith(mark)) return lists.get(Number(first.slice(mark.length)));
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      if (typeof item === "object") value[index] = putBack(item, lists);
    }
    return value;
  }
  const object = value as Record<string, unknown>;
  for (const key of Object.keys(object)) {
    const member = object[key];
    if (typeof member !== "object" || member === null) continue;
    const whole = putBack(member, lists);
    // Where nothing changes, nothing is set: to set `__proto__` is another thing.
    if (whole !== member)
      Object.defineProperty(object, key, { value: whole, enumerable: true, configurable: true, writable: true });
  }
  return value;
}
