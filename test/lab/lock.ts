/** A lock between processes, kept by flock(1): the kernel gives it back however its holder ends. */
import { spawn } from "node:child_process";
import { once } from "node:events";

/** Does `work` while no other process holds the lock of this file. */
export async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  // cat ends, and with it the lock, when our end of its standard input closes: at the latest with us.
  const holder = spawn("flock", [file, "sh", "-c", "echo; exec cat"], { stdio: ["pipe", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await once(holder, "close");
  }
}
