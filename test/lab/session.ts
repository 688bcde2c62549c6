/** A lab for one run of a program, gone when the program is, however that ends. */
import { spawn } from "node:child_process";
import type { KernelSuite } from "./kernel.ts";
import { Lab, reap, tearDown, thisProcess } from "./lab.ts";

/** Signals that end a program from outside, with the exit code a shell gives them. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Makes a lab, does `work` in it and takes it down: see {@link takenDown}.
 * @param keep leave the lab up when the work has ended by itself
 * @param suite whose kernel its hosts run
 */
export async function withLab<T>(
  name: string,
  keep: boolean,
  suite: KernelSuite,
  work: (lab: Lab) => Promise<T>,
): Promise<T> {
  await reap();
  return takenDown(name, keep, async () => {
    const lab = await Lab.create(name, thisProcess(), suite);
    return work(lab).finally(() => {
      if (keep) lab.release();
    });
  });
}

/**
 * Does `work`, which may make a lab of this name, and takes that down. A signal takes it down as well, and so does a guard process
 * when this one is killed. Should the guard be killed too, the next run does it: see {@link reap}.
 * @param keep leave the lab up when the work has ended by itself
 */
export async function takenDown<T>(name: string, keep: boolean, work: () => Promise<T>): Promise<T> {
  const unguard = guard(name);
  const handlers = Object.entries(signals).map(([signal, code]) => {
    const end = (): void => void tearDown(name).finally(() => process.exit(code));
    process.once(signal, end);
    return () => process.removeListener(signal, end);
  });
  try {
    return await work();
  } finally {
    if (!keep) await tearDown(name);
    for (const remove of handlers) remove();
    unguard();
  }
}

/** A process that waits until this one is gone and takes the lab down then. */
function guard(name: string): () => void {
  const launcher = process.argv[1] ?? "";
  const script = 'cat; exec "$0" "$@"';
  const child = spawn("sh", ["-c", script, process.execPath, launcher, "--name", name, "down"], {
    // Away from the terminal's signals; its standard input ends when this process does.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.unref();
  return () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  };
}
