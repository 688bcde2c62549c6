import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../../src/diagnostics/index.ts";
import { misspelt, plainEnvironment, procedure, program, type Run, run, small, workplace } from "./command-line.ts";

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

  test("its closing line names an error, also behind a warning", () => {
    // A host without a role stands before the service whose port is out of range.
    const idle = small
      .replace('"hosts":{', '"hosts":{"idle":{"address":"10.0.0.9/24"},')
      .replace('"port":80', '"port":99999');
    here.write("cluster.json", idle);
    const { err } = here.lvsgen("validate");
    expect([...err.matchAll(/(?:error|warning)\[([A-Z_]+)\]/g)].map(([, code]) => code)).toEqual([
      "HOST_WITHOUT_ROLE",
      "OUT_OF_RANGE",
    ]);
    expect(err.trimEnd().split("\n").at(-1)).toBe(
      "cluster.json: 1 error, 1 warning (lvsgen explain OUT_OF_RANGE says more, and so of each code in brackets)",
    );
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

describe("--strict and what is acknowledged", () => {
  const reason = { code: "SINGLE_REAL_SERVER", reason: "more come in May" };
  const acknowledged = (acknowledge: readonly object[]): string =>
    JSON.stringify(
      { ...JSON.parse(small.replace(',{"host":"web2"}', "").replace(/,"web2":\{.*?\}/, "")), acknowledge },
      null,
      2,
    );

  test.each(["validate", "build"])("%s stops at a warning, names what to do and writes nothing", (command) => {
    here.write("cluster.json", acknowledged([]));
    expect(here.lvsgen("validate").code).toBe(0);
    for (const options of [["--strict"], ["--strict", "--quiet"]]) {
      const { code, err } = here.lvsgen(command, ...options);
      expect(code).toBe(1);
      expect(err).toContain("warning[SINGLE_REAL_SERVER]");
      expect(err).toContain('1 warning: --strict lets no warning pass that "acknowledge" does not name');
    }
    expect(existsSync(here.file("out"))).toBe(false);
  });

  test("one that is acknowledged is a line, and lets both pass", () => {
    here.write("cluster.json", acknowledged([reason]));
    for (const command of ["validate", "build"]) {
      const { code, err } = here.lvsgen(command, "--strict");
      expect(code).toBe(0);
      expect(err).toMatch(/^cluster\.json:\d+:\d+: acknowledged\[SINGLE_REAL_SERVER\]: more come in May\n/);
      expect(err).toMatch(/\ncluster\.json: 1 acknowledged warning\n$/);
      expect(here.lvsgen(command, "--strict", "--quiet").err).toBe("");
    }
    const { diagnostics } = JSON.parse(here.lvsgen("validate", "--json").out);
    expect(diagnostics).toMatchObject([{ code: reason.code, acknowledged: reason.reason }]);
  });

  test("one that does not occur stops a strict command", () => {
    here.write("cluster.json", acknowledged([reason, { code: "FIREWALL_OFF", reason: "long ago" }]));
    expect(here.lvsgen("validate").code).toBe(0);
    const { code, out } = here.lvsgen("validate", "--strict", "--json");
    expect(code).toBe(1);
    const { valid, diagnostics } = JSON.parse(out);
    expect(valid).toBe(false);
    expect(diagnostics.map((one: { code: string; acknowledged: unknown }) => [one.code, one.acknowledged])).toEqual([
      ["SINGLE_REAL_SERVER", reason.reason],
      ["STALE_ACKNOWLEDGEMENT", undefined],
    ]);
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
  // What stands in it besides is test/unit/language/schema.test.ts's.
  expect(JSON.parse(out)).toMatchObject(JSON.parse(readFileSync("schema/cluster.schema.json", "utf8")));
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

  /** Runs a copy of lvsgen that is installed in `lib`. */
  function lintByCopy(env: NodeJS.ProcessEnv, directory = ""): Run {
    for (const name of ["start.cjs", "lvsgen.cjs"]) {
      cpSync(join(dirname(program), name), here.file(`lib/node_modules/lvsgen/dist/${name}`));
    }
    const args = [here.file("lib/node_modules/lvsgen/dist/start.cjs"), "lint", "out"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: here.file(directory),
      env,
      encoding: "utf8",
    });
    return { code: status, out: stdout, err: stderr };
  }
  /** npm's wrapper, which finds nothing. */
  const wrapper = 'console.log(process.argv[2] === "--version" ? "ShellCheck" : "by the wrapper");';

  test("is 0 when shellcheck finds nothing, be it the npm package beside lvsgen", () => {
    here.lvsgen("build", procedure);
    mkdirSync(here.file("lib/node_modules/shellcheck/bin"), { recursive: true });
    here.write("lib/node_modules/shellcheck/bin/shellcheck.js", wrapper);
    const { code, out } = lintByCopy(onPath({}));
    expect(code).toBe(0);
    expect(out).toMatch(/by the wrapper[\s\S]*director\.sh/);
  });

  test("without shellcheck is 69 and says how to get it", () => {
    here.lvsgen("build", procedure);
    const { code, err } = lintByCopy(onPath({}));
    expect(code).toBe(69);
    expect(err).toContain("install");
  });

  test("takes nothing from the current directory, whatever PATH says", () => {
    here.lvsgen("build", procedure, "-o", "hostile/out");
    const { PATH } = onPath({});
    for (const directory of ["hostile/", "hostile/node_modules/.bin/", "hostile/node_modules/shellcheck/bin/"]) {
      mkdirSync(here.file(directory), { recursive: true });
      here.write(`${directory}shellcheck`, `#!/bin/sh\n: >${here.file("ran")}\necho ShellCheck\n`);
      here.write(`${directory}shellcheck.js`, `require("node:fs").writeFileSync("ran", ""); ${wrapper}`);
      chmodSync(here.file(`${directory}shellcheck`), 0o755);
    }
    cpSync(here.file("hostile/shellcheck"), here.file("hostile/npx"));
    const env = { ...plainEnvironment(), PATH: `:.:node_modules/.bin:${PATH}:`, NODE_PATH: "node_modules" };
    expect(lintByCopy(env, "hostile").code).toBe(69);
    expect([here.file("ran"), here.file("hostile/ran")].filter(existsSync)).toEqual([]);
  });

  test("without scripts is 66", () => {
    expect(here.lvsgen("lint").code).toBe(66);
  });
});
