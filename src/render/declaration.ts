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
  const titles = orderedTitles(hosts.map(({ sections }) => sections));
  return titles.map((title) => {
    const groups = new Map<string, { hosts: string[]; lines: Line[] }>();
    for (const { host, sections } of hosts) {
      const lines = sections
        .filter((section) => section.title === title)
        .flatMap(({ wants }) => wants.map((want) => lineOf(want, textOf)));
      const key = hosts.length === 1 ? "" : JSON.stringify(lines);
      const group = groups.get(key);
      if (group) group.hosts.push(host.name);
      else groups.set(key, { hosts: [host.name], lines });
    }
    const [only] = groups.values();
    if (groups.size === 1 && only) return { title, common: only.lines, arms: [] };
    return { title, common: [], arms: [...groups.values()].filter(({ lines }) => lines.length > 0) };
  });
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
