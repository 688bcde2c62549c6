/** What docs/security.md says of a script's inputs is all that there are: the environment's variables that the runtime reads. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const page = readFileSync("docs/security.md", "utf8");
const start = page.indexOf("## What a run of root's takes in");
const table = page.slice(start, page.indexOf("\n## ", start + 1));

/** Variables of bash's own, which it sets whatever the caller's are; those of a completion, which the reader's shell runs; a coprocess's; awk's $NF. */
const bashOwn =
  /^(?:BASH(?:_REMATCH|_SOURCE|_VERSION|_COMMAND)?|EUID|LINENO|FUNCNAME|COMP_[A-Z]+|COMPREPLY|HOLD(?:_PID)?|NF)$/;

const runtime = ["templates/runtime", "templates/zh/runtime"].flatMap((directory) =>
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sh"))
    .map((file) => readFileSync(join(directory, file), "utf8")),
);

test("every variable of the environment that a script reads is in the table of its inputs", () => {
  const read = new Set(
    runtime.flatMap((text) => [...text.matchAll(/\$\{?([A-Z][A-Z0-9_]+)/g)].map(([, name = ""]) => name)),
  );
  const foreign = [...read].filter((name) => !bashOwn.test(name)).sort();
  expect(foreign).toContain("SSH_CONNECTION");
  expect(foreign.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
});

test("what the table says is taken out is taken out", () => {
  const program = readFileSync("templates/runtime/engine/program.sh", "utf8");
  const unset = /^ +unset -v (.+)$/m.exec(program)?.[1]?.split(" ") ?? [];
  expect(unset.length).toBeGreaterThan(0);
  expect(unset.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
  expect(program).toContain("export LC_ALL=C PATH=$search_path");
});
