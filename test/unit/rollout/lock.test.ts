/** Who has the lock of a state folder, and what a process that was killed leaves of it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { takeLock } from "../../../src/commands/rollout/lock.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lvsgen-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const namespace = existsSync("/proc/self/ns/pid") ? readlinkSync("/proc/self/ns/pid") : null;

const leave = (holder: object | string): void =>
  writeFileSync(
    join(folder, "lock"),
    typeof holder === "string" ? holder : JSON.stringify({ machine: hostname(), namespace, begun: "", ...holder }),
  );

/** Of a process that is no more. */
const gone = { process: 2 ** 22 + 1 };

function taken(link?: () => void): () => void {
  const lock = takeLock(folder, link);
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
  leave(gone);
  taken()();
  leave({ process: process.pid, begun: "1 an earlier boot" });
  taken()();
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("that of another machine or container, and what nobody can read, stays", () => {
  const holder = { machine: hostname(), namespace, process: gone.process, begun: "" };
  for (const [text, message] of [
    [JSON.stringify({ ...holder, machine: "elsewhere" }), `process ${gone.process} on elsewhere`],
    // By the same name, and with other processes: there, that number may be at work.
    [
      JSON.stringify({ ...holder, namespace: "pid:[1]" }),
      `process ${gone.process} on ${hostname()} in another container`,
    ],
    ["{}", "does not say who is at work with this folder"],
    ["", "does not say who is at work with this folder"],
    [JSON.stringify(holder).slice(0, -3), "does not say who is at work with this folder"],
  ] as const) {
    leave(text);
    expect(takeLock(folder)).toMatchObject({
      code: "BUSY",
      message: expect.stringContaining(message),
      hint: expect.stringContaining("remove the file"),
    });
    expect(readFileSync(join(folder, "lock"), "utf8")).toBe(text);
    expect(readdirSync(folder)).toEqual(["lock"]);
  }
});

test("what another container with the same process number is about to put there stays", () => {
  const other = join(folder, `lock.${process.pid}`);
  writeFileSync(other, "another's");
  taken()();
  expect(readFileSync(other, "utf8")).toBe("another's");
});

describe.each(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"])("where no file has two names (%s)", (code) => {
  const link = (): void => {
    throw Object.assign(new Error(code), { code });
  };

  test("one has it, another is told who, and it is given back", () => {
    const give = taken(link);
    expect(readdirSync(folder)).toEqual(["lock"]);
    expect(takeLock(folder, link)).toMatchObject({
      code: "BUSY",
      message: expect.stringContaining(`process ${process.pid} on `),
    });
    give();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("what a process that is no more left gives way, and what was cut short stays", () => {
    leave(gone);
    taken(link)();
    expect(readdirSync(folder)).toEqual([]);
    leave("");
    expect(takeLock(folder, link)).toMatchObject({ code: "BUSY", hint: expect.stringContaining("remove the file") });
    expect(readdirSync(folder)).toEqual(["lock"]);
  });
});

test("what else the system refuses is told, and leaves nothing", () => {
  const link = (): void => {
    throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
  };
  expect(takeLock(folder, link)).toMatchObject({
    code: "CANNOT_WRITE",
    message: "cannot be read or written: no space is left on the device",
  });
  expect(readdirSync(folder)).toEqual([]);
});
