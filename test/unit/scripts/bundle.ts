import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Bundle } from "../../../src/bundle.ts";
import { compile } from "../../../src/compile.ts";

/** The bundle of a description that has to be accepted; the message names what was found otherwise. */
export async function bundleOf(description: unknown): Promise<Bundle> {
  const { bundle, diagnostics } = await compile(JSON.stringify(description));
  if (bundle === null)
    throw new Error(diagnostics.map(({ code, message, pointer }) => `${code} ${pointer}: ${message}`).join("\n"));
  return bundle;
}

export function textOf(bundle: Bundle, path: string): string {
  const file = bundle.files.find((one) => one.path === path);
  if (!file) throw new Error(`no ${path} in the bundle; it has ${bundle.files.map((one) => one.path).join(", ")}`);
  return file.chunks.join("");
}

/** A directory that a test may fill, gone when `use` ends. */
export function inDirectory<T>(use: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "lvsgen-test-"));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export function writeBundle(bundle: Bundle, directory: string): void {
  for (const { path, chunks } of bundle.files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), chunks.join(""));
  }
}

/** The shell that scripts are tried with: a real 4.2 where `BASH42` names one. */
export const bash = process.env["BASH42"] ?? "bash";

/** Runs a script as nobody special would: its exit code and output. */
export function run(directory: string, script: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(bash, [script, ...words], { cwd: directory, encoding: "utf8" });
  return { status, stdout, stderr };
}

export function syntaxIsFine(script: string): void {
  execFileSync(bash, ["-n", script], { stdio: ["ignore", "ignore", "pipe"] });
}

/** Every regular file below a directory, by its path there. */
export function tree(directory: string, below = ""): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(join(directory, below), { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) for (const [inner, text] of tree(directory, path)) files.set(inner, text);
    else files.set(path, readFileSync(join(directory, path), "utf8"));
  }
  return files;
}
