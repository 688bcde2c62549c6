/** The programs of OpenSSH that sign. They ask for passphrases and tokens by themselves, on the terminal or with SSH_ASKPASS. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { answers } from "./agent.ts";
import type { SignProblem } from "./problem.ts";

/** A program of `PATH`, and never of the current directory, which is what a relative or an empty entry of it means. */
export function programOf(name: string): string | null {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  const places = (process.env["PATH"] ?? "").split(delimiter).map((directory) => join(directory, file));
  return places.find((place) => isAbsolute(place) && existsSync(place)) ?? null;
}

/**
 * Runs a program for a key and waits for it.
 *
 * @param socket of an agent; null: that of the environment, if any
 * @param file the key that it is about, for what is said when it fails
 * @param isToken whether a person may have to touch something, which OpenSSH says itself
 * @returns null: it did what it was asked
 */
export function run(
  name: string,
  args: readonly string[],
  socket: string | null,
  file: string,
  isToken = false,
): SignProblem | null {
  const program = programOf(name);
  if (program === null) return { problem: "no-program", program: name };
  const { status, stderr, error } = spawnSync(program, args, {
    // A terminal is for the passphrase; the description may be on standard input, and is nothing for it.
    stdio: [process.stdin.isTTY ? "inherit" : "ignore", "ignore", isToken ? "inherit" : "pipe"],
    env: { ...process.env, ...(socket === null ? {} : { SSH_AUTH_SOCK: socket }) },
    encoding: "utf8",
  });
  if (error !== undefined) return { problem: "refused", file, said: error.message };
  if (status === 0) return null;
  return isToken ? { problem: "refused", file, said: "what it says stands above" } : problemOf(name, stderr, file);
}

function problemOf(program: string, said: string, file: string): SignProblem {
  if (/(?:unknown|illegal|invalid) option -- '?Y/.test(said)) return { problem: "old-program", program };
  if (/UNPROTECTED PRIVATE KEY|bad permissions/.test(said)) return { problem: "open-to-others", file };
  // ssh-add that can ask nobody says nothing but its question.
  if (/passphrase/i.test(said) || said.trim() === "") return { problem: "passphrase", file };
  return { problem: "refused", file, said: said.trim().split("\n").at(-1)?.trim() ?? "" };
}

export interface OwnAgent {
  readonly socket: string;
  /** Ends the agent and waits until it is gone. */
  readonly end: () => Promise<void>;
}

/** Seconds that the agent keeps a key, whatever becomes of what ends it. */
const lifetime = 120;

/** Ends the agent when its own input ends, which it does however this process ends. */
const keeper = `trap : INT TERM HUP
"$0" -D -a "$1" -t ${lifetime} >/dev/null 2>&1 &
cat
kill $!
wait $!`;

/** Milliseconds for an agent to begin, and between two looks at it. */
const patience = { most: 10_000, step: 10 };

/**
 * An agent of this process alone.
 *
 * @param directory where only this user can go
 * @param file the key that it is for, for what is said when it fails
 */
export async function startAgent(directory: string, file: string): Promise<OwnAgent | SignProblem> {
  const program = programOf("ssh-agent");
  if (program === null) return { problem: "no-program", program: "ssh-agent" };
  const socket = join(directory, "agent");
  const child = spawn("/bin/sh", ["-c", keeper, program, socket], { stdio: ["pipe", "ignore", "ignore"] });
  const gone = new Promise<void>((resolve) => child.once("error", () => resolve()).once("close", () => resolve()));
  const end = (): Promise<void> => {
    child.stdin.end();
    return gone;
  };
  for (let waited = 0; waited < patience.most && child.exitCode === null; waited += patience.step) {
    if (await answers(socket)) return { socket, end };
    await setTimeout(patience.step);
  }
  await end();
  return { problem: "refused", file, said: "ssh-agent does not start" };
}
