/** The declarative part of a role's script: who its hosts are, and what each of them gets. */
import type { Declared } from "../snapshot.ts";
import { readWords } from "./words.ts";

export interface Declaration {
  /** What each host gets, in its order. */
  readonly hosts: ReadonlyMap<string, readonly Declared[]>;
  /** Hosts by their addresses in the table: what `drain` knows. */
  readonly serverNames: ReadonlyMap<string, string>;
}

/** The line that could not be read, for a message. */
export interface Unreadable {
  readonly line: string;
}

/** @param text from `# Part 2 of 3` to `# Part 3 of 3` of `director.sh`, `realserver.sh` or `nfs.sh` */
export function readDeclaration(text: string): Declaration | Unreadable {
  const lines = text.split("\n");
  const hosts = new Map<string, Declared[]>();
  const serverNames = new Map<string, string>();
  let inResources = false;
  let inCase = false;
  /** Null: every host. */
  let arm: readonly string[] | null = null;
  for (let at = 0; at < lines.length; at++) {
    const raw = lines[at] ?? "";
    const line = raw.trimStart();
    const [first = ""] = line.split(" ", 1);
    if (raw === "resources() {") inResources = true;
    else if (inCase && /^ {4}[^ #]/.test(raw)) {
      // Before its first word is looked at, which is a name, and a host may be called as anything.
      const patterns = readPatterns(lines, at);
      if (patterns === null) return { line };
      arm = patterns.names;
      at = patterns.end;
    } else if (first === "host" || first === "real_server") {
      const [, name = "", ...rest] = readWords(line)?.words ?? [];
      if (name === "") return { line };
      if (first === "host") hosts.set(name, []);
      else for (const address of rest) serverNames.set(address, name);
    } else if (!inResources) continue;
    else if (line === "case $host in" || line === "esac" || line === ";;") {
      if (line !== ";;") inCase = line !== "esac";
      arm = null;
    } else if (first === "want" || first === "expect") {
      const read = readWords(line);
      if (read === null) return { line };
      const body = read.delimiter === null ? null : readBody(lines, at + 1, read.delimiter);
      if (body !== null) at = body.end;
      const one = declared(read.words, body?.text ?? null);
      for (const name of arm ?? hosts.keys()) hosts.get(name)?.push(one);
    } else if (raw.startsWith("    ") && first !== "title" && !line.startsWith("#") && line !== "") return { line };
  }
  return { hosts, serverNames };
}

/** Kinds that carry a text: where it is short or hidden it is their last word. */
const withText: ReadonlySet<string> = new Set(["file", "block", "table", "thresholds", "keepalived"]);
const wordsBefore: Readonly<Record<string, number>> = { file: 4, block: 2, table: 1, thresholds: 1 };

function declared([verb = "", kind = "", ...words]: readonly string[], text: string | null): Declared {
  // It is a file, and as one it comes, goes, and takes the place of one that was none. Of its text no script knows.
  if (kind === "secret") return { verb, kind: "file", words: [...words, "secret"], text: null };
  const own = wordsBefore[kind];
  const isLast = text === null && withText.has(kind) && (own === undefined || words.length > own);
  return isLast ? { verb, kind, words: words.slice(0, -1), text: words.at(-1) ?? null } : { verb, kind, words, text };
}

function readBody(lines: readonly string[], start: number, delimiter: string): { text: string; end: number } {
  const found = lines.indexOf(delimiter, start);
  const end = found < 0 ? lines.length : found;
  const body = lines.slice(start, end);
  return { text: body.length === 0 ? "" : `${body.join("\n")}\n`, end };
}

/** `web1 | web2)`, over several lines where they are many. */
function readPatterns(lines: readonly string[], start: number): { names: readonly string[]; end: number } | null {
  let text = "";
  for (let at = start; at < lines.length; at++) {
    const line = (lines[at] ?? "").trim();
    text += line.endsWith("\\") ? `${line.slice(0, -1)} ` : line;
    if (line.endsWith("\\")) continue;
    if (!text.endsWith(")")) return null;
    const names = text
      .slice(0, -1)
      .split("|")
      .map((name) => readWords(name.trim())?.words[0] ?? "");
    return names.includes("") ? null : { names, end: at };
  }
  return null;
}
