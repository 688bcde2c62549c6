/** Reports in directories, whatever else lies there. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { type Flaw, type Run, readReport } from "../../status/index.ts";
import { systemMessage } from "../../terminal/problem.ts";

export interface Found {
  readonly runs: readonly Run[];
  readonly flaws: readonly Flaw[];
  /** Directories with a `manifest.json`. */
  readonly bundles: readonly string[];
}

/** A report of a host with a thousand resources has 200 kB. */
const largest = 16 * 1024 * 1024;

/** Reads every file whose name ends in `.jsonl`, below these places or one of them. No link is followed, and nothing that is no file is opened. */
export function readReports(places: readonly string[]): Found {
  const runs: Run[] = [];
  const flaws: Flaw[] = [];
  const bundles: string[] = [];
  const read = (path: string): void => {
    const text = readText(path, largest);
    if ("why" in text) flaws.push({ path, kind: "broken", why: text.why });
    else {
      const report = readReport(path, text.text);
      runs.push(...report.runs);
      if (report.flaw !== null) flaws.push(report.flaw);
    }
  };
  const walk = (directory: string): void => {
    const names = tried(() => readdirSync(directory, { withFileTypes: true }));
    if ("why" in names) {
      flaws.push({ path: directory, kind: "broken", why: names.why });
      return;
    }
    for (const entry of names.value.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith(".jsonl")) {
        if (entry.isFile()) read(path);
        else flaws.push({ path, kind: "broken", why: "is no file: nothing is read through a link" });
      } else if (entry.name === "manifest.json" && entry.isFile()) bundles.push(directory);
    }
  };
  for (const place of places) {
    if (lstatSync(place, { throwIfNoEntry: false })?.isFile()) read(place);
    else walk(place);
  }
  return { runs, flaws, bundles };
}

type Text = { readonly text: string } | { readonly why: string };

/**
 * The text of a regular file of at most so many bytes.
 *
 * @param begin read no more than this of a larger one; without it that is not read at all
 */
export function readText(path: string, limit: number, begin = false): Text {
  const opened = tried(() =>
    openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)),
  );
  if ("why" in opened) return opened;
  try {
    const stats = fstatSync(opened.value);
    if (!stats.isFile()) return { why: "is no file" };
    if (stats.size > limit && !begin) return { why: `is larger than ${limit / 1024 / 1024} MiB, and no report is` };
    const bytes = Buffer.alloc(Math.min(stats.size, limit));
    let size = 0;
    for (let more = -1; more !== 0 && size < bytes.length; size += more)
      more = readSync(opened.value, bytes, size, bytes.length - size, size);
    return { text: bytes.toString("utf8", 0, size) };
  } catch (error) {
    return { why: reasonOf(error) };
  } finally {
    closeSync(opened.value);
  }
}

function tried<Value>(action: () => Value): { readonly value: Value } | { readonly why: string } {
  try {
    return { value: action() };
  } catch (error) {
    return { why: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return `cannot be read: ${systemMessage(code)}`;
}
