import { execFileSync } from "node:child_process";
import { cpSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
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

test("a signed build that is killed before any move of what tells whose the files are leaves no signature that the next build does not know", () => {
  const named = (name: string): string => small.replaceAll("lvs1", name);
  execFileSync("ssh-keygen", ["-q", "-N", "", "-t", "rsa", "-b", "2048", "-f", here.file("release")]);
  here.write("kill.cjs", killer);
  here.write("cluster.json", named("lvs1"));
  expect(here.lvsgen("build", "--sign", "release", "--serial", "1").code).toBe(0);
  renameSync(here.file("out"), here.file("former"));
  const { SSH_AUTH_SOCK: _agent, ...plain } = plainEnvironment();
  const only = "SHA256SUMS|manifest\\.json|\\.lvsgen-[0-9]+-\\w{6}$";
  const killed = { signed: 0, nothing: 0 };
  // Into a bundle that is signed, and into nothing.
  for (const before of ["signed", "nothing"] as const)
    for (let step = 1; ; step++) {
      rmSync(here.file("out"), { recursive: true, force: true });
      if (before === "signed") cpSync(here.file("former"), here.file("out"), { recursive: true });
      here.write("cluster.json", named("lvs2"));
      const env = { ...plain, TMPDIR: here.path, NODE_OPTIONS: "--require=./kill.cjs", STEP: String(step), ONLY: only };
      const { code } = run(["build", "--sign", "release", "--serial", "2"], { cwd: here.path, env });
      if (code === 0) break;
      killed[before]++;
      here.write("cluster.json", named("lvs3"));
      expect(here.lvsgen("build", "--quiet")).toEqual({ code: 0, out: "", err: "" });
      expect(contentOf(here.file("out")).ignored).toEqual([]);
    }
  expect(killed.signed).toBeGreaterThan(5);
  expect(killed.nothing).toBeGreaterThan(5);
}, 300_000);

test("a build one of whose moves fails leaves the former bundle whole, and names the file by its own name", () => {
  here.write("fail.cjs", failer);
  here.write("cluster.json", small);
  expect(here.lvsgen("build").code).toBe(0);
  const former = stateOf(here.file("out"));
  // A host that goes, one that comes, and files of both kinds that change.
  here.write("cluster.json", small.replaceAll("lvs1", "lvs2").replaceAll("web2", "web3"));
  const named = new Set<string>();
  for (let step = 1; ; step++) {
    const env = { ...plainEnvironment(), NODE_OPTIONS: "--require=./fail.cjs", STEP: String(step) };
    const { code, out, err } = run(["build"], { cwd: here.path, env });
    if (code === 0) break;
    expect({ code, out }).toEqual({ code: 73, out: "" });
    expect(stateOf(here.file("out"))).toEqual(former);
    const [, file = "", more = ""] = /^(out\/\S+): error: cannot be written: (.*)$/m.exec(err) ?? [];
    expect(more).toBe("the operation is not permitted; nothing was changed");
    expect(err).not.toContain(".lvsgen");
    named.add(file);
  }
  expect([...named]).toEqual(
    expect.arrayContaining(["out/manifest.json", "out/director.sh", "out/SHA256SUMS", "out/files/lvs2"]),
  );
  expect(here.lvsgen("build", "--check").code).toBe(0);
}, 300_000);

test("a disk that is full is said to be that of the output, and changes nothing", () => {
  here.write("full.cjs", filler);
  here.write("cluster.json", small);
  expect(here.lvsgen("build").code).toBe(0);
  const former = stateOf(here.file("out"));
  here.write("cluster.json", small.replaceAll("lvs1", "lvs2"));
  const env = { ...plainEnvironment(), NODE_OPTIONS: "--require=./full.cjs" };
  const { code, err } = run(["build"], { cwd: here.path, env });
  expect(code).toBe(73);
  expect(stateOf(here.file("out"))).toEqual(former);
  expect(err).toMatch(
    /^out\/[\w./-]+: error: cannot be written: no space is left on the device; nothing was changed$/m,
  );
  expect(err).toContain("= help: make room");
  expect(err).not.toContain(".lvsgen");
});

/** Refuses the STEP-th move, as the system does where a file was made immutable (chattr +i). */
const failer = `
  const fs = require("node:fs");
  let left = Number(process.env.STEP);
  const original = fs.renameSync;
  fs.renameSync = (from, to) => {
    if (--left === 0) throw Object.assign(new Error("EPERM"), { code: "EPERM", syscall: "rename", path: from, dest: to });
    return original(from, to);
  };
`;

/** No room for the content of director.sh. */
const filler = `
  const fs = require("node:fs");
  const original = fs.openSync;
  fs.openSync = (file, ...more) => {
    if (String(file).endsWith("director.sh") && more[0] === "wx")
      throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "open", path: file });
    return original(file, ...more);
  };
`;

/** Everything below a directory: kinds, modes, times and content. */
function stateOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { mode, mtimeMs } = lstatSync(path);
      const of = entry.isFile() ? ` ${mtimeMs} ${readFileSync(path, "utf8")}` : "";
      return `${path} ${mode.toString(8)}${of}`;
    })
    .sort();
}

/** Ends the process, as a power cut would, before the STEP-th call that moves or removes something (of a name that has ONLY in it). */
const killer = `
  const fs = require("node:fs");
  let left = Number(process.env.STEP);
  for (const name of ["renameSync", "unlinkSync", "rmdirSync", "rmSync"]) {
    const original = fs[name];
    fs[name] = (...args) => {
      if (new RegExp(process.env.ONLY ?? "").test(args[0]) && --left === 0) process.kill(process.pid, "SIGKILL");
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
