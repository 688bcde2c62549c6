import { cpSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plainEnvironment, run, small, workplace } from "./command-line.ts";

const here = workplace();

test("a build that is killed before any of its renames and removals is completed by the next, of another description", () => {
  const named = (name: string): string => small.replaceAll("lvs1", name);
  here.write("kill.cjs", killer);
  here.write("cluster.json", named("lvs1"));
  expect(here.lvsgen("build").code).toBe(0);
  renameSync(here.file("out"), here.file("former"));
  let killed = 0;
  for (let step = 1; ; step++) {
    rmSync(here.file("out"), { recursive: true, force: true });
    cpSync(here.file("former"), here.file("out"), { recursive: true });
    here.write("cluster.json", named("lvs2"));
    const env = { ...plainEnvironment(), NODE_OPTIONS: "--require=./kill.cjs", STEP: String(step) };
    const { code } = run(["build"], { cwd: here.path, env });
    if (code === 0) break;
    killed++;
    here.write("cluster.json", named("lvs3"));
    expect(here.lvsgen("build", "--quiet")).toEqual({ code: 0, out: "", err: "" });
    const { ignored, listed } = contentOf(here.file("out"));
    expect(ignored).toEqual([]);
    expect(listed).toContain("files/lvs3/");
    expect(listed).not.toMatch(/lvs[12]\//);
  }
  expect(killed).toBeGreaterThan(8);
}, 300_000);

/** Ends the process, as a power cut would, before the STEP-th call that moves or removes something. */
const killer = `
  const fs = require("node:fs");
  let left = Number(process.env.STEP);
  for (const name of ["renameSync", "unlinkSync", "rmdirSync", "rmSync"]) {
    const original = fs[name];
    fs[name] = (...args) => {
      if (--left === 0) process.kill(process.pid, "SIGKILL");
      return original(...args);
    };
  }
`;

/** What SHA256SUMS lists, and what stands there besides. */
function contentOf(directory: string): { listed: string; ignored: string[] } {
  const listed = readFileSync(join(directory, "SHA256SUMS"), "utf8");
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1));
  return { listed, ignored: paths.filter((path) => path !== "SHA256SUMS" && !listed.includes(`  ${path}\n`)) };
}
