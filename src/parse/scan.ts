import { type Repeated, RepeatFinder } from "./repeats.ts";

/** What one pass over the characters tells of a JSON text, comments and strings understood. */
export interface Scan {
  /** Colons outside strings: as many as keys in a text that JSON allows. */
  readonly keys: number;
  /** Offset of the first bracket that is nested deeper than allowed, or null. */
  readonly tooDeep: number | null;
  /** Long lists that stand there several times, letter by letter. */
  readonly repeated: readonly Repeated[];
}

const quote = 0x22;
const backslash = 0x5c;
const slash = 0x2f;
const asterisk = 0x2a;
const colon = 0x3a;

/**
 * Counts keys and depth. This is the price that every build pays for the certainty that no key stands twice,
 * so it looks at each character once, at those of a list that was there before as one, and allocates next to nothing.
 */
export function scan(text: string, maxDepth: number): Scan {
  let keys = 0;
  let depth = 0;
  const repeats = new RepeatFinder(text);
  // Of the brackets that are open, by their depth: where a list begins (-1: no list), and the keys before it.
  const starts: number[] = [];
  const keysBefore: number[] = [];
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case quote:
        i = endOfString(text, i);
        break;
      case slash:
        i = endOfComment(text, i);
        break;
      case colon:
        keys++;
        break;
      case 0x7b: // {
        if (++depth > maxDepth) return { keys, tooDeep: i, repeated: [] };
        starts[depth] = -1;
        break;
      case 0x5b: {
        // [
        if (++depth > maxDepth) return { keys, tooDeep: i, repeated: [] };
        const repeat = repeats.at(i, depth);
        if (repeat === null) {
          starts[depth] = i;
          keysBefore[depth] = keys;
        } else {
          keys += repeat.keys;
          i = repeat.end - 1;
          depth--;
        }
        break;
      }
      case 0x5d: {
        // ]
        const start = starts[depth] ?? -1;
        if (start >= 0) repeats.ended(start, i + 1, depth, keys - (keysBefore[depth] ?? 0));
        depth--;
        break;
      }
      case 0x7d: // }
        depth--;
        break;
    }
  }
  return { keys, tooDeep: null, repeated: repeats.found };
}

/** Offset of the closing quote; a string that is not closed ends with its line. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote || code === 10 || code === 13) return i;
    if (code === backslash) i++;
  }
  return text.length;
}

function endOfComment(text: string, start: number): number {
  const next = text.charCodeAt(start + 1);
  if (next === slash) {
    const end = text.slice(start).search(/[\r\n]/);
    return end === -1 ? text.length : start + end;
  }
  if (next !== asterisk) return start;
  const end = text.indexOf("*/", start + 2);
  return end === -1 ? text.length : end + 1;
}

/**
 * Number of keys of a value and of all values in it.
 *
 * @param shared lists that may stand in it several times
 */
export function countKeys(value: unknown, shared: ReadonlySet<unknown>): number {
  const counted = new Map([...shared].map((list) => [list, keysOf(list, new Map())]));
  return keysOf(value, counted);
}

function keysOf(value: unknown, counted: ReadonlyMap<unknown, number>): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    const known = counted.size === 0 ? undefined : counted.get(value);
    if (known !== undefined) return known;
    for (const item of value) if (typeof item === "object") count += keysOf(item, counted);
    return count;
  }
  const object = value as Record<string, unknown>;
  for (const key in object) {
    count++;
    const member = object[key];
    if (typeof member === "object") count += keysOf(member, counted);
  }
  return count;
}
