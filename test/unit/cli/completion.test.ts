import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { catalogue } from "../../../src/diagnostics/index.ts";
import { run, workplace } from "./command-line.ts";

const here = workplace();

/** What bash offers for the last of these words. */
function offered(...words: string[]): string[] {
  writeFileSync(here.file("completion.bash"), run(["completion", "bash"]).out);
  const script = `
    source "$1"; shift
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _lvsgen
    printf '%s\\n' \${COMPREPLY[@]+"\${COMPREPLY[@]}"}`;
  const args = ["--norc", "-uc", script, "bash", here.file("completion.bash"), "lvsgen", ...words];
  return execFileSync("bash", args, { encoding: "utf8" }).split("\n").filter(Boolean);
}

test.each([
  [["va"], ["validate"]],
  [["build", "--ch"], ["--check"]],
  [["diff", "--m"], ["--markdown"]],
  [["--no-color", "build", "--for"], ["--force"]],
  [
    ["init", "--mode", ""],
    ["dr", "tun", "nat"],
  ],
  [["init", "--scheduler", "wl"], ["wlc"]],
  [
    ["graph", "--format", ""],
    ["svg", "mermaid", "dot"],
  ],
  [["explain", "VIP_IS_HOST"], ["VIP_IS_HOST_ADDRESS"]],
  [
    ["completion", ""],
    ["bash", "zsh"],
  ],
  [["build", "-o", ""], []],
  [["build", ""], []],
])("bash completes %j", (words, expected) => {
  expect(offered(...words)).toEqual(expected);
});

test("bash completes every command and every code", () => {
  expect(offered("")).toEqual(
    expect.arrayContaining([
      "build",
      "validate",
      "diff",
      "packages",
      "explain",
      "schema",
      "init",
      "lint",
      "completion",
      "help",
    ]),
  );
  expect(offered("explain", "")).toEqual(Object.keys(catalogue));
});

test("the bash script parses", () => {
  expect(spawnSync("bash", ["-n"], { input: run(["completion", "bash"]).out }).status).toBe(0);
});

test("the zsh script names every command and quotes its texts", () => {
  const { code, out } = run(["completion", "zsh"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^#compdef lvsgen\n/);
  for (const command of ["build", "validate", "packages", "explain", "schema", "init", "lint", "completion"]) {
    expect(out).toContain(`        ${command}) _arguments `);
  }
  expect(out).toContain("'(-o --output)'{-o,--output}'[directory to write to]:directory:_files -/'");
  // The quoting is that of a POSIX shell, so that bash can tell whether every quote is closed.
  const specs = out
    .split("\n")
    .filter((line) => line.includes(" _arguments "))
    .map((line) => line.replace(/^.*_arguments/, ":").replace(/;;$/, ""));
  expect(spawnSync("bash", ["-n"], { input: specs.join("\n") })).toMatchObject({ status: 0 });
});
