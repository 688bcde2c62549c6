// What a script does that did not arrive as it was written, or is not run as a file.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { withPreamble } from "../../../src/render/script.ts";
import { bash } from "./bundle.ts";

const directory = mkdtempSync(join(tmpdir(), "lvsgen-preamble-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const body = "\n# Part 2 of 3.\nprintf 'done %s\\n' \"$*\"\n# the last line, with ümlauts\n";
const script = withPreamble([body], "0".repeat(64)).join("");
const endOfPreamble = script.indexOf(body);

/** Runs these bytes as a file of this name. */
function runAs(bytes: string | Buffer, { name = "director.sh", words = ["a", "b c"], env = {}, shell = bash } = {}) {
  writeFileSync(join(directory, name), bytes);
  const { status, stdout, stderr } = spawnSync(shell, ["--", name, ...words], {
    cwd: directory,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], ...env },
  });
  return { status, stdout, stderr };
}

/** In bash, with the script beside it. */
function line(text: string) {
  writeFileSync(join(directory, "director.sh"), script);
  const { status, stdout, stderr } = spawnSync(bash, ["-c", text], { cwd: directory, encoding: "utf8" });
  return { status, stdout, stderr };
}

const done = { status: 0, stdout: "done a b c\n", stderr: "" };

describe("a whole script runs", () => {
  test.each<[string, Parameters<typeof runAs>[1]]>([
    ["as a file", {}],
    ["under a name that looks like an option", { name: "-n.sh" }],
    ["with shell options of the caller's", { env: { SHELLOPTS: "noglob:nounset", BASHOPTS: "nullglob:failglob" } }],
    ["where the caller wants POSIX", { env: { POSIXLY_CORRECT: "1" } }],
  ])("%s", (_name, options) => {
    expect(runAs(script, options)).toEqual(done);
  });

  test("through a link, a descriptor, PATH, and bash --posix", () => {
    const each = [
      "ln -sf director.sh link.sh; bash link.sh x",
      "bash /dev/stdin x < director.sh",
      "bash /proc/self/fd/7 x 7< director.sh",
      "PATH=$PWD:$PATH; cd /; bash director.sh x",
      "bash --posix director.sh x",
    ];
    for (const text of each) expect([text, line(text)]).toEqual([text, { status: 0, stdout: "done x\n", stderr: "" }]);
  });
});

describe("a script that is not whole runs nothing, and does not end with 0", () => {
  const runsNothing = (bytes: string | Buffer, what: string) => {
    const { status, stdout } = runAs(bytes);
    expect([what, status === 0, stdout]).toEqual([what, false, ""]);
  };

  test("cut after any line but the first, which no shell can tell from a script of one comment", () => {
    const bytes = Buffer.from(script);
    for (let at = bytes.indexOf("\n", 20); at >= 0 && at < bytes.length - 1; at = bytes.indexOf("\n", at + 1)) {
      runsNothing(bytes.subarray(0, at + 1), `cut after byte ${at + 1}`);
      runsNothing(bytes.subarray(0, at), `cut before byte ${at + 1}`);
    }
  }, 60_000);

  test("cut at any byte of the part that checks", () => {
    // (All of them take half a minute.)
    const bytes = Buffer.from(script);
    for (let at = 13; at < endOfPreamble; at += 7) runsNothing(bytes.subarray(0, at), `cut after byte ${at}`);
  }, 120_000);

  test.each([
    ["a line before it", `# hello\n${script}`],
    ["a line of '=' before it", `# ====\n${script}`],
    ["a byte order mark", `\uFEFF${script}`],
    ["a comment of the check changed", script.replace("Part 1 of 3", "Part 1 of 4")],
    ["a command put into the check", script.replace("\nlvsgen_path=", "\n: #\nlvsgen_path=")],
    ["a word behind its sum", script.replace(/^(lvsgen_sum=\S+)/m, "$1 lvsgen_x=1")],
    ["another sum", script.replace(/^lvsgen_sum=.*?(?= #)/m, `lvsgen_sum=${"0".repeat(64)}`)],
    ["another size", script.replace(/^lvsgen_size=(\d+)/m, "lvsgen_size=1$1")],
    ["a changed body", script.replace("done %s", "gone %s")],
    ["something behind its end", `${script}# more\n`],
    ["no line end at its end", script.slice(0, -1)],
    ["a NUL", script.replace("Part 2", "Part\0 2")],
    ["CRLF", script.replaceAll("\n", "\r\n")],
  ])("%s", (what, bytes) => {
    runsNothing(bytes, what);
  });

  test("says what is wrong", () => {
    expect(runAs(script.slice(0, -9)).stderr).toContain("it is cut short: ");
    expect(runAs(script.replaceAll("\n", "\r\n")).stderr).toContain("converted to CRLF");
    expect(runAs(`${script}#\n`).stderr).toContain("altered or damaged");
  });
});

describe("who runs it does not decide what the check finds", () => {
  const programs = ["sed", "sha256sum", "grep", "wc", "printf", "[", "test", "unset", "builtin", "command", "exec"];
  const words = ["export", "exit", "set", "echo", "return", ":", ".", "read", "local", "shopt", "declare", "cd"];
  const functions = Object.fromEntries(
    [...programs, ...words].map((name) => [`BASH_FUNC_${name}%%`, "() { /bin/echo evil; }"]),
  );
  const changed = script.replace("done %s", "gone %s");

  test("exported functions", () => {
    expect(runAs(script, { env: functions })).toEqual(done);
    expect(runAs(changed, { env: functions })).toMatchObject({ status: 1, stdout: "" });
    expect(runAs(changed, { env: { ...functions, SHELLOPTS: "privileged" } })).toMatchObject({ status: 1, stdout: "" });
  });

  test("programs in PATH", () => {
    for (const name of ["sed", "sha256sum"])
      writeFileSync(join(directory, name), "#!/bin/sh\n/usr/bin/sed 's/gone/done/' | /usr/bin/sha256sum\n", {
        mode: 0o755,
      });
    const env = { PATH: `${directory}:${process.env["PATH"]}` };
    expect(runAs(changed, { env })).toMatchObject({ status: 1, stdout: "" });
    for (const name of ["sed", "sha256sum"]) rmSync(join(directory, name));
  });
});

describe("not run as a file, it says so and does nothing", () => {
  test.each([
    "bash -s < director.sh",
    "cat director.sh | bash",
    "cat director.sh | bash -s apply",
    "bash <(cat director.sh)",
    "cat director.sh | bash /dev/stdin",
  ])("%s", (text) => {
    const { status, stdout, stderr } = line(text);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("must be run as a file");
  });

  test.each(["bash", "director.sh"])("sourced by a shell called %s: the shell lives", (name) => {
    const { status, stdout, stderr } = line(`exec -a ${name} bash -c '. ./director.sh; echo "alive $?"' ./${name}`);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "alive 1\n" });
    expect(stderr).toContain("not to be sourced");
  });

  test("another shell: 69", () => {
    const dash = spawnSync("dash", ["-c", ":"]).error === undefined;
    if (dash) expect(runAs(script, { shell: "dash" })).toMatchObject({ status: 69, stdout: "" });
  });
});
