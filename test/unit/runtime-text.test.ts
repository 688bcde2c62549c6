import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";

/** The runtime's own functions over files in a directory that stands for the root of a host. */
const prelude = `
set -Eeuo pipefail
shopt -s extglob
export LC_ALL=C
while read -r file; do
  [[ $file != *.sh ]] || source "$1/$file"
done < "$1/programs/role.list"
root=$2 lacking=1 cluster=kgc role=director script=test mutating=yes state_dir=$2/state generation=0001
declare -F sync_paths > /dev/null && sync_paths() { :; }
next() { IFS= read -r -d '' "$1"; }
shown() { if [[ -e $root$path ]]; then printf 'file\\0' && cat "$root$path" && printf '\\0'; else printf 'none\\0\\0'; fi; }
fresh() { # path and content of a case, no file where it is "none"
  next path && next there && next content || return 1
  rm -rf "$root" && mkdir -p "$root/state/blobs" "$root/state/generations" "$root/etc"
  [[ $there == none ]] || printf '%s' "$content" > "$root$path"
  stat_of=() loaded=() paths=() journal_keys=()
}
`;

const library = fileURLToPath(new URL("../../templates/runtime", import.meta.url));

/** Runs bash over NUL-terminated fields; its answer as fields. */
function ask(program: string, fields: readonly string[]): string[] {
  const root = mkdtempSync(join(tmpdir(), "lvsgen-text-"));
  try {
    const { status, stdout, stderr } = spawnSync(
      process.env["BASH42"] ?? "bash",
      ["-c", prelude + program, "test", library, root],
      { input: Buffer.from(fields.map((field) => `${field}\0`).join(""), "latin1") },
    );
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: "" });
    return stdout.toString("latin1").split("\0").slice(0, -1);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Lines that files of a system have, and what would trip a careless reader; text is bytes here. */
const line = fc.constantFrom(
  "",
  "#!/bin/bash",
  "#!/bin/sh\r",
  "exit 0",
  "exit 0\r",
  "  exit 0",
  "\texit",
  "exit",
  "exit 1 # why",
  "exit; :",
  "exits 0",
  "# exit 0",
  "touch /var/lock",
  "proc /proc proc defaults 0 0",
  'AUTO="false"',
  "AUTO=yes",
  "AUTO=",
  " AUTO=x",
  "AUTOMATIC=1",
  "SELINUX=enforcing",
  "SELINUXTYPE=targeted",
  "a\\tb \\\\ \\n %b %s",
  "$(touch /pwned) `id` $x *",
  "# BEGIN lvsgen kgc nfs",
  "# END lvsgen kgc nfs",
  "# BEGIN lvsgen kgc director of another",
  "\x01\x7f\x1b[31m",
  "\xc3\xa9\xff",
  "&",
  "-n",
  "'\"",
);
const text = fc
  .record({ lines: fc.array(line, { maxLength: 8 }), ended: fc.boolean() })
  .map(({ lines, ended }) => lines.join("\n") + (ended && lines.length > 0 ? "\n" : ""));
const blockText = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .map((lines) => lines.map((one) => `${one}\n`).join(""));
const file = fc.record({ there: fc.boolean(), content: text });
type File = { readonly there: boolean; readonly content: string };
const fieldsOf = ({ there, content }: File) => ["/etc/file", there ? "file" : "none", there ? content : ""];
const shown = ({ there, content }: File) => (there ? ["file", content] : ["none", ""]);
/** Some cases a bash. */
const several = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 4, maxLength: 8 });

test("what the journal keeps comes back, whatever it is", () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 30 }), (texts) => {
      const back = ask(
        'while next text; do escape "$text"; [[ $escaped != *[$\'\\n\\t\']* ]]; unescape "$escaped"; printf "%s\\0" "$unescaped"; done',
        texts,
      );
      expect(back).toEqual(texts);
    }),
    { numRuns: 20 },
  );
}, 300_000);

const blockProgram = `
put() { text=$2; block_probe "$path"; block_set "$path" "$1"; stat_of=() loaded=(); }
while fresh; do
  next place && next first && next second && next more
  block_record "$path"
  old=$record
  put "block $place" "$first" && shown
  put "block $place" "$second" && shown
  put "block $place" "$second" && shown
  cp -a "$root$path" "$root/kept"
  put "$old" '' && shown
  mv "$root/kept" "$root$path"
  printf '%s' "$more" >> "$root$path"
  put "$old" '' && shown
done`;

const framed = (block: string) => `# BEGIN lvsgen kgc director\n${block}# END lvsgen kgc director\n`;

