/** What a script tells of what it holds: of all hosts, or of the one that is asked for. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { run, writeBundle } from "./bundle.ts";

let directory = "";
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "lvsgen-contents-"));
  const { bundle } = await compile(readFileSync("examples/kgc.json", "utf8"));
  if (!bundle) throw new Error("examples/kgc.json is not compiled");
  writeBundle(bundle, directory);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const hostsIn = (text: string): string[] => [...text.matchAll(/^(\S+) \(el7\)$/gm)].map(([, name = ""]) => name);

describe("list", () => {
  test("of all hosts", () => {
    expect(hostsIn(run(directory, "realserver.sh", "list").stdout)).toEqual(["web1", "web2"]);
  });

  test("of one host", () => {
    const { status, stdout } = run(directory, "realserver.sh", "list", "--host", "web2");
    expect(status).toBe(0);
    expect(hostsIn(stdout)).toEqual(["web2"]);
    const all = run(directory, "realserver.sh", "list").stdout;
    expect(all.slice(all.indexOf("web2 (el7)"))).toBe(stdout.slice(stdout.indexOf("web2 (el7)")));
  });

  test("of a host that is not described is an error, and nothing else is said", () => {
    for (const more of [[], ["--json"]]) {
      const { status, stdout, stderr } = run(directory, "realserver.sh", "list", "--host", "web9", ...more);
      expect(status).toBe(78);
      expect(stderr).toContain("no host web9 is described here, but web1 web2");
      expect(hostsIn(stdout)).toEqual([]);
      expect(stdout.split("\n").filter((line) => line !== "" && !/"event":"(?:run|error|end)"/.test(line))).toEqual([]);
    }
  });
});

describe("extract", () => {
  test("of one host", () => {
    expect(run(directory, "realserver.sh", "extract", "one", "--host", "web1").status).toBe(0);
    expect(readdirSync(join(directory, "one"))).toEqual(["web1"]);
  });

  test("of a host that is not described makes no directory", () => {
    expect(run(directory, "realserver.sh", "extract", "none", "--host", "web9").status).toBe(78);
    expect(existsSync(join(directory, "none"))).toBe(false);
  });
});

test("each line of --json has the time, and of a resource the host", () => {
  mkdirSync(join(directory, "root"));
  const lines = [
    ...run(directory, "realserver.sh", "list", "--json").stdout.trimEnd().split("\n"),
    ...run(directory, "client-test.sh", "list", "--json").stdout.trimEnd().split("\n"),
  ].map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) {
    // RFC 3339, section 5.6.
    expect(line["time"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    expect(Number.isNaN(Date.parse(String(line["time"])))).toBe(false);
    if (line["event"] === "resource") expect(["web1", "web2"]).toContain(line["host"]);
  }
});
