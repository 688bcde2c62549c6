import { fstatSync, statSync, writeSync } from "node:fs";
import { type ExitCode, exitCode } from "../exit-code.ts";
import type { Language } from "../language/index.ts";
import { type Colors, colorsFor } from "./colors.ts";

/** Where a command prints to: results to `out`, everything about them to `err`. */
export interface Terminal {
  readonly out: Output;
  readonly err: Output;
  /** True when there is a person who can answer questions. */
  readonly isInteractive: boolean;
}

export interface Output {
  readonly write: (text: string) => void;
  readonly colors: Colors;
  /** How many columns it has; null where it is no terminal. */
  readonly columns: number | null;
  /** What it says is in. */
  readonly language: Language;
}

/**
 * The terminal of this process. Standard input is looked at only when someone asks, and output goes to its file descriptor as
 * long as that takes it: Node needs longer to open its streams than lvsgen for a small build.
 */
export function processTerminal(args: readonly string[], language: Language): Terminal {
  const isOutTerminal = isTerminal(1);
  const output = (descriptor: Descriptor, isShown: boolean): Output => ({
    write: writerTo(descriptor),
    colors: colorsFor(isShown, args, process.env),
    // A terminal that does not know its size says 0.
    columns: (isShown && streamOf(descriptor).columns) || null,
    language,
  });
  return {
    out: output(1, isOutTerminal),
    err: output(2, isTerminal(2)),
    get isInteractive() {
      return process.stdin.isTTY === true && isOutTerminal;
    },
  };
}

/** Ends the process when all that was printed is written: at once where no stream had to be opened for it. */
export function endProcess(code: ExitCode): void {
  process.exitCode = code;
  // A process that ends by itself takes its heap down object by object first.
  if (!isStreamOpen) process.exit();
}

let isStreamOpen = false;

/** Standard output and standard error. */
type Descriptor = 1 | 2;

const streamOf = (descriptor: Descriptor): NodeJS.WriteStream => (descriptor === 1 ? process.stdout : process.stderr);

/** A file, a pipe and /dev/null are no terminals; only of the others Node's streams are asked. */
function isTerminal(descriptor: Descriptor): boolean {
  if (process.platform !== "win32") {
    try {
      const device = fstatSync(descriptor);
      if (!device.isCharacterDevice() || device.rdev === statSync("/dev/null").rdev) return false;
    } catch {
      return false;
    }
  }
  return streamOf(descriptor).isTTY === true;
}

let lost: (() => void) | null = null;

/**
 * What is done where nobody can read any more what is written (a pipe whose reader has gone, a terminal that was closed, a full disk); from then
 * on nothing is written there. Null: the process ends, as most programs do.
 */
export function whenUnwritten(action: (() => void) | null): void {
  lost = action;
}

/** Writes at once; what a pipe that does not wait has no room for, and all after it, goes through Node's stream. */
function writerTo(descriptor: Descriptor): (text: string) => void {
  let stream: NodeJS.WriteStream | null = process.platform === "win32" ? openStream(descriptor) : null;
  let isLost = false;
  return (text) => {
    const bytes = Buffer.from(text, "utf8");
    let done = 0;
    if (isLost) return;
    while (stream === null && done < bytes.length) {
      try {
        done += writeSync(descriptor, bytes, done);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (lost !== null && code !== "EAGAIN") {
          isLost = true;
          lost();
          return;
        }
        if (code === "EPIPE") endUnread();
        if (code === "EAGAIN") stream = openStream(descriptor);
        else endUnwritten(descriptor, code);
      }
    }
    if (done < bytes.length) stream?.write(bytes.subarray(done));
  };
}

/** The reader of a pipe has gone. Where no exit code was reached by then, it is that of programs which the signal ends (128 and SIGPIPE). */
function endUnread(): never {
  process.exit(process.exitCode ?? 141);
}

/** A disk that is full under what standard output was sent to, for one: nothing that is printed any more would arrive. */
function endUnwritten(descriptor: Descriptor, code: string | undefined): never {
  if (descriptor === 1)
    process.stderr.write(`error: cannot write to standard output (${code}): what it goes to is full or gone\n`);
  process.exit(exitCode.cannotWrite);
}

/**
 * The stream ends the process quietly when the reader of a pipe has gone (`lvsgen explain | head -1`).
 */
function openStream(descriptor: Descriptor): NodeJS.WriteStream {
  isStreamOpen = true;
  const stream = streamOf(descriptor);
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (lost !== null) {
      lost();
      return;
    }
    if (error.code !== "EPIPE") throw error;
    endUnread();
  });
  return stream;
}
