// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shellFiles } from "../../lint/files.ts";
import { associativeArrays, checkInjection, INJECTION } from "../../lint/injection.ts";
import { bash } from "../scripts/bundle.ts";

const root = join(import.meta.dirname, "../../..");

/** Per rule: what it must find, and the nearest thing that is harmless. */
const samples: Readonly<Record<string, { bad: readonly string[]; good: readonly string[] }>> = {
  "unset-element": {
    bad: [
      'unset "seen[$name]"',
      "unset a[$k]",
      "unset 'x' \"a[${k}]\"",
      '[[ $x ]] || unset "a[$k]"',
      'unset -v "a[`f`]"',
    ],
    good: ["unset 'a[1]'", "unset a", "declare -A a; a[$k]=", 'say "unset a[$k]"'],
  },
  "printf-element": {
    bad: ['printf -v "a[$k]" %s x', "printf -v a[$k] %s x"],
    good: ["printf -v x %s y", "printf '%s' \"a[$k]\""],
  },
  "read-element": {
    bad: ['read -r "a[$k]"', "read -r x a[$k] <f", 'while IFS= read -r "a[$k]"; do :; done', 'mapfile -t "a[$k]"'],
    good: ["read -r x y", 'read -r -a words <<<"${a[$k]}"', "mapfile -t lines"],
  },
  "test-variable": {
    bad: ["[[ -v a[$k] ]]", 'test -v "a[$k]"', "[[ -v $name ]]", '[[ $x && -v "$name" ]]'],
    good: ["[[ -v name ]]", "[[ ${a[$k]+x} ]]", "declare -A a", "printf -v name %s x"],
  },
  "arithmetic-element": {
    bad: ["(( a[$k] ))", "x=$((a[$k] + 1))", "((a[$k]++))", "for ((i = a[$1]; i < 3; i++)); do :; done"],
    good: ["((a[i] > 0))", "((${#a[@]}))", "declare -A a; x=$((${a[$k]} + 1))", "[[ ${a[i]} ]]"],
  },
  index: {
    bad: ["b[$k]=1", "x=${b[$k]}", 'x=${b["$k"]}', "b[$k]+=x"],
    good: [
      "declare -A b; b[$k]=1",
      "local -A c=() b=(); b[$k]=1",
      "b[i]=1",
      "x=${b[${#b[@]} - 1]}",
      "b[0]=1",
      "x=${b[@]:1}",
    ],
  },
  "octal-text": {
    bad: ["x=$((8#$mode))", "((8#${mode} == 8#022))", "x=$((8#${mode#0}))"],
    good: ["x=$((8#0${mode//[!0-7]/}))", "((16#$mode & 8#022))"],
  },
  let: { bad: ["let x=$y", "[[ $x ]] && let n+=1"], good: ["outlet x", "((n += 1))"] },
  "declare-name": {
    bad: ['declare "$name=x"', "declare -g $name=x", 'local "a[$k]=x"', 'export "$name"', 'readonly "${x}y=1"'],
    good: [
      'local x="$y"',
      "declare -A a=([k]=v)",
      "local x=$y z",
      'declare -F "$1" >/dev/null',
      'local line="a $b: c" name',
    ],
  },
  indirect: {
    bad: ["x=${!name}", 'f "${!name}"', "x=${!name[1]}", "x=${!name:-y}"],
    good: ['for k in "${!a[@]}"; do :; done', "x=$!", "x=${!lvsgen_*}"],
  },
  eval: {
    bad: ['eval "$x"', "[[ $x ]] && eval f", "if eval x; then :; fi"],
    good: ["say eval", "'eval'", "evaluate x"],
  },
  source: {
    bad: ['source "$file"', '. "$file"', "[[ -e x ]] && . x"],
    good: ["cd .", "local base=. place", "x=${file##*source }"],
  },
  callback: {
    bad: ["mapfile -t -C f -c 1 x", 'trap "$x" EXIT', 'trap "rm $x" EXIT', "trap -- $x EXIT"],
    good: ["mapfile -t x", "trap '' PIPE", "trap 'on_error \"$LINENO\"' ERR", "trap on_exit EXIT", "trap - ERR"],
  },
  "shell-words": {
    bad: ['bash -c "echo $x"', 'timeout 3 bash -c "$x"', "sh -ec $x", 'env -i bash -p -c "$x"'],
    good: ['bash -c \'echo "$1"\' bash "$x"', 'bash "$x"'],
  },
  "printf-format": {
    bad: ['printf "$x"', "printf $x", 'printf -v y "$x"', 'printf "%s $x\\n"', 'printf -- "$x"'],
    good: ["printf '%s' \"$x\"", 'printf "%s\\n" "$x"', 'printf -v y %s "$x"', "printf $'\\n'"],
  },
  replacement: {
    bad: [
      "x=${y//a/$z}",
      'x="${y/a/$z}"',
      "x=${y//$a/<$z>}",
      'x=${y/#"$a"/${z}}',
      "x=${a[i]//\\\\/\\\\$z}",
      "x=${a[$k]/b/$(f)}",
    ],
    good: [
      'x=${y//a/"$z"}',
      "x=${y//$'\\n'/$'\\r'}",
      "x=${y//a/b}",
      "x=${y//$a}",
      "x=${y//[!$z]/}",
      "x=${y%/*}/$z",
      "x=${y:-/a/$z}",
    ],
  },
  unquoted: {
    bad: [
      "for x in $list; do :; done",
      "is_release $patterns",
      "set -- $x",
      "words=($x)",
      "if y; then\n  set -f\n  f $x\nfi",
      "if y; then\n  set -f\n  set +f\n  words=($x)\nfi",
      "f ${x//,/ }",
      "cat <$x",
      "f $(g)",
      "f a$x",
      "case x in x) f $y ;; esac",
    ],
    good: [
      'f "$x"',
      "if y; then\n  set -f\n  # it is to be split\n  words=($x)\n  set +f\nfi",
      "x=$y",
      "local x=$y z=${y#a}",
      "[[ $x == $y ]]",
      "case $x in esac",
      'f ${a[@]+"${a[@]}"}',
      "((x == $y))",
      "exit $?",
      "x=${#a[@]}; f ${#a[@]}",
      'f "a$(g $(($x)))"',
      "read -r -a words <<<$x",
      "declare -A a; a[${x#y z}]=$z",
      "[[ $x ]] && y=$z",
    ],
  },
};

