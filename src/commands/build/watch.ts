import { once } from "node:events";
import { basename, dirname, resolve } from "node:path";
import chokidar from "chokidar";
import { safe } from "../../diagnostics/excerpt.ts";
import type { ExitCode } from "../../exit-code.ts";
import type { Terminal } from "../../terminal/terminal.ts";

/** Milliseconds without a further change before a build: editors write in several steps. */
const quietTime = 80;

/**
 * Runs `action` now and after every change of the file, until the process is interrupted. The directory is
 * watched rather than the file: many editors write a new file and rename it over the old one.
 *
 * @returns the exit code of the last run
 */
export async function watch(path: string, action: () => Promise<ExitCode>, { err }: Terminal): Promise<ExitCode> {
  const file = resolve(path);
  const directory = dirname(file);
  const watcher = chokidar.watch(directory, {
    depth: 0,
    ignoreInitial: true,
    ignored: (candidate) => candidate !== directory && candidate !== file,
  });
  await once(watcher, "ready");
  let code = await action();
  err.write(`Watching ${safe(basename(file))}; interrupt to end.\n`);

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
        code = await action();
      } while (isDue);
      isRunning = false;
    };
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => run().catch(fail), quietTime);
    };
    watcher.on("add", soon).on("change", soon);
    process.once("SIGINT", end);
    process.once("SIGTERM", end);
  });
  await watcher.close();
  return code;
}
