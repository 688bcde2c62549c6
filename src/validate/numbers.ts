/** What to write in place of a text or a fraction where a number belongs. */
import type { SchemaText } from "./schema-text.ts";
import { type Fits, isShort } from "./trial.ts";

/** Titles of the numbers that are times, in seconds. */
const times = new Set(["Timeout", "Interval", "Advertisement interval"]);

/** Seconds of the units that people write behind a time. */
const seconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, sec: 1, m: 60, min: 60, h: 3600, d: 86400 };

/** What was meant, as it stands behind `write `; null where nobody can tell, or where it is not taken either. */
export function asNumber(data: unknown, type: string, { title = "" }: SchemaText, fits: Fits): string | null {
  if (Array.isArray(data)) return data.length === 1 ? asNumber(data[0], type, { title }, fits) : null;
  if (typeof data === "number") {
    const near = [Math.floor(data), Math.ceil(data)].filter(
      (one, index, all) => all.indexOf(one) === index && fits(one),
    );
    return near.length === 0 ? null : near.join(" or ");
  }
  if (typeof data !== "string" || !isShort(data)) return null;
  const bare = data.trim();
  if (/^[0-9]{1,10}$/.test(bare)) return fits(Number(bare)) ? `${Number(bare)} without quotes` : null;
  const time = times.has(title) ? inSeconds(bare, type) : null;
  return time !== null && fits(time) ? `${time}: the number alone, times in seconds` : null;
}

/** Seconds of `5m` or `500ms`, null where it is no such time. Where a whole number belongs, the next larger one. */
export function inSeconds(text: string, type = "integer"): number | null {
  const [, count, unit = ""] = /^([0-9]{1,10}) ?([a-z]*)$/i.exec(text.trim()) ?? [];
  if (count === undefined) return null;
  const each = unit === "" ? 1 : Object.hasOwn(seconds, unit.toLowerCase()) ? seconds[unit.toLowerCase()] : undefined;
  if (each === undefined) return null;
  const time = each < 1 ? Number(count) / (1 / each) : Number(count) * each;
  return type === "integer" ? Math.ceil(time) : time;
}

/** `write a number from 0 to 65535`, where that is what was broken. */
export function rangeRemedy(data: unknown, types: readonly string[], { minimum, maximum }: SchemaText): string | null {
  if (types.length > 1 || minimum === undefined || maximum === undefined) return null;
  return typeof data === "number" || (typeof data === "string" && /^\s?[0-9]/.test(data))
    ? `write a number from ${minimum} to ${maximum}`
    : null;
}
