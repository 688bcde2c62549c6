import type { Kind } from "./kinds.ts";
import { lineOf, type Place } from "./place.ts";
import { isSecretKey, shown, withoutAddresses } from "./secrets.ts";

/** How a line of an input ended. */
export type Outcome = "taken" | "default" | "ignored" | "not-expressible";

/** What became of a line, or of a part of it. */
export interface Entry {
  readonly place: Place;
  readonly outcome: Outcome;
  /** Why, in a few words; empty for what was taken. */
  readonly reason: string;
  /** What a person has to do about it; empty where there is nothing to do. */
  readonly remedy: string;
}

/** A line of an input with its outcome: of several on one line, the one that needs most attention. */
export interface Line {
  readonly file: string;
  readonly line: number;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly remedy: string;
  /** The line as it was, without passwords and mail addresses. */
  readonly was: string;
}

export interface InputFile {
  readonly file: string;
  readonly kind: Kind;
  readonly lines: readonly string[];
}

/** Every line of every input ends here exactly once. */
export interface Ledger {
  open(file: InputFile): void;
  taken(place: Place): void;
  /** A bracket, which says nothing by itself: it goes along with what stands on its line, else with the line that its block begins on. */
  bracket(place: Place, block: Place): void;
  /** It says what lvsgen does anyway. */
  isDefault(place: Place, reason: string): void;
  ignored(place: Place, reason: string): void;
  /** It cannot be carried over. */
  missed(place: Place, reason: string, remedy: string): void;
  /** What stands on this line is never shown. */
  hide(place: Place): void;
  files(): readonly InputFile[];
  /** One for each line of each input, in their order. */
  lines(): Line[];
  /** Everything that cannot be carried over, each part of a line for itself. */
  misses(): Entry[];
}

const urgency: readonly Outcome[] = ["default", "ignored", "taken", "not-expressible"];

export function createLedger(): Ledger {
  const files: InputFile[] = [];
  const taken = new Map<string, Set<number>>();
  const told = new Map<string, Map<number, Entry[]>>();
  const brackets = new Map<string, Map<number, Place[]>>();
  const hidden = new Set<string>();
  const add = (given: Entry): void => {
    const entry = { ...given, reason: withoutAddresses(given.reason), remedy: withoutAddresses(given.remedy) };
    const { file, line } = entry.place;
    const lines = mapOf(told, file, () => new Map<number, Entry[]>());
    const known = lines.get(line);
    if (known === undefined) lines.set(line, [entry]);
    else if (!known.some((one) => one.outcome === entry.outcome && one.reason === entry.reason)) known.push(entry);
  };
  const entriesOf = (file: string, kind: Kind, line: number, text: string): readonly Entry[] => {
    const entries = told.get(file)?.get(line) ?? [];
    if (taken.get(file)?.has(line) === true) return entries.length === 0 ? nothingTold : [...entries, ...nothingTold];
    if (entries.length > 0) return entries;
    const blocks = brackets.get(file)?.get(line);
    return blocks === undefined ? [unread(file, line, text, kind)] : goingAlong(file, line, blocks);
  };
  /** A line of brackets alone. */
  const goingAlong = (file: string, line: number, blocks: readonly Place[]): readonly Entry[] => {
    const not = (block: Place): boolean =>
      taken.get(block.file)?.has(block.line) !== true && told.get(block.file)?.has(block.line) === true;
    if (!blocks.every(not)) return nothingTold;
    const reason = `it belongs to the block of line ${blocks[0]?.line}`;
    return [{ place: lineOf(file, line), outcome: "ignored", reason, remedy: "" }];
  };
  return {
    open: (file) => {
      if (!files.some((known) => known.file === file.file)) files.push(file);
    },
    taken: ({ file, line }) => {
      mapOf(taken, file, () => new Set<number>()).add(line);
    },
    bracket: ({ file, line }, block) => {
      const lines = mapOf(brackets, file, () => new Map<number, Place[]>());
      const known = lines.get(line);
      if (known === undefined) lines.set(line, [block]);
      else if (known.at(-1) !== block) known.push(block);
    },
    isDefault: (place, reason) => add({ place, outcome: "default", reason, remedy: "" }),
    ignored: (place, reason) => add({ place, outcome: "ignored", reason, remedy: "" }),
    missed: (place, reason, remedy) => add({ place, outcome: "not-expressible", reason, remedy }),
    hide: ({ file, line }) => {
      hidden.add(`${file}:${line}`);
    },
    files: () => files,
    lines: () =>
      files.flatMap(({ file, kind, lines }) =>
        lines.map((text, index) => {
          const was = hidden.size > 0 && hidden.has(`${file}:${index + 1}`) ? firstWord(text) : shown(text, kind);
          return { file, line: index + 1, ...worst(entriesOf(file, kind, index + 1, text)), was };
        }),
      ),
    misses: () =>
      files.flatMap(({ file, lines, kind }) =>
        lines.flatMap((text, index) =>
          entriesOf(file, kind, index + 1, text).filter(({ outcome }) => outcome === "not-expressible"),
        ),
      ),
  };
}

function mapOf<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Most lines are taken and nothing else: one entry stands for all of them. */
const nothingTold: readonly Entry[] = [{ place: lineOf("", 0), outcome: "taken", reason: "", remedy: "" }];

/** The outcome that needs most attention, with all that has it. */
function worst(entries: readonly Entry[]): Pick<Line, "outcome" | "reason" | "remedy"> {
  const outcome = urgency.findLast((one) => entries.some((entry) => entry.outcome === one)) ?? "ignored";
  const same = entries.filter((entry) => entry.outcome === outcome);
  return {
    outcome,
    reason: joined(same.map(({ reason }) => reason)),
    remedy: joined(same.map(({ remedy }) => remedy)),
  };
}

/** Keys whose value alone is kept back. */
const shownKeys = /^(?:request|receive|path|regex|checkcommand|database|auth_type|real6?|key|Address)$/;

/** `auth_pass …`; nothing at all of a line that is a value by itself. */
function firstWord(text: string): string {
  const [first = ""] = text.trim().split(/[\s=:]/, 1);
  const hasValue = /\S[\s=:]+\S/.test(text.trim());
  return hasValue && (shownKeys.test(first) || (isSecretKey(first) && /^[A-Za-z_]{3,40}$/.test(first)))
    ? `${first} …`
    : "…";
}

/** A line that no reader said anything about. */
function unread(file: string, line: number, text: string, kind: Kind): Entry {
  const place = lineOf(file, line);
  const start = text.trimStart();
  if (start === "") return { place, outcome: "ignored", reason: "an empty line", remedy: "" };
  const marks =
    kind === "keepalived" ? "#!" : kind === "keyfile" || kind === "sysctl" || kind === "networkd" ? "#;" : "#";
  if (marks.includes(start.charAt(0))) return { place, outcome: "ignored", reason: "a comment", remedy: "" };
  return {
    place,
    outcome: "not-expressible",
    reason: "not understood",
    remedy: "read it, and say in the description what it means",
  };
}

function joined(texts: readonly string[]): string {
  return [...new Set(texts.filter((text) => text !== ""))].join("; ");
}
