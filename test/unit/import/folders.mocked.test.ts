/** What stands in a folder that is imported, and what is told of the rest. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readInputs } from "../../../src/commands/import/inputs.ts";

/** Folders that nobody but their owner may read, which tests that run as root cannot have. */
const locked = vi.hoisted(() => new Set<string>());
vi.mock("node:fs", async (load) => {
  const fs = await load<typeof import("node:fs")>();
  const readdirSync = (path: string, options: never) => {
    if ([...locked].some((name) => path.endsWith(name)))
      throw Object.assign(new Error("EACCES"), { code: "EACCES", errno: -13, syscall: "scandir", path });
    return fs.readdirSync(path, options);
  };
  return { ...fs, readdirSync };
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "import-"));
});
afterEach(() => {
  locked.clear();
  rmSync(folder, { recursive: true });
});

async function read(files: readonly string[]): Promise<{ files: string[]; problems: string[] }> {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "x\n");
  }
  const found = await readInputs([folder]);
  if (found.kind === "problem") throw new Error(found.problem.message);
  const name = (path: string): string => path.slice(folder.length + 1);
  return {
    files: found.inputs.map(({ file }) => name(file)),
    problems: found.problems.map(({ file, message }) => `${name(file)} ${message}`),
  };
}

test("a folder that cannot be read is told, and the others are imported", async () => {
  locked.add("/etc/audit");
  expect(await read(["etc/a", "etc/audit/b", "etc/c"])).toEqual({
    files: ["etc/a", "etc/c"],
    problems: [expect.stringMatching(/^etc\/audit cannot be read: /)],
  });
});

test("a host's folder that cannot be read", async () => {
  locked.add("/web2");
  expect(await read(["web1/a", "web2/b"])).toEqual({
    files: ["web1/a"],
    problems: [expect.stringMatching(/^web2 cannot be read: /)],
  });
});

test("folders go as deep as hosts have them, and what is deeper is told", async () => {
  const deep = "a/".repeat(12);
  const deeper = "b/".repeat(40);
  expect(await read([`${deep}file`, `${deeper}file`])).toEqual({
    files: [`${deep}file`],
    problems: [expect.stringMatching(/^(?:b\/)+b is 32 folders below the one that was named, and is not looked into$/)],
  });
});
