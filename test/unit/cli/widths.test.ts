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
  const explained = (code?: string): string => {
    let text = "";
    const output: Output = { write: (more) => (text += more), colors: colorsFor(false, [], {}), columns: null };
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

describe("findings on a terminal", () => {
  test.each([80, 60])("of %i columns", (width) => {
    here.write("cluster.json", misspelt);
    const shown = execFileSync(
      "script",
      ["--quiet", "--return", "--command", `stty cols ${width}; node '${program}' validate || true`, "/dev/null"],
      { cwd: here.path, encoding: "utf8", env: { ...process.env, TERM: "xterm", NO_COLOR: "1" } },
    ).replaceAll("\r\n", "\n");
    const [, source = "", carets = ""] = shown.split("\n");
    expect(source).toMatch(/^1 \| …/);
    expect(columns(source)).toBeLessThanOrEqual(width);
    expect(source.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe('"prot"');
  });
});
