/** One rollout at a time on a state folder. */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { exitCode } from "../../exit-code.ts";
import { type Problem, systemMessage } from "../../terminal/problem.ts";

/** Who holds it; `begun` tells a process from a later one of the same number, where the system says it. */
interface Holder {
  readonly machine: string;
  /** In which the process has its number: containers of one machine have one each. Null: the system has none. */
  readonly namespace: string | null;
  readonly process: number;
  readonly begun: string;
}

/** As `linkSync`: gives a file a second name, which nobody has. */
type Link = (from: string, to: string) => void;

/**
 * Takes the lock; what a process that was killed left behind gives way.
 *
 * @param link that of the system
 * @returns what gives it back, or who has it, or why nobody can
 */
export function takeLock(folder: string, link: Link = linkSync): (() => void) | Problem {
  const lock = join(folder, "lock");
  try {
    return take(lock, link);
  } catch (error) {
    const { code, path: file = lock } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return {
      code: "CANNOT_WRITE",
      file,
      message: `cannot be read or written: ${systemMessage(code)}`,
      hint: "name another folder: --state DIR",
      exitCode: exitCode.cannotWrite,
    };
  }
}

function take(lock: string, link: Link): (() => void) | Problem {
  const own: Holder = {
    machine: hostname(),
    namespace: ownNamespace(),
    process: process.pid,
    begun: begunOf(process.pid),
  };
  // Where machines share the folder, or containers, others may have this number.
  const fresh = `${lock}.${process.pid}.${randomBytes(6).toString("hex")}`;
  try {
    created(fresh, JSON.stringify(own));
    for (let turn = 0; turn < 10; turn += 1) {
      if (put(fresh, lock, link)) return () => rmSync(lock, { force: true });
      const text = textOf(lock);
      const holder = holderOf(text);
      if (text !== null && holder === null) return unsaid(lock);
      if (holder !== null && (!isHere(holder, own) || isAlive(holder))) return held(lock, whoIs(holder, own));
      // Two may find the same dead one: only who moves that very file away has removed it.
      const dead = `${fresh}.dead`;
      if (text !== null && moved(lock, dead) && textOf(dead) !== text) put(dead, lock, link);
      rmSync(dead, { force: true });
    }
    return held(lock, "another rollout");
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Whether a process number of the holder means here what it means there. */
function isHere({ machine, namespace }: Holder, own: Holder): boolean {
  return machine === own.machine && namespace === own.namespace;
}

function whoIs({ machine, namespace, process: number }: Holder, own: Holder): string {
  return machine === own.machine && namespace !== own.namespace
    ? `process ${number} on ${machine} in another container`
    : `process ${number} on ${machine}`;
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

/** Killed between making and filling it, or not lvsgen's. Who is about to fill it, is at work. */
function unsaid(lock: string): Problem {
  return {
    code: "BUSY",
    file: lock,
    message: "does not say who is at work with this folder: whoever took it was killed meanwhile, or is taking it",
    hint: "run this again; where it stays so, and no rollout is at work with this folder on any machine, remove the file",
    exitCode: exitCode.busy,
  };
}

/** Where a file system has one name for each file, as on a stick. */
const linkless: ReadonlySet<string | undefined> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** Gives a file a second name; where that cannot be, a file of the same content has it. False: somebody has that name. */
function put(from: string, to: string, link: Link): boolean {
  try {
    return tried("EEXIST", () => link(from, to));
  } catch (error) {
    if (!linkless.has((error as NodeJS.ErrnoException).code)) throw error;
    return tried("EEXIST", () => created(to, textOf(from) ?? ""));
  }
}

/** Writes a file that is not there yet, durably; it goes again where it cannot be whole. */
function created(path: string, text: string): void {
  const file = openSync(path, "wx", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
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
    const { machine, namespace, process: number, begun } = JSON.parse(text ?? "") as Partial<Holder>;
    const isKnown = namespace === null || typeof namespace === "string";
    return isKnown && typeof machine === "string" && typeof number === "number" && typeof begun === "string"
      ? { machine, namespace, process: number, begun }
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

/** `pid:[4026531836]` */
function ownNamespace(): string | null {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return null;
  }
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
