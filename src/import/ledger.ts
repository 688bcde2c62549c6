import type { Kind } from "./kinds.ts";
import { lineOf, type Place } from "./place.ts";
import { isSecretKey, shown } from "./secrets.ts";

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
  const byLine = new Map<string, Map<number, Entry[]>>();
  const hidden = new Set<string>();
  const add = (entry: Entry): void => {
    const { file, line } = entry.place;
    const lines = byLine.get(file) ?? new Map<number, Entry[]>();
    byLine.set(file, lines);
    const known = lines.get(line);
    if (known === undefined) lines.set(line, [entry]);
    else if (!known.some((one) => one.outcome === entry.outcome && one.reason === entry.reason)) known.push(entry);
  };
  return {
    open: (file) => {
      if (!files.some((known) => known.file === file.file)) files.push(file);
    },
    taken: (place) => add({ place, outcome: "taken", reason: "", remedy: "" }),
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
          const entries = byLine.get(file)?.get(index + 1) ?? [unread(file, index + 1, text, kind)];
          const [first, ...more] = [...entries].sort((a, b) => urgency.indexOf(b.outcome) - urgency.indexOf(a.outcome));
          const same = [first, ...more].filter((one) => one !== undefined && one.outcome === first?.outcome);
          return {
            file,
            line: index + 1,
            outcome: first?.outcome ?? "ignored",
            reason: joined(same.map((one) => one?.reason ?? "")),
            remedy: joined(same.map((one) => one?.remedy ?? "")),
            was: hidden.has(`${file}:${index + 1}`) ? firstWord(text) : shown(text, kind),
          };
        }),
      ),
    misses: () =>
      files.flatMap(({ file, lines, kind }) =>
        lines.flatMap((text, index) => {
          const entries = byLine.get(file)?.get(index + 1) ?? [unread(file, index + 1, text, kind)];
          return entries.filter(({ outcome }) => outcome === "not-expressible");
        }),
      ),
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
