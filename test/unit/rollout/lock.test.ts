/** Who has the lock of a state folder, and what a process that was killed leaves of it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeLock } from "../../../src/commands/rollout/lock.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lvsgen-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const leave = (holder: object | string): void =>
  writeFileSync(join(folder, "lock"), typeof holder === "string" ? holder : JSON.stringify(holder));

function taken(): () => void {
  const lock = takeLock(folder);
  if (typeof lock !== "function") throw new Error(lock.message);
  return lock;
}

test("one has it, another is told who, and it is given back", () => {
  const give = taken();
  expect(takeLock(folder)).toMatchObject({
    code: "BUSY",
    exitCode: 75,
    message: expect.stringContaining(`process ${process.pid} on `),
  });
  give();
  expect(readdirSync(folder)).toEqual([]);
  taken()();
});

test("what a process that is no more left gives way, also where another has its number by now", () => {
  leave({ machine: hostname(), process: 2 ** 22 + 1, begun: "" });
  taken()();
  leave({ machine: hostname(), process: process.pid, begun: "1 an earlier boot" });
  taken()();
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("that of another machine, and what nobody can read, stays", () => {
  for (const text of [JSON.stringify({ machine: "elsewhere", process: 1, begun: "" }), "{}", ""]) {
    leave(text);
    expect(takeLock(folder)).toMatchObject({ code: "BUSY", hint: expect.stringContaining("remove the file") });
    expect(readFileSync(join(folder, "lock"), "utf8")).toBe(text);
  }
});
