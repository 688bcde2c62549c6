// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { describe, expect, test } from "vitest";
import { checkBash42 } from "../../lint/bash42.ts";
import { MASK, mask } from "../../lint/mask.ts";
import { LANGUAGE, TOOLS } from "../../lint/rules.ts";

/** Per rule: what it must find, and the nearest thing that bash 4.2 and EL7 do understand. */
const samples: Readonly<Record<string, { bad: readonly string[]; good: readonly string[] }>> = {
  nameref: {
    bad: ["local -n out=$1", "declare -gn x=y", "local -r -n x=y"],
    good: ["local -r n=1", "printf 'local -n'"],
  },
  "unset-n": { bad: ["unset -n x"], good: ["unset -v x", "unset n"] },
  "is-nameref": { bad: ["[[ -R x ]]"], good: ["[[ -r x ]]"] },
  "element-is-set": {
    bad: ["[[ -v m[k] ]]", 'test -v "m[$k]"', "[[ $x && -v m[k] ]]"],
    good: ["[[ -v m ]]", 'printf -v "a[3]" %s x', "printf -v m[k] %s x"],
  },
  "negative-index": { bad: ["a[-1]=x", "a[-2]+=x"], good: ["x=${a[-1]}", "a[1]=-1"] },
  "negative-unset": { bad: ["unset 'a[-1]'", "unset a[-1]"], good: ["unset 'a[1]'"] },
  "wait-n": { bad: ["wait -n"], good: ["wait $!", 'say "wait -n"'] },
  "wait-fp": { bad: ["wait -p id", "wait -f 3"], good: ["wait 3"] },
  "global-array": {
    bad: ["declare -gA m=([k]=v)", "declare -Ag m=()", "typeset -r -gA m=()"],
    good: ["declare -gA m; m=([k]=v)", "declare -A m=([k]=v)", "declare -ga a=(1)"],
  },
  "date-without-time": {
    bad: ["printf '%(%F)T\\n'", 'printf "%(%s)T"; x=1', "printf -v now '%(%s)T'"],
    good: ["printf '%(%F)T\\n' -1", "printf -v now '%(%s)T' -1"],
  },
  transform: { bad: ["${x@Q}", '"${a[@]@Q}"', '"$(f "${x@A}")"'], good: ["${!x@}", "'${x@Q}'", "${a[@]+x}"] },
  "local-dash": { bad: ["local -", "local x - ; set -f"], good: ["local x=-"] },
  "mapfile-d": { bad: ["mapfile -d '' a", "readarray -t -d x a"], good: ["mapfile -t a"] },
  "wait-substitution": { bad: ["cat < <(f)\nwait $!"], good: ["f & wait $!"] },
  "unguarded-array": {
    bad: ['for x in "${a[@]}"; do', 'f "${a[@]:1}"', 'x="${m[*]}"', '${b[@]+"${a[@]}"}'],
    good: [
      'f ${a[@]+"${a[@]}"}',
      "x=${#a[@]}",
      'f "${!a[@]}"',
      'f "$@"',
      'f "${a[@]}" # never empty',
      "x=${FUNCNAME[*]}",
    ],
  },
  "local-I": { bad: ["local -I x"], good: ["local -i x"] },
  "function-substitution": { bad: ["x=${ f; }", "x=${|f; }"], good: ["x=${f}"] },
  "read-E": { bad: ["read -r -E x"], good: ["read -r x"] },
  "source-p": { bad: ["source -p x y", ". -p x y"], good: [". ./x", "f . -p"] },
  "quoted-replacement": {
    bad: ['x="${y//a/"b"}"', `x="\${y/a/'b'}"`, 'x="$(f "${y//\\//"$z"}")"'],
    good: ['x="${y//a/$b}"', 'x=${y//a/"b"}', 'x="${y:-"b"}"', 'x="${y#"$z"}"', 'x="${y//\\"/b}"'],
  },
  "shopt-inherit_errexit": {
    bad: ["shopt -s inherit_errexit", "shopt -s nullglob inherit_errexit"],
    good: ["shopt -s nullglob"],
  },
  "variable-EPOCHSECONDS": { bad: ["x=$EPOCHSECONDS", '"${EPOCHSECONDS}"'], good: ["x=$SECONDS", "'$EPOCHSECONDS'"] },
  "sync-option": { bad: ["sync -f /etc", "sync -d x"], good: ["sync", 'sync -- "$x"'] },
  "checksum-ignore-missing": { bad: ["sha256sum -c --ignore-missing x"], good: ["sha256sum -c x"] },
  "checksum-zero": { bad: ["sha256sum -z x"], good: ["sort -z x | sha256sum"] },
  "env-split": { bad: ["env -S x", "env -C / ls"], good: ["env -i ls"] },
  "timeout-verbose": { bad: ["timeout -v 3 x"], good: ["timeout -k 1 3 x"] },
  b2sum: { bad: ["b2sum x"], good: ["sha256sum b2sum.txt"] },
  "ls-zero": { bad: ["ls --zero"], good: ["ls -1"] },
  "mv-exchange": { bad: ["mv --exchange a b"], good: ["mv -T a b"] },
  "setsid-wait": { bad: ["setsid -w x", "setsid --fork x"], good: ["setsid bash x"] },
  "flock-verbose": { bad: ["flock --verbose 9"], good: ["flock -n -E 75 9", "flock -w 3 9"] },
  "findmnt-json": { bad: ["findmnt -J", "lsblk -OJ"], good: ["findmnt -rn"] },
  "systemctl-value": {
    bad: ["systemctl show --value -p Id x"],
    good: ["systemctl show -p Id x", "systemctl show -p Id x | f --value"],
  },
  "systemctl-wait": { bad: ["systemctl is-system-running --wait"], good: ["systemctl is-active x"] },
  "systemd-run": {
    bad: ["systemd-run --wait x", "systemd-run --unit=a --collect x"],
    good: ["systemd-run --unit=a --on-active=5 x"],
  },
  "ip-json": { bad: ["ip -j addr", "ip -4 -json route"], good: ["ip -o addr", "ip addr del 1.2.3.4/32 dev lo"] },
  "ss-no-header": { bad: ["ss -Hltn", "ss -H"], good: ["ss -ltn"] },
  "diff-color": { bad: ["diff -u --color=auto a b"], good: ["diff -u a b"] },
  "curl-new": {
    bad: ["curl -s --path-as-is x", "curl -s --connect-to a:b:c:d x"],
    good: ["curl -sS --globoff --max-time 3 x"],
  },
  "curl-fraction": { bad: ["curl --max-time 0.5 x", "curl -m 1.5 x"], good: ["curl --max-time 5 http://1.2.3.4/"] },
  "gawk-new": { bad: ["awk -i inplace x"], good: ["awk -v i=1 x"] },
  "other-language": {
    bad: ["perl -e x", "x=$(python3 y)", "f | jq ."],
    good: ["say perl", "python_of() { :; }", "rpm -q perl"],
  },
};

