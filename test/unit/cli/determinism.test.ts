import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plainEnvironment, procedure, run, workplace } from "./command-line.ts";

const here = workplace();

/** One hash of all paths and contents below a directory. */
function hashOf(directory: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(10);
  for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash
      .update(`${file.slice(directory.length)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/** A clock that stands still in another century, loaded before the program. */
const clock = `data:text/javascript,${encodeURIComponent(`
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...args) { super(...(args.length ? args : [4102444799000])); }
    static now() { return 4102444799000; }
  };`)}`;

/** A name that no text has by chance, as a short one of the machine may be. */
const machine = "machine-of-the-build.example";
const named = `data:text/javascript,${encodeURIComponent(`
  import os from "node:os";
  import { syncBuiltinESMExports } from "node:module";
  os.hostname = () => "${machine}";
  syncBuiltinESMExports();`)}`;

test.each([
  ["the locale C", { LC_ALL: "C", LANG: "C" }],
  ["a Turkish locale, where i has another capital", { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" }],
  ["an Arabic locale, where digits differ", { LC_ALL: "ar_EG.UTF-8", LANG: "ar_EG.UTF-8" }],
  ["a time zone beyond the date line", { TZ: "Pacific/Kiritimati" }],
  ["another clock", { NODE_OPTIONS: `--import=${clock}` }],
  ["another user and home", { USER: "nobody", LOGNAME: "nobody", HOME: "/nonexistent" }],
])("the bundle is the same under %s", (_name, environment) => {
  const build = (output: string, env: NodeJS.ProcessEnv) =>
    run(["build", procedure, "-o", output], { cwd: here.path, env: { ...plainEnvironment(), ...env } });
  expect(build("plain", {})).toMatchObject({ code: 0 });
  expect(build("other", environment)).toMatchObject({ code: 0 });
  expect(hashOf(here.file("other"))).toBe(hashOf(here.file("plain")));
});

test("the bundle is the same from another directory and under another file name", () => {
  expect(here.lvsgen("build", procedure, "-o", "plain").code).toBe(0);
  mkdirSync(here.file("elsewhere/deep"), { recursive: true });
  copyFileSync(procedure, here.file("elsewhere/other.json"));
  const { code } = run(["build", "../other.json", "-o", "../../other"], { cwd: here.file("elsewhere/deep") });
  expect(code).toBe(0);
  expect(hashOf(here.file("other"))).toBe(hashOf(here.file("plain")));
});

test("no file names the machine or the place of the build", () => {
  const env = { ...plainEnvironment(), NODE_OPTIONS: `--import=${named}`, HOSTNAME: machine };
  expect(run(["build", procedure], { cwd: here.path, env }).code).toBe(0);
  for (const entry of readdirSync(here.file("out"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
    for (const trace of [here.path, machine, "kgc.json"]) expect(text).not.toContain(trace);
  }
});
