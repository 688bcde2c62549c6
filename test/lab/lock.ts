/** A lock between processes, kept by flock(1): the kernel gives it back however its holder ends. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/** Does `work` while no other process holds the lock of this file, whose directory is made. */
export async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  // cat ends, and with it the lock, when our end of its standard input closes: at the latest with us.
  const holder = spawn("flock", [file, "sh", "-c", "echo; exec cat"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(holder, "close");
  const isHeld = await Promise.race([once(holder.stdout, "data").then(() => true), ended.then(() => false)]);
  if (!isHeld) throw new Error(`no lock can be had: ${file}`);
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
