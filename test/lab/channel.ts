/**
 * Commands into a guest and their results out, through a directory that both see; not through the guest's network,
 * which belongs to what is under test.
 */
import { closeSync, constants, type FSWatcher, openSync, readFileSync, watch, writeSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome } from "./command.ts";

export interface JobOptions {
  /** Seconds until the guest ends the job, with exit code 124. */
  readonly timeout?: number;
  readonly input?: string | Uint8Array;
  /** Gets output as it comes, besides the result at the end. */
  readonly follow?: (stream: "out" | "err", text: string) => void;
}

/** Exit code of a job whose host was down, or went down. */
export const hostDown = 125;

/** How long to wait beyond a job's own timeout before calling the guest deaf; seconds. */
const patience = 30;
const defaultTimeout = 300;

let count = 0;

export class Channel {
  /**
   * @param exchange the directory that the guest mounts as /run/lab
   * @param bell a named pipe that the guest has as its second serial line
   */
  constructor(
    private readonly exchange: string,
    private readonly bell: string,
    private readonly alive: () => boolean,
  ) {}

  /** Runs a bash script as root. */
  async run(script: string, options: JobOptions = {}): Promise<Outcome> {
    if (!this.alive()) return { code: hostDown, out: "", err: "lab: the host is down\n" };
    const { timeout = defaultTimeout } = options;
    const id = `${Date.now()}-${process.pid}-${count++}`;
    const [draft, job] = [join(this.exchange, id), join(this.exchange, "todo", id)];
    await mkdir(draft);
    await writeFile(join(draft, "cmd"), `${script}\n`);
    await writeFile(join(draft, "timeout"), `${timeout}\n`);
    if (options.input !== undefined) await writeFile(join(draft, "in"), options.input);
    const reader = options.follow === undefined ? () => {} : follower(job, options.follow);
    await rename(draft, job);
    const ended = this.ending(job, timeout + patience, reader);
    this.ring();
    const { code, remark } = await ended;
    reader();
    const [out, err] = await Promise.all(
      ["out", "err"].map((name) => readFile(join(job, name), "utf8").catch(() => "")),
    );
    // Out of the guest's sight in one step: while its files go one by one, an agent that finds a command and no sign that somebody took
    // it would run it once more.
    await rename(job, draft);
    await rm(draft, { recursive: true, force: true });
    return { code, out: out ?? "", err: `${err}${remark}` };
  }

  /** Resolves when the guest has written the exit code, has died, or has had its time. */
  private ending(job: string, seconds: number, onChange: () => void): Promise<{ code: number; remark: string }> {
    return new Promise((resolve) => {
      const finish = (code: number, remark: string): void => {
        watcher.close();
        clearInterval(timer);
        resolve({ code, remark });
      };
      const look = (): void => {
        onChange();
        const code = exitCode(job);
        if (code !== null) finish(code, "");
      };
      const deadline = Date.now() + seconds * 1000;
      // The guest's writes are those of its kernel process out here, so inotify sees them.
      const watcher: FSWatcher = watch(job, look);
      const timer = setInterval(() => {
        look();
        if (!this.alive()) finish(exitCode(job) ?? hostDown, "lab: the host went down\n");
        else if (Date.now() > deadline) finish(124, `lab: no answer in ${seconds} s\n`);
      }, 250);
      look();
    });
  }

  private ring(): void {
    const pipe = openSync(this.bell, constants.O_RDWR | constants.O_NONBLOCK);
    try {
      writeSync(pipe, "\n");
    } catch {
      // Full: it has been rung often enough.
    } finally {
      closeSync(pipe);
    }
  }
}

function exitCode(job: string): number | null {
  try {
    const text = readFileSync(join(job, "rc"), "utf8");
    return text.endsWith("\n") ? Number(text) : null;
  } catch {
    return null;
  }
}

/** A function that passes on what both streams have grown by since it was last called. */
function follower(job: string, sink: (stream: "out" | "err", text: string) => void): () => void {
  const seen = { out: 0, err: 0 };
  return () => {
    for (const stream of ["out", "err"] as const) {
      try {
        const text = readFileSync(join(job, stream));
        if (text.length > seen[stream]) sink(stream, text.subarray(seen[stream]).toString());
        seen[stream] = text.length;
      } catch {
        // Not there yet.
      }
    }
  };
}
