import type { Script } from "../plan/script.ts";
import type { Section, Want } from "../plan/want.ts";
import type { TextOf } from "./contents.ts";
import { fitsHeredoc } from "./quote.ts";
import type { Body } from "./templates.ts";

/** One `want` or `expect` of a script. */
export interface Line {
  readonly verb: "want" | "expect";
  readonly words: readonly string[];
  readonly body: Body | null;
  /** Why the text is written with escapes, for the comment above it. */
  readonly noFinalNewline: boolean;
  readonly hidden: boolean;
}

/** Hosts that get the same lines of a section; all hosts of the script when `hosts` is empty. */
export interface Arm {
  readonly hosts: readonly string[];
  readonly lines: readonly Line[];
}

export interface SectionView {
  readonly title: string;
  /** Lines of every host, or none when the hosts differ. */
  readonly common: readonly Line[];
  /** Lines by host where they differ. */
  readonly arms: readonly Arm[];
}

/**
 * The sections of a script, in order. Where hosts differ within a section, each group of equal hosts is an arm
 * of a `case`, so that the order of every host's resources stays what the plan says.
 */
export function sectionViews({ hosts }: Script, textOf: TextOf): SectionView[] {
  const keyOf = lineKeys();
  const titles = orderedTitles(hosts.map(({ sections }) => sections));
  return titles.map((title) => {
    const groups = new Map<string, { hosts: string[]; lines: Line[] }>();
    for (const { host, sections } of hosts) {
      const lines = sections
        .filter((section) => section.title === title)
        .flatMap(({ wants }) => wants.map((want) => lineOf(want, textOf)));
      const key = hosts.length === 1 ? "" : keyOf(lines);
      const group = groups.get(key);
      if (group) group.hosts.push(host.name);
      else groups.set(key, { hosts: [host.name], lines });
    }
    const [only] = groups.values();
    if (groups.size === 1 && only) return { title, common: only.lines, arms: [] };
    return { title, common: [], arms: [...groups.values()].filter(({ lines }) => lines.length > 0) };
  });
}

/**
 * Gives texts that are the same for lines that are the same, and no others: NUL stands in no description. What comes in chunks may have 55 MB,
 * and has a number.
 */
function lineKeys(): (lines: readonly Line[]) => string {
  const long: (readonly string[])[] = [];
  const numberOf = (chunks: readonly string[]): number => {
    const known = long.findIndex((other) => other === chunks || isSameList(other, chunks));
    return known >= 0 ? known : long.push(chunks) - 1;
  };
  const bodyKey = (body: Body | null): string => {
    if (body === null) return "";
    return "chunks" in body ? `\0c${numberOf(body.chunks)}` : `\0t${body.text}`;
  };
  return (lines) =>
    lines
      .map(({ verb, words, body }) => `${verb}\0${words.length}\0${words.join("\0")}\0${bodyKey(body)}`)
      .join("\0\0\0");
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((chunk, index) => chunk === b[index]);
}

/** Every title once, in an order that agrees with each host's. */
function orderedTitles(lists: readonly (readonly Section[])[]): string[] {
  const titles: string[] = [];
  for (const sections of lists) {
    let at = 0;
    for (const { title } of sections) {
      const known = titles.indexOf(title);
      if (known === -1) titles.splice(at++, 0, title);
      else at = Math.max(at, known + 1);
    }
  }
  return titles;
}

function lineOf({ verb, words, body }: Want, textOf: TextOf): Line {
  if (body === null || "chunks" in body) return { verb, words, body, noFinalNewline: false, hidden: false };
  const text = textOf(body);
  const encoded = text !== "" && !fitsHeredoc(text);
  const noFinalNewline = encoded && fitsHeredoc(`${text}\n`);
  return { verb, words, body: { text }, noFinalNewline, hidden: encoded && !noFinalNewline };
}
