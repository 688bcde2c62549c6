// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { expect, test } from "vitest";
import { clobberedCounters } from "../../lint/loops.ts";
import { filesOf, programs } from "../../lint/programs.ts";

test.each(Object.keys(programs))("no counter of %s is set by what its loop calls", (program) => {
  const texts = filesOf(program).map(({ text }) => text);
  expect(texts.join("\n").match(/for \(\(/g)?.length ?? 0).toBeGreaterThan(0);
  expect(clobberedCounters(texts)).toEqual([]);
});

const loop = (body: string, local = "local at") => `each() {
  ${local}
  for ((at = 0; at < 3; at++)); do
    ${body}
  done
}`;

test.each([
  ["by itself", "reach() {\n  at=$1\n}", "reach x"],
  ["along the way", "reach() {\n  at=$1\n}\ngo() {\n  reach y\n}", "if ! go; then return 1; fi"],
  ["by a hook of some kind", "mount_set() {\n  at=$1\n}", '"${kind}_set" x'],
  ["as the counter of its own loop", "go() {\n  for ((at = 0; at < 9; at++)); do :; done\n}", "go || return 1"],
  ["by what it reads", "go() {\n  read -r at _ <<<x\n}", "go"],
  ["by what it prints to", "go() {\n  printf -v at %s 1\n}", "go"],
])("a counter is found that a function sets: %s", (_, others, body) => {
  expect(clobberedCounters([loop(body), others])).toMatchObject([{ function: "each", counter: "at" }]);
});

test.each([
  ["made its own there", "reach() {\n  local at\n  at=$1\n}", "reach x"],
  ["made its own on the way", "reach() {\n  at=$1\n}\ngo() {\n  local at=''\n  reach y\n}", "go"],
  ["of another name", "reach() {\n  place=$1\n}", "reach x"],
  ["called behind the loop", "reach() {\n  at=$1\n}\nafter() {\n  each\n  reach\n}", ":"],
  ["only tested", "reach() {\n  [[ $at == 1 ]]\n}", "reach"],
])("a counter keeps its value: %s", (_, others, body) => {
  expect(clobberedCounters([loop(body), others])).toEqual([]);
});
