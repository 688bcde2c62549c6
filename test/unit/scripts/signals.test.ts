/** What a signal does to a program, whatever bash is at when it comes. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const templates = join(import.meta.dirname, "../../../templates");
const program = readFileSync(join(templates, "runtime/engine/program-end.sh"), "utf8");
const lvsgenRun = readFileSync(join(templates, "files/lvsgen-run.hbs"), "utf8");
const trapsOf = (text: string): string => (text.match(/^(close=.*|trap 'exit .* (INT|TERM|HUP))$/gm) ?? []).join("\n");

/** Where the signal comes, and what bash runs there. */
const moments = {
  "between two commands": "kill -s $1 $$; echo went on",
  // bash 5.2 runs a trap as the first thing when it reads the second of these, with its parser told to expect what is within.
  "just before a command substitution is read": "both=$(kill -s $1 $$)$(echo b); echo went on",
  "while a child is waited for": "sleep 5 &>/dev/null & { sleep 0.2; kill -s $1 $$; } & wait -n; wait; echo went on",
};
const signals = [
  ["INT", 130],
  ["TERM", 143],
  ["HUP", 129],
] as const;

describe.each(Object.entries(moments))("a signal %s", (_, moment) => {
  test.each(signals)("%s ends a script, which says so", (signal, code) => {
    const { status, stdout, stderr } = spawnSync(
      "bash",
      [
        "-c",
        `set -Eeuo pipefail; trap '' PIPE\n${program}\nended() { at=$(echo end)$(echo ed); echo "$at: $1"; }; log() { :; }\n` +
          `goodbye() { echo "last: $code"; }; finally goodbye; trap 'finish "$?"' EXIT\nend_on_signals\n${moment}`,
        "bash",
        signal,
      ],
      { encoding: "utf8" },
    );
    expect({ status, stdout, stderr }).toEqual({
      status: code,
      stdout: `ended: ended by SIG${signal}\nlast: ${code}\n`,
      stderr: "",
    });
  });

  test.each(signals)("%s ends lvsgen-run, which tidies up", (signal, code) => {
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["-c", `set -u\ntrap 'echo "$(echo tidy)"' EXIT\n${trapsOf(lvsgenRun)}\n${moment}`, "bash", signal],
      { encoding: "utf8" },
    );
    expect({ status, stdout, stderr }).toEqual({ status: code, stdout: "tidy\n", stderr: "" });
  });
});
