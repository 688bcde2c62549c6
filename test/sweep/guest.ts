import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dockerClient } from "../docker/engine.mjs";

/** The helper that bats and the suites share, called where it stands: this program runs from a file of its own elsewhere. */
function container(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("test/docker/container", words, {
    encoding: "utf8",
    env: { ...process.env, DOCKER: dockerClient(), LVSGEN_TEST_OWNER: String(process.pid) },
  });
  if (status !== 0) throw new Error(`container ${words.join(" ")}: ${stderr}`);
  return stdout.trim();
}

/** A machine that runs many guests at once may have no room for one more at first. */
function booted(start: () => string, tries = 5): string {
  try {
    return start();
  } catch (error) {
    if (tries === 1) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
    return booted(start, tries - 1);
  }
}

/** A Debian 12 guest with systemd as PID 1 for the programs that read what the sweep made. */
export class Guest {
  readonly #id: string;
  readonly #directory: string;

  constructor() {
    this.#directory = mkdtempSync(join(tmpdir(), "lvsgen-sweep-"));
    const image = process.env["LVSGEN_IMAGE_debian12"] ?? "lvsgen-test:debian12";
    this.#id = booted(() =>
      container("start", image, "sweep", "--nic", "ens33=192.168.80.12/24", "--mount", `${this.#directory}:/sweep`),
    );
  }

  /** Puts files at /sweep. */
  put(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(this.#directory, path, ".."), { recursive: true });
      writeFileSync(join(this.#directory, path), text);
    }
  }

  /** Standard output of a script of bash; throws where it fails. */
  run(script: string): string {
    const { status, stdout, stderr } = spawnSync(dockerClient(), ["exec", "-i", this.#id, "bash"], {
      input: script,
      encoding: "utf8",
      maxBuffer: 1 << 30,
    });
    if (status !== 0) throw new Error(`${script.slice(0, 200)}: ${stderr.slice(0, 500)} (${status})`);
    return stdout;
  }

  end(): void {
    container("rm", this.#id);
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
