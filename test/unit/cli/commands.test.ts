import { chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../../src/diagnostics/index.ts";
import { misspelt, plainEnvironment, procedure, run, small, workplace } from "./command-line.ts";

const here = workplace();

describe("validate", () => {
  test("is 0 for a valid description and writes nothing", () => {
    here.write("cluster.json", small);
    expect(here.lvsgen("validate")).toMatchObject({ code: 0, out: "cluster.json: valid\n" });
    expect(existsSync(here.file("out"))).toBe(false);
  });

  test("goes through all files, and is 1 when one has errors", () => {
    here.write("a.json", misspelt);
    here.write("b.json", small);
    const { code, out, err } = here.lvsgen("validate", "a.json", "b.json");
    expect({ code, out }).toEqual({ code: 1, out: "b.json: valid\n" });
    expect(err).toContain("a.json:1:");
  });

  test("prints one object for tools; a missing file is 66", () => {
    here.write("a.json", misspelt);
    const { code, out } = here.lvsgen("validate", "--json", "a.json", "missing.json");
    expect(code).toBe(66);
    expect(JSON.parse(out)).toMatchObject({
      valid: false,
      diagnostics: [{ code: "UNKNOWN_KEY", file: "a.json" }],
      problems: [{ code: "NO_SUCH_FILE", file: "missing.json" }],
    });
  });
});

describe("explain", () => {
  test("lists every code", () => {
    const { out } = run(["explain"]);
    for (const code of Object.keys(catalogue)) expect(out).toMatch(new RegExp(`^${code} `, "m"));
  });

  test.each(["UNKNOWN_HOST", "unknown-host"])("tells why, symptom and fix of %s", (code) => {
    const { out } = run(["explain", code]);
    for (const heading of ["UNKNOWN_HOST (error)", "Why", "Symptom", "Fix"]) expect(out).toContain(heading);
  });
});

test("schema prints the schema", () => {
  const { code, out } = run(["schema"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync("schema/cluster.schema.json", "utf8")));
});

describe("lint", () => {
  /** A directory with these programs alone, and the environment that finds no others. */
  function onPath(programs: Record<string, string>): NodeJS.ProcessEnv {
    mkdirSync(here.file("bin"));
    for (const [name, script] of Object.entries(programs)) {
      here.write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
      chmodSync(here.file(`bin/${name}`), 0o755);
    }
    return { ...plainEnvironment(), PATH: here.file("bin") };
  }
  const versionOr = (rest: string): string =>
    `case $1 in --version) echo "ShellCheck - version: 1" ;; *) ${rest} ;; esac`;

  test("shows what shellcheck finds, and is 1 when it does", () => {
    here.lvsgen("build", procedure);
    const shellcheck = versionOr('for last; do :; done; echo "finding in $last"; exit 1');
    const { code, out } = run(["lint"], { cwd: here.path, env: onPath({ shellcheck }) });
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/finding in out.realserver\.sh/) });
  });

  test("is 0 when shellcheck finds nothing, be it the one of npx", () => {
    here.lvsgen("build", procedure);
    const npx = `test "$1 $2" = "--no-install shellcheck" || exit 9; shift 2; ${versionOr("exit 0")}`;
    const { code, out } = run(["lint", "out"], { cwd: here.path, env: onPath({ npx }) });
    expect(code).toBe(0);
    expect(out).toContain("director.sh");
  });

  test("without shellcheck is 69 and says how to get it", () => {
    here.lvsgen("build", procedure);
    const { code, err } = run(["lint"], { cwd: here.path, env: onPath({ npx: "exit 1" }) });
    expect(code).toBe(69);
    expect(err).toContain("install");
  });

  test("without scripts is 66", () => {
    expect(here.lvsgen("lint").code).toBe(66);
  });
});
