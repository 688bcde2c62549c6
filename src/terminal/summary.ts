/** What a person wants to know after a build: which script goes where, and what changed. */
import type { BundleChange, BundleScript } from "../bundle.ts";
import { safe } from "../diagnostics/excerpt.ts";
import { label } from "../diagnostics/index.ts";
import { columns as columnsOf } from "../diagnostics/width.ts";
import { broken } from "../diagnostics/wrap.ts";
import type { FileChange, FileStatus } from "../write/index.ts";
import type { Colors } from "./colors.ts";
import type { Output } from "./terminal.ts";
import { table } from "./text.ts";

export type StatusCounts = Readonly<Record<FileStatus, number>>;

export function countsOf(changes: readonly FileChange[]): StatusCounts {
  const counts: Record<FileStatus, number> = { added: 0, changed: 0, removed: 0, unchanged: 0 };
  for (const { status } of changes) counts[status]++;
  return counts;
}

/** Longer lists are cut: nobody reads a thousand lines, and git shows them better. */
const maxLines = 16;

/** One line a host, under the script that it runs. */
export function hostTable(scripts: readonly BundleScript[], { colors, language: { terminal: say } }: Output): string {
  const heading = ["SCRIPT", "HOST", "PLATFORM", "FILES"].map((title) => colors.dim(say(title)));
  const rows = scripts.flatMap(({ path, hosts }) => {
    const shown = hosts.slice(0, maxLines);
    const lines = shown.map(({ name, platform, files }, index) => [
      index === 0 ? colors.bold(path) : "",
      name,
      platform,
      String(files.length),
    ]);
    const more = hosts.length - shown.length;
    return more > 0 ? [...lines, ["", say(`… and ${more} more`)]] : lines;
  });
  return table([heading, ...rows], "  ");
}

/** How many files changed in which way, and which. */
export function changeSummary(changes: readonly FileChange[], directory: string, colors: Colors): string {
  const { added, changed, removed, unchanged } = countsOf(changes);
  const name = safe(directory);
  if (added + changed + removed === 0) return `${colors.bold(name)}: nothing changed, ${files(unchanged)}\n`;
  if (changed + removed + unchanged === 0) {
    return `${colors.bold(name)}: ${files(added)} written. ${name}/RUNBOOK.md says what to run where, in which order.\n`;
  }
  const parts = [`${added} added`, `${changed} changed`, `${removed} removed`, `${unchanged} unchanged`];
  const summary = parts.filter((part) => !part.startsWith("0 ")).join(", ");
  return `${colors.bold(name)}: ${summary}\n${changeList(changes, colors)}`;
}

/** Which change the runbook is for; empty where it is that of a first installation. */
export function changeLine(change: BundleChange | null, directory: string, { columns, language }: Output): string {
  if (change === null) return "";
  const { sumOfSums: sum, hosts } = change;
  const from = sum === null ? "the former description" : `the bundle whose SHA256SUMS has the SHA-256 ${sum}`;
  const shown = hosts === null || hosts.length <= maxLines ? hosts : [...hosts.slice(0, maxLines), "…"];
  const what =
    shown === null
      ? "which this version cannot compare with this one"
      : shown.length === 0
        ? "nothing has to be run on any host"
        : `to be run on ${shown.map(safe).join(", ")}`;
  const text = `${safe(directory)}/RUNBOOK.md: the change from ${from}: ${what}. (From another one: --since)`;
  return `${broken(language.terminal(text), { columns, start: 0, indent: 2 })}\n`;
}

/** The SHA-256 of `SHA256SUMS`, which vouches for every other file; null where there is none. */
export function sumOfSums(changes: readonly FileChange[]): string | null {
  return changes.find(({ path }) => path === "SHA256SUMS")?.sha256 ?? null;
}

/** Who changes the folder changes its sums too: this one is compared with what was written down elsewhere. */
export function sumLine(changes: readonly FileChange[], directory: string, { columns, language }: Output): string {
  const sum = sumOfSums(changes);
  if (sum === null) return "";
  const text = `SHA-256 of ${safe(directory)}/SHA256SUMS, to be carried another way than the folder: ${sum}`;
  return `${broken(language.terminal(text), { columns, start: 0, indent: 2 })}\n`;
}

/** Where each host has a folder of its own. */
export function perHostLine(directory: string, { columns, language }: Output): string {
  const text = `${safe(directory)}/hosts/HOST: what each host gets, to be carried to that host alone; its RUNBOOK.md says what to run there.`;
  return `${broken(language.terminal(text), { columns, start: 0, indent: 2 })}\n`;
}

/** What someone who runs such a cluster has to know. */
export function unwatched({ colors, columns, language: { terminal: say } }: Output): string {
  const text =
    'Nothing takes a real server that has died out of rotation: it keeps its share of the clients until someone drains it. "ha": {} adds health checks.';
  const head = `${say("unwatched")}${say(": ")}`;
  return `${label(colors.yellow, head)}${broken(say(text), { columns, start: columnsOf(head), indent: 2 })}\n`;
}

/** One line a file that is not what it was: `+` added, `~` changed, `-` removed. */
export function changeList(changes: readonly FileChange[], colors: Colors): string {
  const different = changes.filter((change) => change.status !== "unchanged");
  const lines = different.slice(0, maxLines).map(({ path, status }) => `  ${mark(status, colors)} ${safe(path)}\n`);
  const more = different.length - lines.length;
  return lines.join("") + (more > 0 ? `  … and ${more} more\n` : "");
}

function mark(status: FileStatus, colors: Colors): string {
  switch (status) {
    case "added":
      return colors.green("+");
    case "changed":
      return colors.yellow("~");
    case "removed":
      return colors.red("-");
    case "unchanged":
      return " ";
  }
}

function files(count: number): string {
  return count === 1 ? "1 file" : `${count} files`;
}
