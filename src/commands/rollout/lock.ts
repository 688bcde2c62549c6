/** One rollout at a time on a state folder. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { exitCode } from "../../exit-code.ts";
import type { Problem } from "../../terminal/problem.ts";

/** Who holds it; `begun` tells a process from a later one of the same number, where the system says it. */
interface Holder {
  readonly machine: string;
  readonly process: number;
  readonly begun: string;
}

/**
 * Takes the lock; what a process that was killed left behind gives way.
 *
 * @returns what gives it back, or who has it
 */
export function takeLock(folder: string): (() => void) | Problem {
  const lock = join(folder, "lock");
  const own: Holder = { machine: hostname(), process: process.pid, begun: begunOf(process.pid) };
  const fresh = `${lock}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(own), { mode: 0o600 });
  try {
    for (let turn = 0; turn < 10; turn += 1) {
      if (linked(fresh, lock)) return () => rmSync(lock, { force: true });
      const text = textOf(lock);
      const holder = holderOf(text);
      if (text !== null && holder === null) return held(lock, "whatever it is");
      if (holder !== null && (holder.machine !== own.machine || isAlive(holder)))
        return held(lock, `process ${holder.process} on ${holder.machine}`);
      // Two may find the same dead one: only who moves that very file away has removed it.
      const dead = `${fresh}.dead`;
      if (text !== null && moved(lock, dead) && textOf(dead) !== text) linked(dead, lock);
      rmSync(dead, { force: true });
    }
    return held(lock, "another rollout");
  } finally {
    rmSync(fresh, { force: true });
  }
}

function held(lock: string, who: string): Problem {
  return {
    code: "BUSY",
    file: lock,
    message: `another rollout is at work with this folder: ${who}`,
    hint: "let it end, or end it; where it runs no more on that machine, remove the file",
    exitCode: exitCode.busy,
  };
}

function linked(from: string, to: string): boolean {
  return tried("EEXIST", () => linkSync(from, to));
}

function moved(from: string, to: string): boolean {
  return tried("ENOENT", () => renameSync(from, to));
}

function tried(unless: string, action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === unless) return false;
    throw error;
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function holderOf(text: string | null): Holder | null {
  try {
    const { machine, process: number, begun } = JSON.parse(text ?? "") as Partial<Holder>;
    return typeof machine === "string" && typeof number === "number" && typeof begun === "string"
      ? { machine, process: number, begun }
      : null;
  } catch {
    return null;
  }
}

function isAlive({ process: number, begun }: Holder): boolean {
  try {
    process.kill(number, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return begunOf(number) === begun;
}

/** When a process began, in ticks since the boot, with the boot; empty where the system does not say. */
function begunOf(number: number): string {
  const stat = textOf(`/proc/${number}/stat`);
  if (stat === null) return "";
  // Its name may have blanks and parentheses in it.
  const [ticks = ""] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(19);
  return `${ticks} ${textOf("/proc/sys/kernel/random/boot_id")?.trim() ?? ""}`;
}
