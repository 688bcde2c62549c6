/** Programs of the machine that carries the lab. */
import { spawn } from "node:child_process";

export interface Outcome {
  /** Exit code; 128 and the signal's number when a signal ended it; 127 when it could not be started. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end and gives what it printed; never throws. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", (error) => resolve({ code: 127, out: "", err: error.message }));
    child.on("close", (code) =>
      resolve({ code: code ?? 128, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
  });
}

/** Runs a program that has to succeed and gives its standard output. */
export async function must(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, out, err } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: exit code ${code}\n${err}${out}`);
  return out;
}

export async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return (await run(program, args)).code === 0;
}

/** A word for a shell line. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
