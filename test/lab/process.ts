/**
 * Processes by number and start time, so that a number that the system has given to another process since is
 * never hit. Each guest is a session of its own (setsid), its kernel the leader.
 */
import { readdirSync, readFileSync } from "node:fs";
import { sleep } from "./command.ts";

export interface ProcessId {
  readonly pid: number;
  /** Clock ticks between the boot of the machine and the start of the process: proc(5), `stat`, field 22. */
  readonly born: number;
}

interface Stat extends ProcessId {
  readonly session: number;
  readonly dead: boolean;
}

function stat(pid: number): Stat | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return null;
  }
  // The second field, the name, may hold blanks and parentheses.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { pid, born: Number(fields[19]), session: Number(fields[3]), dead: /[ZX]/.test(fields[0] ?? "X") };
}

/** The process that has this number now, or null. */
export function identify(pid: number): ProcessId | null {
  const found = stat(pid);
  return found === null || found.dead ? null : { pid, born: found.born };
}

export function lives(process: ProcessId): boolean {
  return identify(process.pid)?.born === process.born;
}

/** Every living process of the session that `leader` began. */
export function sessionOf(leader: ProcessId): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => stat(Number(name)))
    .filter((found): found is Stat => found !== null)
    .filter((found) => found.session === leader.pid && found.born >= leader.born && !found.dead)
    .map((found) => found.pid);
}

/**
 * Ends a whole session with SIGKILL, the leader first: the children of a guest kernel outlive it, and without it
 * nobody starts new ones.
 */
export async function endSession(leader: ProcessId): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    const left = sessionOf(leader);
    if (left.length === 0) return;
    for (const pid of left.includes(leader.pid) ? [leader.pid] : left) kill(pid);
    await sleep(10);
  }
  throw new Error(`processes of session ${leader.pid} do not die: ${sessionOf(leader).join(" ")}`);
}

export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone between the look and the signal.
  }
}