const found = (text: string): readonly string[] => checkBash42(`${text}\n`).map(({ rule }) => rule);

describe("every rule", () => {
  for (const [rule, { bad, good }] of Object.entries(samples)) {
    test.each(bad)(`${rule} finds %s`, (text) => expect(found(text)).toContain(rule));
    test.each(good)(`${rule} leaves %s`, (text) => expect(found(text)).not.toContain(rule));
  }

  test("has samples; of shopts and variables one each", () => {
    const kinds = [...LANGUAGE, ...TOOLS].map(({ id }) => id).filter((id) => !/^(?:shopt|variable)-/.test(id));
    expect(Object.keys(samples)).toEqual(expect.arrayContaining(kinds));
  });
});

test("a finding says where", () => {
  expect(checkBash42("x=1\n  wait -n\n")).toMatchObject([{ rule: "wait-n", since: "4.3", line: 2, column: 3 }]);
});

describe("data is not code", () => {
  test.each([
    ["comment", "x=1 # ${x@Q}"],
    ["quoted heredoc", "cat <<'END'\n${x@Q}\nwait -n\nEND\nx=1"],
    ["heredoc with tabs", "cat <<-'END'\n\t${x@Q}\n\tEND\nx=1"],
    ["literal text of an open heredoc", "cat <<END\nwait -n $x\nEND"],
    ["ANSI-C string", "x=$'it\\'s ${x@Q}'"],
    ["string beside an apostrophe", `x="don't"; y='\${x@Q}'`],
  ])("%s", (_name, text) => expect(found(text)).toEqual([]));

  test.each([
    ["after a quoted heredoc", "cat <<'END'\nit's\nEND\nwait -n"],
    ["in an open heredoc", "cat <<END\n${x@Q}\nEND"],
    ["in a command substitution in a string", 'x="$(wait -n)"'],
    ["after a case pattern in a substitution", "x=$(case $y in a) f ;; esac); wait -n"],
    ["after a shift in arithmetic", "((x << 2))\nwait -n"],
    ["after a hash that is no comment", "x=${#y} z=${y#*#}; wait -n"],
    ["in backticks", "x=`wait -n`"],
    ["after a here-string", "f <<<'x'; wait -n"],
  ])("but %s it is code", (_name, text) => expect(found(text)).toHaveLength(1));

  test("masked text keeps its length and lines", () => {
    const text = "a 'b\nc' \"d $(e 'f')\" # g\ncat <<'X'\nh\nX\ni";
    const { code } = mask(text);
    expect(code).toHaveLength(text.length);
    expect(code.split("\n").map((line) => line.replaceAll(MASK, "."))).toEqual([
      "a '.",
      ".' \"..$(e '.')\" ...",
      "cat <<'X'",
      ".",
      ".",
      "i",
    ]);
  });
});
