// docs/scripts.md is what the scripts say of themselves. After a change of their rows: `npx vitest run documented -u`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { inDirectory, run, writeBundle } from "./bundle.ts";

const root = join(import.meta.dirname, "../../..");

const SCRIPTS = [
  ["director.sh", "a director, with what `realserver.sh` and `nfs.sh` have as well"],
  ["client-test.sh", "any machine that is no director and no real server"],
  ["doctor.sh", "any described host, before an apply"],
  ["fetch-packages.sh", "a connected machine of the hosts' system"],
] as const;

/** Rows of --help, as a table: what is given, and what it does. */
function table(help: string, heading: string): string {
  const lines = help.split("\n");
  const begin = lines.indexOf(heading);
  if (begin < 0) return "";
  const rows = lines
    .slice(begin + 1, lines.indexOf("", begin))
    // A text that goes on in the next line is set in as far as it begins.
    .join("\n")
    .replaceAll(/\n {19,}(?=\S)/g, " ")
    .split("\n")
    .filter((line) => line !== "  --help, --version")
    .map((line) => {
      const row = /^ {2}(\S+(?: [A-Z][A-Z,.]*)?) +(\S.*)$/.exec(line);
      if (!row) throw new Error(`not a row of --help: ${line}`);
      return `| \`${row[1]}\` | ${row[2]} |`;
    });
  return `| ${heading.toLowerCase().replace(/s$/, "")} | does |\n| --- | --- |\n${rows.join("\n")}\n`;
}

test("docs/scripts.md has the tables of the scripts", async () => {
  const { bundle } = await compile(readFileSync(join(root, "examples/kgc.json"), "utf8"));
  if (!bundle) throw new Error("examples/kgc.json is not compiled");
  const parts = inDirectory((directory) => {
    writeBundle(bundle, directory);
    return SCRIPTS.map(([script, where]) => {
      const { status, stdout } = run(directory, script, "--help");
      expect(status).toBe(0);
      const exitCodes = stdout.slice(stdout.indexOf("Exit codes: ")).replaceAll("\n", " ").trim();
      const tables = [table(stdout, "Commands"), table(stdout, "Options")].filter((text) => text !== "");
      return `## \`${script}\`\n\nFor ${where}. \`--help\` and \`--version\` besides.\n\n${tables.join("\n")}\n${exitCodes}\n`;
    });
  });
  const text = `# What the scripts can be asked\n\nAs each says with \`--help\`; [operations](operations.md) has what it is good for.\n\n${parts.join("\n")}`;
  await expect(text).toMatchFileSnapshot(join(root, "docs/scripts.md"));
});
