/** Runs the bundled command line as its users do: as a process, in a directory, with an environment. */
import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach } from "vitest";

export const program = resolve("dist/start.cjs");
export const procedure = resolve("examples/kgc.json");

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The environment of the tests without what would colour the output, or have it in another language. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _force, NO_COLOR: _no, NODE_OPTIONS: _options, ...rest } = process.env;
  const { LANG: _lang, LC_ALL: _all, LC_MESSAGES: _messages, ...plain } = rest;
  return plain;
}

export function run(args: readonly string[], options: SpawnSyncOptions = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    env: plainEnvironment(),
    ...options,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

export interface Workplace {
  readonly path: string;
  readonly lvsgen: (...args: string[]) => Run;
  readonly file: (name: string) => string;
  readonly write: (name: string, text: string | Buffer) => void;
  readonly read: (name: string) => string;
}

/** An empty directory for every test of the file, which the command runs in. */
export function workplace(): Workplace {
  let path = "";
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), "lvsgen-cli-"));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));
  const file = (name: string): string => join(path, name);
  return {
    get path() {
      return path;
    },
    lvsgen: (...args) => run(args, { cwd: path }),
    file,
    write: (name, text) => writeFileSync(file(name), text),
    read: (name) => readFileSync(file(name), "utf8"),
  };
}

/** A small description that builds. */
export const small = JSON.stringify({
  version: 1,
  name: "small",
  defaults: { platform: "debian12", interface: "eth0" },
  hosts: {
    lvs1: { address: "10.0.0.1/24" },
    web1: { address: "10.0.0.11/24" },
    web2: { address: "10.0.0.12/24" },
  },
  directors: ["lvs1"],
  services: [{ name: "web", vip: "10.0.0.100", port: 80, realservers: [{ host: "web1" }, { host: "web2" }] }],
});

/** The same with a key that is misspelt. */
export const misspelt = small.replace('"port"', '"prot"');
