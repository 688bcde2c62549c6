import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { safe } from "../diagnostics/excerpt.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { type Problem, printProblem } from "../terminal/problem.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** A program with the arguments that go before its own. */
type Launcher = readonly [program: string, ...args: string[]];

/** Milliseconds; the npm package of shellcheck looks for its program in the network when it has none. */
const patience = 20_000;

/**
 * Every `shellcheck` on PATH, for the first one may be npm's wrapper around a program that was never downloaded; then
 * that wrapper as it is installed for lvsgen itself. Nothing is looked for in the current directory, which may be
 * anybody's: it is what a relative or an empty entry of PATH means.
 */
function launchers(): readonly Launcher[] {
  const name = process.platform === "win32" ? "shellcheck.exe" : "shellcheck";
  const onPath = (process.env["PATH"] ?? "").split(delimiter).map((directory): Launcher => [join(directory, name)]);
  const wrapper = join("shellcheck", "bin", "shellcheck.js");
  const beside = (require.resolve.paths("shellcheck") ?? []).map(
    (directory): Launcher => [process.execPath, join(directory, wrapper)],
  );
  return [...onPath, ...beside].filter((launcher) => {
    const file = launcher.at(-1) ?? "";
    return isAbsolute(file) && existsSync(file);
  });
}

/** Runs shellcheck over the scripts of a bundle and shows its findings as they are. */
export function lint(directory: string, terminal: Terminal): ExitCode {
  const scripts = scriptsIn(directory);
  if (scripts.length === 0) return fail(noScripts(directory), terminal);
  const launcher = launchers().find(works);
  if (launcher === undefined) return fail(noShellcheck, terminal);

  const { status } = start(
    [...launcher, "--shell=bash", "--", ...scripts.map((name) => join(directory, name))],
    "inherit",
  );
  if (status !== 0) return exitCode.findings;
  terminal.out.write(`${safe(directory)}: shellcheck finds nothing in ${safe(scripts.join(", "))}\n`);
  return exitCode.ok;
}

function fail(problem: Problem, { err }: Terminal): ExitCode {
  printProblem(problem, err);
  return problem.exitCode;
}

function scriptsIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(".sh"))
      .sort();
  } catch {
    return [];
  }
}

function works(launcher: Launcher): boolean {
  const { status, stdout } = start([...launcher, "--version"], "pipe", { timeout: patience });
  return status === 0 && stdout?.includes("ShellCheck") === true;
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string | null;
}

function start([program, ...args]: Launcher, stdio: "inherit" | "pipe", options: { timeout?: number } = {}): Ended {
  return spawnSync(program, args, { stdio, encoding: "utf8", ...options });
}

function noScripts(directory: string): Problem {
  return {
    code: "NO_SCRIPTS",
    file: directory,
    message: "no scripts in this directory",
    hint: "build them first (lvsgen build), or name the directory that has them",
    exitCode: exitCode.noInput,
  };
}

const noShellcheck: Problem = {
  code: "NO_SHELLCHECK",
  file: "shellcheck",
  message: "not installed",
  hint: "install it (apt-get install shellcheck, dnf install ShellCheck; beside an lvsgen that npm installed: npm install shellcheck)",
  exitCode: exitCode.unavailable,
};
