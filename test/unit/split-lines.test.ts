// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
/** Lines of a text as an array, also where there is no room for a temporary file. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

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
