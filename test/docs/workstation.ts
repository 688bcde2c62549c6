/** The machine that a page's `$ ` is on: a folder with what a clone has, and `lvsgen`, `npx lvsgen` and `npm run lab` of this checkout. */
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Ran } from "./play.ts";

export class Workstation {
  readonly directory = mkdtempSync(join(tmpdir(), "lvsgen-docs-"));
  private readonly bin = join(this.directory, ".bin");

  /**
   * @param checkout with dist/ built
   * @param lab the name of the lab that `npm run lab` is about; null where there is none
   */
  constructor(checkout: string, lab: string | null) {
    const node = `'${process.execPath}'`;
    mkdirSync(this.bin);
    this.program("lvsgen", `exec ${node} '${join(checkout, "dist/start.cjs")}' "$@"`);
    this.program("npx", `[[ $1 == lvsgen ]] || { echo "npx $1: only lvsgen" >&2; exit 127; }\nexec "$@"`);
    const lead = lab === null ? 'echo "no lab here" >&2; exit 127' : "shift 3";
    this.program(
      "npm",
      `[[ "$1 $2 $3" == "run lab --" ]] || { echo "npm $*: only run lab --" >&2; exit 127; }
${lead}
exec ${node} '${join(checkout, "test/lab/lab.mjs")}' --name '${lab ?? ""}' "$@"`,
    );
    symlinkSync(join(checkout, "examples"), join(this.directory, "examples"));
  }

  private program(name: string, text: string): void {
    const file = join(this.bin, name);
    writeFileSync(file, `#!/bin/bash\n${text}\n`);
    chmodSync(file, 0o755);
  }

  write(name: string, text: string): void {
    const file = join(this.directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Runs a line as a shell does, in the folder that the line before has left it in. */
  run(command: string): Promise<Ran> {
    const {
      FORCE_COLOR: _force,
      NODE_OPTIONS: _options,
      LANG: _lang,
      LC_ALL: _all,
      LC_MESSAGES: _messages,
      ...env
    } = process.env;
    const remember = join(this.bin, "folder");
    const script = `cd "$(cat '${remember}' 2>/dev/null || echo .)" && { ${command}\n}; code=$?; pwd >'${remember}'; exit "$code"`;
    const child = spawn("bash", ["-c", `exec 2>&1\n${script}`], {
      cwd: this.directory,
      env: { ...env, PATH: `${this.bin}:${env["PATH"]}`, SHLVL: "2" },
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    // What it has started, too.
    const end = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended.
      }
    };
    process.once("exit", end);
    const printed: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => printed.push(chunk));
    return new Promise((resolve) => {
      child.on("close", (code) => {
        process.removeListener("exit", end);
        resolve({ code: code ?? 128, printed: Buffer.concat(printed).toString() });
      });
    });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
