/** What runs on hosts keeps to what the scripts keep to. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hostProgram, inputFor } from "../../../src/commands/rollout/host-program.ts";
import { isFolder } from "../../../src/rollout/record.ts";
import { checkBash42 } from "../../lint/bash42.ts";
import { checkInjection } from "../../lint/injection.ts";

test("it is within bash 4.2 and EL7's tools, and no text becomes a command", () => {
  expect(checkBash42(`#!/usr/bin/env bash\n${hostProgram}`)).toEqual([]);
  expect(checkInjection(`#!/usr/bin/env bash\n${hostProgram}`, new Set())).toEqual([]);
});

describe("what it is told", () => {
  const words = ["it's", "$(touch x)", "a b", "--", "`id`", "\\"];

  test("is text in every shell word, and the script arrives byte for byte", () => {
    const content = Buffer.from("#!/bin/bash\n# \xff no line end", "latin1");
    const sum = createHash("sha256").update(content).digest("hex");
    // The words are set before anything of the program is read.
    const input = inputFor({ kind: "run", script: "a.sh", content, sum, words, secrets: null }, "mark");
    const told = input.toString("latin1");
    const head = told.slice(0, told.indexOf("{\n"));
    const { stdout } = spawnSync("/bin/bash", ["-s"], { input: `${head}\nprintf '<%s>' "$@"`, encoding: "utf8" });
    expect(stdout).toBe(words.map((word) => `<${word}>`).join(""));
    expect(input.subarray(-content.length).equals(content)).toBe(true);
  });

  test("a directory to ask for is one that mktemp made, and nothing else", () => {
    for (const folder of ["/tmp/lvsgen-rollout.AbCdEfGh12", "/var/tmp/lvsgen-rollout.0000000000"])
      expect(isFolder(folder)).toBe(true);
    for (const folder of [
      "/",
      "/tmp",
      "tmp/lvsgen-rollout.AbCdEfGh12",
      "/tmp/lvsgen-rollout.AbCdEfGh12/x",
      "/tmp/lvsgen-rollout.'; rm x",
      7,
    ])
      expect(isFolder(folder)).toBe(false);
  });
});

test("a script that did not arrive whole is not begun", () => {
  const input = inputFor(
    { kind: "run", script: "a.sh", content: Buffer.from("exit 0\n"), sum: "0".repeat(64), words: [], secrets: null },
    "mark",
  );
  const { stdout, status } = spawnSync("/bin/bash", ["-s"], { input, encoding: "utf8" });
  expect({ stdout, status }).toEqual({ stdout: "mark refused sum\n", status: 0 });
});

test("where nobody says go, nothing is begun and nothing is left", () => {
  const content = Buffer.from("touch /nonexistent/begun\n");
  const sum = createHash("sha256").update(content).digest("hex");
  const input = inputFor({ kind: "run", script: "a.sh", content, sum, words: [], secrets: null }, "mark");
  const { stdout } = spawnSync("/bin/bash", ["-s"], { input, encoding: "utf8" });
  const [, folder = ""] = /^mark ready (\S+)\n$/.exec(stdout) ?? [];
  expect(isFolder(folder)).toBe(true);
  expect(spawnSync("/usr/bin/test", ["-e", folder]).status).toBe(1);
});

test("a file of secrets lies beside the script while it runs, for its owner alone, and goes with it", () => {
  const content = Buffer.from('cd -- "$(dirname -- "$0")" && cat secrets-web1 && stat -c %a secrets-web1\n');
  const sum = createHash("sha256").update(content).digest("hex");
  const secret = Buffer.from("lvsgen-secrets 1\n\xff no line end", "latin1");
  const secrets = { name: "secrets-web1", content: secret };
  const asked = inputFor({ kind: "run", script: "a.sh", content, sum, words: [], secrets }, "mark");
  expect(asked.subarray(0, asked.indexOf(content)).includes(secret)).toBe(false);
  const input = Buffer.concat([asked, Buffer.from("go\ndone\n")]);
  const { stdout } = spawnSync("/bin/bash", ["-s"], { input, encoding: "latin1" });
  const [, folder = ""] = /^mark ready (\S+)$/m.exec(stdout) ?? [];
  expect(stdout).toContain(`mark begun\n${secret.toString("latin1")}600\n`);
  expect(isFolder(folder)).toBe(true);
  expect(spawnSync("/usr/bin/test", ["-e", folder]).status).toBe(1);
});
