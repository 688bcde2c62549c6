// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Call, callsAcross, commandNames, isAllowed } from "../../lint/layers.ts";
import { mask } from "../../lint/mask.ts";
import { everyFile, filesOf as files, programs } from "../../lint/programs.ts";

const runtime = join(import.meta.dirname, "../../../templates/runtime");

/** `FROM TO: FUNCTION...` for each pair of files. */
function pairs(calls: readonly Call[]): readonly string[] {
  const names = new Map<string, Set<string>>();
  for (const { from, to, name } of calls) {
    const pair = `${from} ${to}`;
    names.set(pair, (names.get(pair) ?? new Set()).add(name));
  }
  return [...names].map(([pair, of]) => `${pair}: ${[...of].sort().join(" ")}`).sort();
}

test("each file calls only what its layer may", () => {
  const calls = Object.keys(programs).flatMap((program) => callsAcross(files(program)));
  expect(calls.length).toBeGreaterThan(300);
  expect(pairs(calls.filter((call) => !isAllowed(call)))).toEqual([]);
});

test.each([
  ["call_me", "at the begin of a line"],
  ["  call_me x y", "set in"],
  ["if ! call_me; then", "after a word"],
  ["x=$(call_me)", "in a substitution"],
  ['x="$(call_me a)"', "in a string"],
  ["true && call_me || false", "in a list"],
  ["root= call_me x", "after an assignment"],
  ["while read -r x; do call_me; done < <(call_me)", "in a process"],
  ["case $x in a) call_me ;; esac", "after a pattern"],
  ["{ call_me; }", "in a group"],
])("a call is seen: %s (%s)", (text) => {
  expect(commandNames(mask(text).code).has("call_me")).toBe(true);
});

test.each([
  ["echo call_me"],
  ["local x=1 call_me"],
  ["# call_me"],
  ["case $x in\n  call_me) ;;\nesac"],
  ["call_me=1"],
  ["echo $call_me ${call_me}"],
  ["echo 'x; call_me'"],
])("it is no call: %s", (text) => {
  expect(commandNames(mask(text).code).has("call_me")).toBe(false);
});

/** Commands that only ever change something. */
const CHANGING =
  /^(?:mkdir|rmdir|rm|mv|cp|ln|dd|touch|chmod|chown|chgrp|modprobe|umount|setenforce|setsebool|exportfs|kill|swapoff)$/;

test("a kind changes the system through the one door alone", () => {
  const direct = roleFiles
    .filter(({ path }) => path.startsWith("kinds/"))
    .flatMap(({ path, text }) =>
      [...commandNames(mask(text).code)].filter((name) => CHANGING.test(name)).map((name) => `${path}: ${name}`),
    );
  expect(direct).toEqual([]);
});

const call = (from: string, to: string, name = "x"): Call => ({ from, to, name });

test.each([
  { ...call("kinds/file.sh", "engine/files.sh"), is: true },
  { ...call("kinds/file.sh", "facts/stat.sh"), is: true },
  { ...call("kinds/service.sh", "kinds/service-edits.sh"), is: true },
  { ...call("kinds/file.sh", "kinds/unit.sh"), is: false },
  { ...call("kinds/file.sh", "programs/drain.sh"), is: false },
  { ...call("engine/undo.sh", "engine/files.sh"), is: true },
  { ...call("engine/undo.sh", "facts/stat.sh"), is: true },
  { ...call("engine/undo.sh", "kinds/service.sh"), is: false },
  { ...call("engine/main.sh", "programs/drain.sh"), is: false },
  { ...call("facts/stat.sh", "facts/snapshot.sh"), is: true },
  { ...call("facts/host.sh", "engine/output.sh", "die"), is: true },
  { ...call("facts/host.sh", "engine/output.sh", "run"), is: false },
  { ...call("facts/host.sh", "engine/journal.sh"), is: false },
  { ...call("facts/host.sh", "kinds/unit.sh"), is: false },
  { ...call("programs/drain.sh", "kinds/service.sh"), is: true },
])("$from to $to ($name): $is", ({ is, ...one }) => {
  expect(isAllowed(one)).toBe(is);
});

test("a function has one home in a program", () => {
  const twice = ["engine/a.sh", "engine/b.sh"].map((path) => ({ path, text: "f() {\n  :\n}\n" }));
  expect(() => callsAcross(twice)).toThrow("f is defined in engine/a.sh and in engine/b.sh");
});

const readme = readFileSync(join(runtime, "README.md"), "utf8");
const roleFiles = [
  ...new Map(["director", "realserver", "nfs"].flatMap(files).map((file) => [file.path, file])).values(),
];

test("README.md has each file of the engine and of the facts", () => {
  const named = [...readme.matchAll(/^\| (`(?:engine|facts)\/.*?) \|/gm)].flatMap(([, cell = ""]) => {
    const layer = cell.slice(1, cell.indexOf("/") + 1);
    return [...cell.matchAll(/`(?:\w+\/)?([\w-]+\.sh)`(?=,|$)/g)].map(([, name = ""]) => layer + name);
  });
  const own = roleFiles.map(({ path }) => path).filter((path) => /^(?:engine|facts)\//.test(path));
  expect([...new Set(named)].sort()).toEqual(own.sort());
});

const variables = readFileSync(join(runtime, "VARIABLES.md"), "utf8");

test("VARIABLES.md has each variable of a file that another file uses", () => {
  const codes = roleFiles.map(({ path, text }) => ({ path, code: mask(text).code }));
  const crossing = codes.flatMap(({ path, code }) =>
    declaredVariables(code).filter((name) => {
      const use = new RegExp(`\\$\\{?[!#]?${name}\\b|(?<![\\w$-])${name}(?:\\[[^\\]]*\\])?\\+?=`);
      return codes.some((other) => other.path !== path && use.test(other.code));
    }),
  );
  expect(crossing.length).toBeGreaterThan(60);
  expect(crossing.filter((name) => !variables.includes(`\`${name}\``))).toEqual([]);
});

/** What a file sets outside its functions. */
function declaredVariables(code: string): readonly string[] {
  const lines = code.split("\n").filter((line) => /^(?:declare -A )?[a-z_]+=/.test(line));
  return lines.flatMap((line) => [...line.matchAll(/(?:^|\s)([a-z_]+)=/g)].map(([, name = ""]) => name));
}

test("no function has a variable of its own in place of the descriptor that `leave` closes", () => {
  const found = everyFile.flatMap(({ key }) =>
    [...readFileSync(join(runtime, key), "utf8").matchAll(/^\s*local\s(?:[^\n]*\s)?handle(?=[\s=]|$).*/gm)].map(
      ([line]) => `${key}: ${line.trim()}`,
    ),
  );
  expect(found).toEqual([]);
});
