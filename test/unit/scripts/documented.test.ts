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
      const row = /^ {2}(\S+(?: [A-Z][A-Z,.|]*)?) +(\S.*)$/.exec(line);
      if (!row) throw new Error(`not a row of --help: ${line}`);
      return `| \`${row[1]?.replaceAll("|", "\\|")}\` | ${row[2]} |`;
    });
  return `| ${heading.toLowerCase().replace(/s$/, "")} | does |\n| --- | --- |\n${rows.join("\n")}\n`;
}

const inChinese = `## In Chinese

Scripts of a description with \`"language": "zh"\` say in Chinese what a person reads: reports, failures and what to do about them, \`status\`, \`--help\`, and what \`doctor.sh\`, \`client-test.sh\` and \`fetch-packages.sh\` tell. They do so where both hold, for standard output and standard error each by itself:

- The stream is a terminal, and \`--json\` was not given.
- The first of \`LC_ALL\`, \`LC_CTYPE\` and \`LANG\` that is not empty names UTF-8, and \`TERM\` is not \`linux\`: the kernel's text console has no Chinese.

Everybody else gets the bytes of an English script: pipes, files, JSON, the log and the journal of systemd. \`LVSGEN_LANGUAGE=en\` has English on the terminal too; sudo lets it through as \`sudo LVSGEN_LANGUAGE=en bash director.sh\`, and the locale where its policy keeps \`LANG\`, as that of most systems does.

Names, paths, commands, numbers, kinds (\`file\`, \`mount\`), results (\`ok\`, \`changed\`), closing lines, exit codes, and the lines that a runbook quotes are the same in both languages. What programs and servers say comes as they say it, and so does the check of a script's own integrity, which runs before all else.

Part 3 of such a script is another one than that of an English script: its hash stands in the head and in \`manifest.json\`, and it differs by \`zh/spoken.sh\` and \`zh/PROGRAM.sh\`, which stand in the place of \`engine/spoken.sh\`.
`;

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
  const text = `# What the scripts can be asked\n\nAs each says with \`--help\`; [operations](operations.md) has what it is good for.\n\n${parts.join("\n")}\n${inChinese}`;
  await expect(text).toMatchFileSnapshot(join(root, "docs/scripts.md"));
});
