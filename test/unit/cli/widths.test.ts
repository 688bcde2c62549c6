/** What people read fits a terminal of 80 columns; lines of a description fit into the terminal that is there. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../../src/commands/definitions.ts";
import { explain } from "../../../src/commands/explain.ts";
import { compile } from "../../../src/compile.ts";
import { catalogue } from "../../../src/diagnostics/index.ts";
import { columns } from "../../../src/diagnostics/width.ts";
import { english, type Language } from "../../../src/language/index.ts";
import { chinese } from "../../../src/language/zh/index.ts";
import { colorsFor } from "../../../src/terminal/colors.ts";
import type { Output } from "../../../src/terminal/terminal.ts";
import { run as runScript, writeBundle } from "../scripts/bundle.ts";
import { misspelt, program, run, workplace } from "./command-line.ts";

const here = workplace();

function longLines(text: string, limit = 80): string[] {
  return text.split("\n").filter((line) => columns(line) > limit);
}

describe("help", () => {
  test.each(["", ...commands.keys()])("lvsgen %s --help", (name) => {
    const { out, code } = run([...(name === "" ? [] : [name]), "--help"]);
    expect(code).toBe(0);
    expect(out.length).toBeGreaterThan(200);
    expect(longLines(out)).toEqual([]);
  });
});

describe("explain", () => {
  const explained = (code?: string, language: Language = english): string => {
    let text = "";
    const output: Output = {
      write: (more) => (text += more),
      colors: colorsFor(false, [], {}),
      columns: null,
      language,
    };
    explain(code, { out: output, err: output, isInteractive: false });
    return text;
  };

  test("the list", () => {
    expect(longLines(explained())).toEqual([]);
    // Every code with all words of its title.
    const words = explained().split(/\s+/);
    for (const [code, { title }] of Object.entries(catalogue))
      expect(words).toEqual(expect.arrayContaining([code, ...title.split(" ")]));
  });

  test.each(Object.keys(catalogue))("%s", (code) => {
    expect(explained(code)).toContain(code);
    expect(longLines(explained(code))).toEqual([]);
    expect(explained(code, chinese)).toContain(code);
    expect(longLines(explained(code, chinese))).toEqual([]);
  });

  test("the list in Chinese", () => {
    expect(longLines(explained(undefined, chinese))).toEqual([]);
  });
});

describe("the scripts' own help", () => {
  let directory = "";
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "lvsgen-help-"));
    // The longest name that a cluster can have.
    const text = readFileSync("examples/kgc.json", "utf8").replace('"name": "kgc"', `"name": "${"k".repeat(32)}"`);
    const { bundle } = await compile(text);
    if (!bundle) throw new Error("examples/kgc.json is not compiled");
    writeBundle(bundle, directory);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test.each(["director.sh", "realserver.sh", "nfs.sh", "client-test.sh", "doctor.sh", "fetch-packages.sh"])(
    "%s",
    (script) => {
      const { status, stdout } = runScript(directory, script, "--help");
      expect(status).toBe(0);
      expect(stdout).toContain("Options");
      expect(longLines(stdout)).toEqual([]);
    },
  );
});

/** What a command prints on a terminal of so many columns. */
function shownOn(width: number, command: string): string {
  return execFileSync(
    "script",
    ["--quiet", "--return", "--command", `stty cols ${width}; node '${program}' ${command} || true`, "/dev/null"],
    { cwd: here.path, encoding: "utf8", env: { ...process.env, TERM: "xterm", NO_COLOR: "1" } },
  ).replaceAll("\r\n", "\n");
}

describe("on a terminal sentences are broken at word ends", () => {
  const width = 80;

  test.each([80, 60])("of findings, in %i columns", (narrow) => {
    const text = readFileSync("examples/kgc.json", "utf8");
    here.write(
      "c.json",
      text.replace(/("vip": *)"[^"]*"/, '$1"10.20.31.100"').replaceAll('"mode": "dr"', '"mode": "drr"'),
    );
    const shown = shownOn(narrow, "validate c.json");
    expect(shown).toMatch(/error\[NOT_ONE_OF\]/);
    expect(shown).toMatch(/help:/);
    expect(longLines(shown, narrow)).toEqual([]);
  });

  test("of build, and the SHA-256 stays whole", () => {
    here.write("cluster.json", readFileSync("examples/kgc.json"));
    const shown = shownOn(width, "build");
    expect(shown).toMatch(/^unwatched: Nothing takes/m);
    expect(longLines(shown, width).filter((line) => !/^ {2}[0-9a-f]{64}$/.test(line))).toEqual([]);
    expect(shown).toMatch(/^ {2}[0-9a-f]{64}$/m);
  });

  test("of diff", () => {
    const text = readFileSync("examples/kgc.json", "utf8");
    here.write("a.json", text);
    here.write("b.json", text.replaceAll(/"scheduler": "\w+"/g, '"scheduler": "sh"'));
    const shown = shownOn(width, "diff a.json b.json");
    expect(shown).toContain("Run in this order");
    expect(longLines(shown, width)).toEqual([]);
  });

  test.each(["en", "zh"])("of import, in %s", (language) => {
    here.write(
      "rules",
      "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1\n-A -f 7 -s rr\n-a -f 7 -r 192.0.2.11:0 -g -w 1\n",
    );
    const shown = shownOn(width, `import rules --language ${language}`);
    const chinese = language === "zh";
    expect(shown).toContain(chinese ? "输入中没有写明，因此假定：" : "Assumed, since no input says it:");
    expect(shown).toContain(chinese ? "没有按原样转入：" : "Not carried over as it was:");
    expect(longLines(shown, width)).toEqual([]);
  });
});

test("in a pipe nothing is broken", () => {
  here.write("cluster.json", misspelt);
  const { err } = here.lvsgen("validate");
  expect(err.split("\n").filter((line) => line.includes("= help:"))).toHaveLength(err.split("error[").length - 1);
  here.write("good.json", readFileSync("examples/kgc.json"));
  expect(here.lvsgen("build", "good.json").out).toMatch(/^SHA-256 of .*: [0-9a-f]{64}$/m);
});

describe("findings on a terminal", () => {
  test.each([80, 60])("of %i columns", (width) => {
    here.write("cluster.json", misspelt);
    const shown = shownOn(width, "validate").split("\n");
    const source = shown.find((line) => line.startsWith("1 | ")) ?? "";
    const carets = shown[shown.indexOf(source) + 1] ?? "";
    expect(source).toMatch(/^1 \| …/);
    expect(columns(source)).toBeLessThanOrEqual(width);
    expect(source.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe('"prot"');
  });
});
