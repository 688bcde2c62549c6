// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
/** Lines of a text as an array, also where there is no room for a temporary file. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const words = join(import.meta.dirname, "../../templates/runtime/engine/words.sh");

function lines(text: string, room: "there is room" | "none" | "none, nor a descriptor"): string {
  const full =
    room !== "there is room"
      ? "mount -t tmpfs -o size=4k none /mnt; head -c 1M /dev/zero >/mnt/full 2>/dev/null || :"
      : ":";
  const { stdout } = spawnSync(
    "unshare",
    [
      "-m",
      "bash",
      "-c",
      `set -Eeuo pipefail
export LC_ALL=C TMPDIR=/mnt
${full}
source "$1"
die() { printf 'died: %s\\n' "$2"; exit 1; }
text=$(cat; printf .) text=\${text%.}
text_lines=(of before)
${room === "none, nor a descriptor" ? "ulimit -n 3" : ":"}
# As those do that ask whether something is so: no error ends the run within.
if split_lines "$text"; then printf '%s lines, the last one %s' "\${#text_lines[@]}" "\${text_lines[\${#text_lines[@]} - 1]}"; fi`,
      "bash",
      words,
    ],
    { encoding: "utf8", input: text },
  );
  return stdout;
}

const long = `${"x".repeat(99)}\n`.repeat(1000);

test.each([
  ["", "1 lines, the last one "],
  ["a\n\nb", "3 lines, the last one b"],
  ["\na", "2 lines, the last one a"],
  ["a\n", "2 lines, the last one "],
  ["a  b\n /*  ~ $x ", "2 lines, the last one  /*  ~ $x "],
  ["a\u0001\nb\u007f\\", "2 lines, the last one b\u007f\\"],
  [`${long}end`, "1001 lines, the last one end"],
])("%#", (text, said) => {
  expect(lines(text, "there is room")).toBe(said);
});

test.each([
  [" a\t/*\n~  [b] ", "a|/*|~|[b]|"],
  ["", ""],
  ["a\u0001b c\u007f", "a\u0001b|c\u007f|"],
])("words: %j", (text, said) => {
  const { stdout } = spawnSync(
    "bash",
    [
      "-c",
      'set -Eeuo pipefail; export LC_ALL=C; source "$1"; split_words "$2"; printf "%s|" ${words[@]+"${words[@]}"}',
      "bash",
      words,
      text,
    ],
    { encoding: "utf8" },
  );
  expect(stdout.replace(/^\|$/, "")).toBe(said);
});

test("without room another process writes it, and without that the run ends", () => {
  for (const room of ["none", "none, nor a descriptor"] as const)
    expect(lines("a\nb", room)).toBe("2 lines, the last one b");
  expect(lines("a\n\nb", "none")).toBe("3 lines, the last one b");
  expect(lines(`${long}end`, "none")).toBe("1001 lines, the last one end");
  const died = "died: no temporary file can be written in /mnt, nor in /tmp\n";
  for (const text of ["a\n\nb", `${long}end`]) expect(lines(text, "none, nor a descriptor")).toBe(died);
});

describe("where no temporary file can be written, nothing is taken for empty", () => {
  const runtime = join(import.meta.dirname, "../../templates/runtime");
  // More than a pipe holds, which bash takes in place of a file since 5.1.
  const more = `${"# a line of somebody's\n".repeat(5000)}`;

  test.each([
    [
      "kinds/mount-others.sh",
      'go_through_blocks once; printf %s "$content"',
      `${more}# BEGIN lvsgen a realserver\n1.2.3.4:/x /www nfs ro 0 0\n# END lvsgen a realserver\n`,
      `${more}# BEGIN lvsgen a realserver\n1.2.3.4:/x /www nfs ro 0 0\n# END lvsgen a realserver\n`,
    ],
    ["kinds/firewall-file.sh", 'without_mark "$content" mine; printf %s "$rest"', `${more}of me "mine"\n`, more],
    ["engine/displaced-lines.sh", 'without_lines "$content" $\'out\\n\'; printf %s "$kept"', `${more}out\n`, more],
    [
      "engine/displaced-lines.sh",
      'with_lines "$content" $\'out\\n\' "$content"$\'out\\n\'; printf %s "$merged"',
      more,
      `${more}out\n`,
    ],
    [
      "engine/contradictions.sh",
      'load_elsewhere() { :; }; contradicts() { return 1; }; unescape() { unescaped=$1; }; without_contradictions "$content"; printf %s "$holding"',
      more,
      more,
    ],
    [
      "facts/kept-out.sh",
      "declare -A rules_of_chain=(['nft ip filter INPUT']=\"$content\"drop); set='nft ip filter' refusals='' said='' shown='chain' let_in=''; bare_rule() { rule=\" $1 \"; }; meet_chain INPUT; printf %s \"$refusals\"",
      more,
      "drop",
    ],
  ])("%s: %s", (file, command, content, expected) => {
    const { stdout, stderr } = spawnSync(
      "unshare",
      [
        "-m",
        "bash",
        "-c",
        `set -Eeuo pipefail
shopt -s extglob
kind() { :; }
accept() { :; }
mark_block() { :; }
split_mount_line() { return 1; }
die() { printf 'died: %s\\n' "$2"; exit 1; }
source "$1/engine/words.sh"; source "$1/$2"
content=$(cat; printf .) content=\${content%.}
# The sources may lie below /tmp.
mount -t tmpfs -o size=4k none /mnt; head -c 1M /dev/zero >/mnt/full 2>/dev/null || :
mount -t tmpfs -o size=4k none /tmp; head -c 1M /dev/zero >/tmp/full 2>/dev/null || :
mount -t tmpfs -o size=4k none /var/tmp; head -c 1M /dev/zero >/var/tmp/full 2>/dev/null || :
export LC_ALL=C TMPDIR=/mnt
${command}`,
        "bash",
        runtime,
        file,
      ],
      { encoding: "utf8", input: content },
    );
    expect(stderr).toBe("");
    expect(stdout === expected ? "as it should be" : stdout.slice(0, 200)).toBe("as it should be");
  });
});
