import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { expand } from "../../../src/expand/index.ts";
import type { Service } from "../../../src/generated/config.ts";
import { english } from "../../../src/language/index.ts";
import type { Cluster } from "../../../src/model.ts";
import { planClient } from "../../../src/plan/client/index.ts";
import { clientChunks } from "../../../src/render/client.ts";
import { resolve } from "../../../src/resolve/index.ts";
import { validate } from "../../../src/validate/index.ts";

/** A cluster on loopback addresses, which `check` would rightly refuse. */
export function clusterOf(
  services: readonly unknown[],
  pages: Readonly<Record<string, string>> = {},
  directors: readonly string[] = ["lvs1"],
): Cluster {
  const file = (host: string) =>
    pages[host] === undefined ? {} : { files: [{ path: "/var/www/html/index.html", content: pages[host] }] };
  const { config, diagnostics } = validate({
    version: 1,
    name: "kgc",
    defaults: { platform: "el7", interface: "ens33" },
    hosts: {
      lvs1: { address: "127.0.1.10/24", address6: "fd00::10/64" },
      ...(directors.length > 1 ? { lvs2: { address: "127.0.1.11/24", address6: "fd00::11/64" } } : {}),
      web1: { address: "127.0.1.12/24", address6: "fd00::12/64", ...file("web1") },
      web2: { address: "127.0.1.13/24", address6: "fd00::13/64", ...file("web2") },
      web3: { address: "127.0.1.14/24", address6: "fd00::14/64", ...file("web3") },
      pc: { address: "127.0.1.200/24" },
    },
    directors: [...directors],
    ...(directors.length > 1 ? { ha: { routerId: 80 } } : {}),
    services: services as Service[],
    clients: ["pc"],
  });
  if (config === null) throw new Error(JSON.stringify(diagnostics, null, 2));
  const resolved = resolve(expand(config).config);
  if (resolved.diagnostics.length > 0) throw new Error(JSON.stringify(resolved.diagnostics, null, 2));
  return resolved.cluster;
}

export function scriptText(cluster: Cluster): string {
  const script = planClient(cluster);
  if (script === null) throw new Error("the cluster has no clients");
  return clientChunks(cluster, script, english).join("");
}

/** The script with functions of its runtime replaced, which its check of itself would not let pass. */
export function altered(text: string, functions: string): string {
  return text
    .replace(/^[\s\S]*?\n# ====+\n/, "lvsgen_sum=0 lvsgen_runtime=0 lvsgen_version=0\n")
    .replace('\nmain "$@"\n', (call) => `\n${functions}${call}`);
}

export interface Point {
  readonly result: "ok" | "failed" | "skipped";
  readonly service: string;
  readonly description: string;
  readonly reason: string;
}

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly lines: readonly string[];
  /** The objects of `--json`. */
  readonly events: readonly Readonly<Record<string, string | number>>[];
  readonly points: readonly Point[];
  /** `result service` of every point but those about ARP: `["ok web", "skipped web"]`. */
  readonly results: readonly string[];
  /** Answers by real server. */
  readonly got: Readonly<Record<string, number>>;
}

export interface RunOptions {
  /** Directories before the usual PATH. */
  readonly path?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Takes what ends the run. */
  readonly onStart?: (end: (signal: NodeJS.Signals) => void) => void;
}

const directory = mkdtempSync(join(tmpdir(), "lvsgen-client-test-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let count = 0;

/** Runs the cluster's client test; `BASH42` names another bash than the machine's. */
export function runScript(text: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const file = join(directory, `${count++}`, "client-test.sh");
  const home = join(file, "..");
  writeScript(home, file, text);
  const child = spawn(process.env["BASH42"] ?? "bash", [file, ...args], {
    cwd: home,
    env: { PATH: [options.path, process.env["PATH"]].filter(Boolean).join(":"), HOME: home, ...options.env },
  });
  options.onStart?.((signal) => child.kill(signal));
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((done, reject) => {
    child.on("error", reject);
    child.on("close", (code) => done(read(code, stdout, stderr)));
  });
}

function writeScript(home: string, file: string, text: string): void {
  mkdirSync(home, { recursive: true, mode: 0o755 });
  writeFileSync(file, text, { mode: 0o755 });
}

/** What a run says, as TAP or as JSON. */
function read(code: number | null, stdout: string, stderr: string): Run {
  const lines = stdout.split("\n").slice(0, -1);
  const isJson = lines[0]?.startsWith("{") === true;
  const events = isJson ? lines.map((line) => JSON.parse(line) as Record<string, string | number>) : [];
  const points = isJson ? events.filter(({ event }) => event === "test").map(pointOfEvent) : lines.flatMap(pointOfLine);
  return {
    code,
    stdout,
    stderr,
    lines,
    events,
    points,
    results: points.filter(({ service }) => service !== "arp").map(({ result, service }) => `${result} ${service}`),
    got: Object.fromEntries(
      events.filter(({ event }) => event === "realserver").map(({ name, got }) => [String(name), Number(got)]),
    ),
  };
}

function pointOfEvent({ result, service, description, reason }: Readonly<Record<string, string | number>>): Point {
  return {
    result: result as Point["result"],
    service: String(service),
    description: String(description),
    reason: String(reason),
  };
}

function pointOfLine(line: string): Point[] {
  const match = /^(not ok|ok) \d+ - ([^:]+): (.*?)(?: # SKIP (.*))?$/.exec(line);
  if (match === null) return [];
  const [, verdict, service = "", description = "", reason] = match;
  const result = verdict === "not ok" ? "failed" : reason === undefined ? "ok" : "skipped";
  return [{ result, service, description, reason: reason ?? "" }];
}