test("every rule has its samples", () => {
  expect(Object.keys(samples).sort()).toEqual(INJECTION.map(({ id }) => id).sort());
});

describe.each(Object.entries(samples))("%s", (rule, { bad, good }) => {
  test.each(bad)("finds: %s", (text) => {
    expect(checkInjection(`${text}\n`).map((finding) => finding.rule)).toContain(rule);
  });
  test.each(good)("lets pass: %s", (text) => {
    expect(checkInjection(`${text}\n`).filter((finding) => finding.rule === rule)).toEqual([]);
  });
});

test("the forms that are forbidden for what they run do run it, in the bash at hand", () => {
  const directory = mkdtempSync(join(tmpdir(), "lvsgen-injection-"));
  try {
    const forms = [
      'unset "a[$k]"',
      'printf -v "a[$k]" %s x',
      'read -r "a[$k]" <<<x',
      'let "x=$k"',
      "b[$k]=1",
      "[[ $k -eq 1 ]]",
    ];
    const ran = forms.filter((form) => {
      const marker = join(directory, "ran");
      for (const key of ["$(touch ran)", "b[$(touch ran)]"])
        spawnSync(bash, ["-c", `declare -A a; b=(); k='${key}'; ${form}`], { cwd: directory });
      const did = existsSync(marker);
      rmSync(marker, { force: true });
      return did;
    });
    expect(ran).toEqual(forms);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test("the runtime has none of them", () => {
  const files = shellFiles([join(root, "templates/runtime")]).map((file) => ({
    file,
    text: readFileSync(file, "utf8"),
  }));
  const associative = new Set(files.flatMap(({ text }) => [...associativeArrays(text)]));
  const found = files.flatMap(({ file, text }) =>
    checkInjection(text, associative).map(({ line, rule }) => `${file}:${line} ${rule}`),
  );
  expect(found).toEqual([]);
});

test("README.md has the table of the rules", () => {
  const readme = readFileSync(join(root, "test/lint/README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, id, say]) => ({
    id,
    say: say?.replaceAll("\\|", "|"),
  }));
  expect(rows).toEqual(INJECTION.map(({ id, say }) => ({ id, say })));
});
