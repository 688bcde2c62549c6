/** Files of `KEY=VALUE` lines, with or without `[sections]`: ifcfg, keyfiles, networkd. */
import { lineOf, type Place } from "../place.ts";

export interface Entry {
  /** Empty before the first section. */
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly place: Place;
}

export interface Sections {
  readonly entries: readonly Entry[];
  readonly heads: readonly { readonly section: string; readonly place: Place }[];
}

export function readSections(lines: readonly string[], file: string, comments: string): Sections {
  const entries: Entry[] = [];
  const heads: { section: string; place: Place }[] = [];
  let section = "";
  lines.forEach((line, index) => {
    const text = line.trim();
    if (text === "" || comments.includes(text.charAt(0))) return;
    const place = lineOf(file, index + 1);
    const head = /^\[([^\]]*)\]$/.exec(text);
    if (head !== null) {
      section = head[1] ?? "";
      heads.push({ section, place });
      return;
    }
    const equals = text.indexOf("=");
    if (equals < 1) return;
    const value = text
      .slice(equals + 1)
      .trim()
      .replace(/^(["'])(.*)\1$/, "$2");
    entries.push({ section, key: text.slice(0, equals).trim(), value, place });
  });
  return { entries, heads };
}
