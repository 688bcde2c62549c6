import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { inDirectory, run, textOf, writeBundle } from "./bundle.ts";

const { bundle } = await compile(readFileSync(join(import.meta.dirname, "../platform/mixed.json"), "utf8"));
if (bundle === null) throw new Error("the description is not accepted");

test("--only takes every word of want", () => {
  const scripts = bundle.scripts.map(({ path }) => path).filter((path) => path !== "client-test.sh");
  inDirectory((directory) => {
    writeBundle(bundle, directory);
    for (const script of scripts) {
      const words = [...textOf(bundle, script).matchAll(/^ +(?:want|expect) ([a-z]+) /gm)].map(([, word = ""]) => word);
      expect(words.length).toBeGreaterThan(5);
      const only = [...new Set(words)].join(",");
      expect({ script, ...run(directory, script, "list", "--only", only) }).toMatchObject({
        script,
        status: 0,
        stderr: "",
      });
    }
  });
});

test("--only table is the table with its file, and no other file", () => {
  inDirectory((directory) => {
    writeBundle(bundle, directory);
    const { stdout } = run(directory, "director.sh", "list", "--only", "table");
    const kinds = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, kind]) => kind);
    expect(new Set(kinds)).toEqual(new Set(["rules", "service"]));
    const all = run(directory, "director.sh", "list", "--only", "file").stdout;
    expect(kinds.filter((kind) => kind === "file").length).toBeLessThan([...all.matchAll(/^ {2}file /gm)].length);
  });
});
