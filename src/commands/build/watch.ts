import { once } from "node:events";
import { basename, dirname, resolve } from "node:path";
import chokidar from "chokidar";
import { safe } from "../../diagnostics/excerpt.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import type { Say } from "../../language/index.ts";
import type { Terminal } from "../../terminal/terminal.ts";

/** Milliseconds without a further change before a build: editors write in several steps. */
const quietTime = 80;

/**
 * Runs `action` now and after every change of the file or of what it names, until the process is interrupted. The directory is
 * watched rather than the file: many editors write a new file and rename it over the old one.
 *
 * @param sources what the last run has read besides the description, with absolute paths; the set grows
 * @param output the directory that is built into
 * @returns the exit code of the last run
 */
export async function watch(
  { path, sources }: { readonly path: string; readonly sources: ReadonlySet<string> },
  output: string,
  action: () => Promise<ExitCode>,
  { err }: Terminal,
): Promise<ExitCode> {
  const file = resolve(path);
  const directories = new Set([dirname(file)]);
  const watcher = chokidar.watch([...directories], {
    depth: 0,
    ignoreInitial: true,
    ignored: (candidate) => candidate !== file && !directories.has(candidate) && !sources.has(candidate),
  });
  await once(watcher, "ready");
  const told = async (): Promise<ExitCode> => {
    const result = await action();
    for (const source of sources) {
      // One that is not there yet is seen to come, with the directories above it.
      for (let above = dirname(source); !directories.has(above); above = dirname(above)) directories.add(above);
      watcher.add([...directories, source]);
    }
    err.write(resultLine(new Date(), result, output, err.language.terminal));
    return result;
  };
  let code = await told();
  err.write(err.language.terminal(`Watching ${safe(basename(file))}; interrupt to end.\n`));

  await new Promise<void>((end, fail) => {
    let isRunning = false;
    let isDue = false;
    let timer: NodeJS.Timeout | undefined;
    const run = async (): Promise<void> => {
      isDue = isRunning;
      if (isRunning) return;
      isRunning = true;
      do {
        isDue = false;
        code = await told();
      } while (isDue);
      isRunning = false;
    };
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => run().catch(fail), quietTime);
    };
    watcher.on("add", soon).on("addDir", soon).on("change", soon);
    process.once("SIGINT", end);
    process.once("SIGTERM", end);
  });
  await watcher.close();
  return code;
}

/** What a screen that shows several builds below each other needs to tell them apart: local time, and whether it came through. */
function resultLine(time: Date, code: ExitCode, output: string, say: Say): string {
  const [hours, minutes, seconds] = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) =>
    String(part).padStart(2, "0"),
  );
  const result = code === exitCode.ok ? `built into ${safe(output)}` : `not built: ${safe(output)} stays as it was`;
  return `[${hours}:${minutes}:${seconds}] ${say(result)}\n`;
}
