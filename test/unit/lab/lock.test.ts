/** The lab's lock between processes: where none can be had, nobody waits for it. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { locked } from "../../lab/lock.ts";

let here = "";
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), "lvsgen-lock-"));
});
afterEach(() => {
  rmSync(here, { recursive: true });
});

test("makes the directory that it lies in", async () => {
  const file = join(here, "a/b/kernel.lock");
  await expect(locked(file, async () => existsSync(file))).resolves.toBe(true);
});

test("one after the other", async () => {
  const steps: string[] = [];
  const work = (name: string) => async () => {
    steps.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    steps.push(`${name} ends`);
  };
  await Promise.all(["one", "other"].map((name) => locked(join(here, "lock"), work(name))));
  expect(steps.map((step) => step.split(" ")[1])).toEqual(["begins", "ends", "begins", "ends"]);
});

test("a lock that cannot be had is an error, and soon", async () => {
  await expect(locked(join(here, "x".repeat(300)), async () => "held")).rejects.toThrow("no lock can be had");
});