const isExit = (one: string) => /^exit(?:[\s;#]|$)/.test(one);
const isRemark = (one: string) => /^[ \t\v\f\r]*(?:#|$)/.test(one);

const emptyLines = ["", "\n", "\n\n", "\na\n"].map((content) => ({
  file: { there: true, content },
  place: "end" as const,
  first: "one\n",
  second: "two\n",
}));

test("a block comes into a file and goes again, and everything around it stays bit for bit", () => {
  const cases = fc.record({ file, place: fc.constantFrom("end", "before-exit"), first: blockText, second: blockText });
  fc.assert(
    fc.property(several(cases), (drawn) => {
      const more = "# added by hand\n";
      const answer = ask(
        blockProgram,
        drawn.flatMap((one) => [...fieldsOf(one.file), one.place, one.first, one.second, more]),
      );
      for (const { file: was, place, first, second } of drawn) {
        const [, afterFirst = "", , afterSecond = "", , again, thereBack, back, , handMade] = answer.splice(0, 10);
        expect(again).toBe(afterSecond);
        expect(afterSecond).toBe(afterFirst.replace(framed(first), () => framed(second)));
        const [before = "", after, ...rest] = afterSecond.split(framed(second));
        expect(rest).toEqual([]);
        const given = was.there || place === "end" ? (was.there ? was.content : "") : "#!/bin/bash\n";
        expect([given, `${given}\n`]).toContain(before + after);
        if (place === "end") expect(after).toBe("");
        else expect(/^exit(?:[\s;#]|$)/m.test(before)).toBe(false);
        if (place !== "end" && after) {
          // Before the exit that ends it; or, where more than comments follows the first exit, before all commands.
          const [end = "", ...below] = after.split("\n");
          const isEnd = isExit(end) && below.every(isRemark);
          const [, ...beyond] = after.split("\n").slice(after.split("\n").findIndex(isExit));
          expect([isEnd, !beyond.every(isRemark) && before.split("\n").every(isRemark)]).toContain(true);
        }
        expect([thereBack, back]).toEqual(shown(was));
        expect(handMade).toBe(`${before}${after}${more}`);
      }
      expect(answer).toEqual([]);
    }),
    { numRuns: 8, examples: [[emptyLines]] },
  );
}, 300_000);

const settingProgram = `
put() { setting_probe "$path $1"; setting_set "$path $1" "$2"; stat_of=() loaded=(); }
while fresh; do
  next key && next value && next more
  setting_record "$path $key"
  old=$record
  put "$key" "$value" && shown
  setting_probe "$path $key" && printf '%s\\0' "$have"
  cp -a "$root$path" "$root/kept"
  put "$key" "$old" && shown
  mv "$root/kept" "$root$path"
  printf '%s' "$more" >> "$root$path"
  put "$key" "$old" && shown
done`;

test("a setting changes its lines alone, and goes back to what it was", () => {
  const cases = fc.record({
    file,
    key: fc.constantFrom("AUTO", "SELINUX"),
    value: fc.constantFrom('"true"', "permissive", "a=b", "x & y \\1"),
  });
  fc.assert(
    fc.property(several(cases), (drawn) => {
      const more = "\n# added by hand\n";
      const answer = ask(
        settingProgram,
        drawn.flatMap((one) => [...fieldsOf(one.file), one.key, one.value, more]),
      );
      for (const { file: was, key, value } of drawn) {
        const [, set, have, thereBack, back, , handMade = ""] = answer.splice(0, 7);
        const content = was.there ? was.content : "";
        const mine = (one: string) => one.startsWith(`${key}=`);
        const lines = content.split("\n");
        const expected = lines.some(mine)
          ? lines.map((one) => (mine(one) ? `${key}=${value}` : one)).join("\n")
          : `${content}${content === "" || content.endsWith("\n") ? "" : "\n"}${key}=${value}\n`;
        expect(set).toBe(expected);
        expect(have).toBe(value);
        expect([thereBack, back]).toEqual(shown(was));
        expect(handMade.endsWith(more)).toBe(true);
        expect(handMade.split("\n").filter((one) => !mine(one))).toEqual(
          `${set}${more}`.split("\n").filter((one) => !mine(one)),
        );
      }
      expect(answer).toEqual([]);
    }),
    { numRuns: 8 },
  );
}, 300_000);

const openedProgram = `
later() { stat_of=() loaded=(); }
put() { # PORT/PROTOCOL [closed]
  local path=$path mark content='' mode=- owner=- group=- rest marked line=''
  mark_of "$1"
  [[ \${2:-} ]] || line="insert rule inet f input tcp dport \${1%/*} accept comment \\"$mark\\""$'\\n'
  read_for_change "$path" && without_mark "$content" "$mark" && replace_file "$path" "$mode" "$rest$line" "$owner" "$group"
}
time_of() { stat -c %Y%a "$root$path"; }
while fresh; do
  next port && next hand
  touch -d '2001-02-03 04:05:06' "$root$path" && before=$(time_of)
  keep_rules_file "$path"
  put "$port" && later && shown
  printf '%s' "$hand" >> "$root$path"
  put 443/tcp && later && shown
  put 443/tcp closed && later && put "$port" closed && later && shown
  opened_undone "$path" "saved 0001.1" || opened_set "$path" "saved 0001.1" && later && shown
  opened_undone "$path" "saved 0001.1" && same=yes || same=no
  if [[ $before == "$(time_of)" ]]; then same+=' time'; fi
  printf '%s\\0' "$same"
done`;

test("ports that were open in the rules file leave it as it was, time stamp and all, but for what a hand wrote", () => {
  const rules = ["table inet f {\n}\n", "#!/usr/sbin/nft -f\n\nflush ruleset\n", "no line end"];
  for (const content of rules)
    for (const hand of ["", "# by hand\n"]) {
      const fields = ["/etc/nftables.conf", "file", content, "80/tcp", hand];
      const [, one = "", , two = "", , closed, , back, same] = ask(openedProgram, fields);
      const ended = content.endsWith("\n") ? content : `${content}\n`;
      const line = (port: number) => `insert rule inet f input tcp dport ${port} accept comment "lvsgen ${port}/tcp"\n`;
      expect(one).toBe(ended + line(80));
      expect(two).toBe(ended + line(80) + hand + line(443));
      expect(closed).toBe(ended + hand);
      expect(back).toBe(hand === "" ? content : ended + hand);
      expect(same).toBe(hand === "" ? "yes time" : "yes");
    }
}, 300_000);
