import { expect, test } from "vitest";
import { misspelt, type Run, small, workplace } from "./command-line.ts";

const here = workplace();

/** A file name that would clear the screen, turn the rest of the line round and bring in a control character of eight bits. */
const hostile = "a\u001b[2J\u202eb\u009bc.json";
const shown = "a<U+001B>[2J<U+202E>b<U+009B>c.json";

/** Nothing of a run reaches a terminal that would act on it; line ends are lvsgen's own. */
function expectHarmless({ out, err }: Run): void {
  expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u);
}

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ["validate", small, ["validate", hostile]],
  ["findings", misspelt, ["validate", hostile]],
  ["a key and a text", small.replace('"port"', '"po\\u202ert\u009b"'), ["validate", hostile]],
  ["build", small, ["build", hostile, "-o", `out${hostile}`]],
  ["build --check", small, ["build", "--check", hostile, "-o", `out${hostile}`]],
  ["no such file", small, ["validate", `no${hostile}`]],
  ["no scripts", small, ["lint", hostile]],
  ["an unknown code", small, ["explain", hostile]],
  ["an unknown command", small, [hostile]],
  ["an unknown option", small, ["build", `--${hostile}`]],
  ["init", small, ["init", "-o", `no/${hostile}`, "--director", `lvs1=${hostile}`]],
];

test.each(cases)("%s: names are shown as what they are", (_, text, args) => {
  here.write(hostile, text);
  const run = here.lvsgen(...args);
  expectHarmless(run);
  expect(run.out + run.err).toContain("<U+202E>");
});

test("written files are listed with what they are called", () => {
  here.write(hostile, small);
  expect(here.lvsgen("build", hostile, "-o", "out").code).toBe(0);
  expect(here.lvsgen("validate", hostile).out).toBe(`${shown}: valid\n`);
});

test.each([
  ["validate", ["validate", "--json", hostile]],
  ["build", ["build", "--json", hostile, "-o", `out${hostile}`]],
  ["packages", ["packages", "--json", hostile]],
])("%s --json has them as escapes", (_, args) => {
  here.write(hostile, misspelt.replace('"prot"', '"pr\u202e\u{e0041}ot"'));
  const run = here.lvsgen(...args);
  expectHarmless(run);
  expect(JSON.parse(run.out).diagnostics[0]).toMatchObject({
    file: hostile,
    pointer: "/services/0/pr\u202e\u{e0041}ot",
  });
});
