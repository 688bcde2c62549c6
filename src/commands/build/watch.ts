import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { safe } from "../../diagnostics/excerpt.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import type { Say } from "../../language/index.ts";
import type { Terminal } from "../../terminal/terminal.ts";

/** Milliseconds between two looks. A change has to stand for as long before a build: editors write in several steps. */
const interval = 100;

/**
 * Runs `action` now and after every change of the file or of what it names, until the process is interrupted.
 *
 * It asks for the state of those few files (stat(2)) again and again: events of the kernel (inotify(7)) do not come from NFS and the
 * shared folders of virtual machines, nor for what is made between a look at a directory and its watch.
 *
 * @param path the description
 * @param output the directory that is built into
 * @param action builds; it calls `note` with the absolute path of each further file, before it reads it
 * @returns the exit code of the last run
 */
export async function watch(
  path: string,
  output: string,
  action: (note: (file: string) => void) => Promise<ExitCode>,
  { err }: Terminal,
): Promise<ExitCode> {
  const file = resolve(path);
  const ended = new AbortController();
  const end = (): void => ended.abort();
  process.once("SIGINT", end).once("SIGTERM", end);

  let code: ExitCode = exitCode.ok;
  let isFirst = true;
  while (!ended.signal.aborted) {
    const read = new Map([[file, stateOf(file)]]);
    code = await action((source) => void (read.has(source) || read.set(source, stateOf(source))));
    err.write(resultLine(new Date(), code, output, err.language.terminal));
    if (isFirst) err.write(err.language.terminal(`Watching ${safe(basename(file))}; interrupt to end.\n`));
    isFirst = false;
    await changed(read, ended.signal);
  }
  process.off("SIGINT", end).off("SIGTERM", end);
  return code;
}

/** Resolves when the files are no longer as they were read and have been left alone since, or when all is to end. */
async function changed(read: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
  const before = [...read.values()].join("\n");
  let last = before;
  while (!signal.aborted) {
    await pause(interval, undefined, { signal }).catch(() => {});
    const now = [...read.keys()].map(stateOf).join("\n");
    if (now !== before && now === last) return;
    last = now;
  }
}

/** What is another one when a file is written, replaced, made or removed; the same for one that is not there and one out of reach. */
function stateOf(file: string): string {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join();
  } catch {
    return "";
  }
}

/** What a screen that shows several builds below each other needs to tell them apart: local time, and whether it came through. */
function resultLine(time: Date, code: ExitCode, output: string, say: Say): string {
  const [hours, minutes, seconds] = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) =>
    String(part).padStart(2, "0"),
  );
  const result = code === exitCode.ok ? `built into ${safe(output)}` : `not built: ${safe(output)} stays as it was`;
  return `[${hours}:${minutes}:${seconds}] ${say(result)}\n`;
}
