import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { plainEnvironment, program, run, workplace } from "./command-line.ts";

const commands = [
  "build",
  "validate",
  "verify-bundle",
  "status",
  "rollout",
  "diff",
  "import",
  "packages",
  "explain",
  "schema",
  "init",
  "lint",
  "completion",
];
const here = workplace();

test("--help names every command, gives examples and the exit codes", () => {
  const { code, out } = run(["--help"]);
  expect(code).toBe(0);
  for (const command of commands) expect(out).toMatch(new RegExp(`^ {2}${command} `, "m"));
  expect(out).toContain("Examples:");
  expect(out).toContain("73");
});

test.each(commands)("%s --help has an example", (command) => {
  const { code, out } = run([command, "--help"]);
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`Examples?:\n.*lvsgen ${command}`, "s"));
});

test("--version is that of the package", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect(run(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test.each([
  ["no command", [], "Usage:"],
  ["an unknown command", ["biuld"], "build?"],
  ["an unknown option", ["build", "--chek"], "--check?"],
  ["too many operands", ["build", "a.json", "b.json"], "build --help"],
  ["an option without its value", ["build", "-o"], "build --help"],
  ["options that exclude each other", ["build", "--check", "--watch"], "--check"],
  ["standard input to watch", ["build", "-", "--watch"], "standard input"],
  ["a shell that is not known", ["completion", "fish"], "bash, zsh"],
  ["a code that is not known", ["explain", "VIP_IS_HOST_ADRESS"], "VIP_IS_HOST_ADDRESS?"],
])("wrong usage is 64 with a remedy: %s", (_name, args, remedy) => {
  const { code, out, err } = here.lvsgen(...args);
  expect(code).toBe(64);
  expect(out).toBe("");
  expect(err).toContain(remedy);
});

test.each([
  [["biuld", "--help"]],
  [["biuld", "-h"]],
  [["help", "biuld"]],
  [["--no-color", "biuld", "--help"]],
  [["--language", "en", "help", "biuld"]],
])("help of an unknown command is wrong usage: %j", (args) => {
  const { code, out, err } = here.lvsgen(...args);
  expect({ code, out }).toEqual({ code: 64, out: "" });
  expect(err).toContain("unknown command 'biuld'");
  expect(err).toContain("build?");
});

test.each([[["help"]], [["help", "build"]], [["--language", "en", "build", "--help"]], [["-h"]]])(
  "%j is answered",
  (args) => {
    expect(here.lvsgen(...args)).toMatchObject({ code: 0, err: "" });
  },
);

test("a description that is not there is no matter of build alone", () => {
  const { code, err } = here.lvsgen("validate", "nosuch.json");
  expect(code).toBe(66);
  expect(err).toContain("name the description, or write a first one with: lvsgen init");
});

test.each([
  ["nothing forces it", [], {}, false],
  ["FORCE_COLOR", [], { FORCE_COLOR: "1" }, true],
  ["FORCE_COLOR=0", [], { FORCE_COLOR: "0" }, false],
  ["NO_COLOR over FORCE_COLOR", [], { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ["an empty NO_COLOR", [], { FORCE_COLOR: "1", NO_COLOR: "" }, true],
  ["--color over NO_COLOR", ["--color"], { NO_COLOR: "1" }, true],
  ["--no-color over FORCE_COLOR", ["--no-color"], { FORCE_COLOR: "1" }, false],
])("colours: %s", (_name, args, environment, expected) => {
  const { out, err } = run(["explain", "UNKNOWN_HOST", ...args], { env: { ...plainEnvironment(), ...environment } });
  expect(err).not.toContain("internal error");
  expect(out.includes("\u001b[")).toBe(expected);
});

test("a reader that has gone is no error", async () => {
  const child = spawn(process.execPath, [program, "schema"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  // As of a program that the signal ends: how it would have ended is not known.
  const [code] = (await once(child, "close")) as [number];
  expect({ code, err }).toEqual({ code: 141, err: "" });
});

/** A shell in the test's directory; `lvsgen` there is the program. */
function shell(command: string) {
  const lvsgen = `lvsgen() { '${process.execPath}' '${program}' "$@"; }`;
  return spawnSync("bash", ["-c", `${lvsgen}; ${command}`], {
    cwd: here.path,
    env: plainEnvironment(),
    encoding: "utf8",
  });
}

test("a full disk behind standard output is said, and is no success", () => {
  expect(shell("lvsgen schema > /dev/full")).toMatchObject({
    status: 73,
    stderr: "error: cannot write to standard output (ENOSPC): what it goes to is full or gone\n",
  });
});

test("a reader of a pipe that goes early makes no success of a failure", () => {
  here.write("cluster.json", JSON.stringify({ version: 1, name: "wrong", hosts: {}, extra: 1, more: 2 }));
  const ends = shell(
    `lvsgen validate 2>&1 | true; echo "\${PIPESTATUS[0]}"; set -o pipefail; lvsgen validate 2>&1 | cat >/dev/null`,
  );
  expect(["141\n", "1\n"]).toContain(ends.stdout);
  expect(ends.status).toBe(1);
});

test("a pipe that takes only part of the output at once gets the rest", () => {
  const hosts = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`web${index}`, { adress: "" }]));
  here.write("cluster.json", JSON.stringify({ version: 1, name: "wrong", hosts }));
  const { code, out } = here.lvsgen("validate", "--json");
  expect(code).toBe(1);
  expect(out.length).toBeGreaterThan(2 ** 17);
  // Whoever shares the pipe may have made it one that never waits.
  const nonBlocking = "perl -MFcntl -e 'fcntl(STDOUT, F_SETFL, O_WRONLY | O_NONBLOCK) or die; exec @ARGV'";
  const slow = shell(
    `set -o pipefail; ${nonBlocking} '${process.execPath}' '${program}' validate --json | { sleep 0.5; cat; }`,
  );
  expect(slow).toMatchObject({ status: 1, stderr: "" });
  expect(slow.stdout).toBe(out);
});
