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
}

/** The terminal of this process. Standard input is looked at only when someone asks: Node takes a while to open it. */
export function processTerminal(args: readonly string[]): Terminal {
  const { stdout, stderr, env } = process;
  const output = (stream: NodeJS.WriteStream): Output => ({
    write: (text) => void stream.write(text),
    colors: colorsFor(stream.isTTY === true, args, env),
  });
  return {
    out: output(stdout),
    err: output(stderr),
    get isInteractive() {
      return process.stdin.isTTY === true && stdout.isTTY === true;
    },
  };
}

/**
 * Ends the process quietly when the reader of a pipe has gone (`lvsgen explain | head -1`), with the exit
 * code that was reached by then.
 */
export function endOnBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit();
    });
  }
}
