import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { clusterOf, runScript, scriptText } from "./script.ts";
import { least, rotation, visit, web1 } from "./site.ts";

const directory = mkdtempSync(join(tmpdir(), "lvsgen-client-options-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const service = (name: string, keys: Readonly<Record<string, unknown>> = {}) => ({
  name,
  vip: "127.0.1.99",
  port: 1,
  check: { type: "http" },
  realservers: [{ host: "web1" }, { host: "web2" }],
  ...keys,
});
const script = scriptText(clusterOf([service("web"), service("mail", { port: 25, check: { type: "tcp" } })]));

describe("usage", () => {
  const wrong = [
    ["--requests"],
    ["--requests", "0"],
    ["--requests", "1e3"],
    ["--requests=-1"],
    ["--timeout", "0"],
    ["--timeout", "99999"],
    ["--service", "none"],
    ["--service="],
    ["--json=yes"],
    ["--host", "web1"],
    ["-x"],
    ["apply"],
    ["list", "web"],
  ];
  test.each(wrong.map((args) => [args]))("%j is wrong", async (args) => {
    expect(await runScript(script, args)).toMatchObject({ code: 64, stdout: "" });
  });

  test.each([["--help"], ["-h"], ["help"], ["--version"], ["list"]])("%s asks nothing", async (word) => {
    const run = await runScript(script, [word]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("kgc".slice(word === "list" ? 3 : 0));
  });

  test("list tells every service, target and real server", async () => {
    const run = await runScript(script, ["list", "--json"]);
    const names = (event: string) => run.events.filter((one) => one["event"] === event).map(({ name }) => name);
    expect(names("service")).toEqual(["web", "mail"]);
    expect(names("target")).toEqual(["http://127.0.1.99:1/", "127.0.1.99:25/tcp"]);
    expect(names("realserver")).toEqual(["web1", "web2", "web1", "web2"]);
  });

  test("list of one service", async () => {
    const run = await runScript(script, ["list", "--service", "mail", "--json"]);
    expect(run.events.map(({ event }) => event)).toEqual([
      "run",
      "service",
      "target",
      "realserver",
      "realserver",
      "end",
    ]);
  });
});

describe.concurrent("output", () => {
  const args = ["--requests", "2"];

  test("TAP: as many points as planned, in order", async () => {
    const run = await visit({ schedule: rotation(0, 1), service: { scheduler: "rr" }, args });
    expect(run.lines.slice(0, 2)).toEqual(["TAP version 13", "1..4"]);
    const numbers = run.lines.flatMap((line) => /^(?:not )?ok (\d+) /.exec(line)?.slice(1) ?? []);
    expect(numbers).toEqual(["1", "2", "3", "4"]);
    expect(run.lines.slice(2).every((line) => /^(?:not ok|ok|#) /.test(line))).toBe(true);
  });

  test("JSON: the sums at the end", async () => {
    const run = await visit({ schedule: rotation(0, null), args: ["--json", "--requests", "4"] });
    expect(run.events.at(-1)).toMatchObject({ event: "end", code: 1 });
    expect(run.events.at(-2)).toMatchObject({
      event: "summary",
      cluster: "kgc",
      role: "client",
      failed: 1,
      skipped: 1,
    });
  });

  test("quiet: nothing but the closing line when all is well", async () => {
    const run = await visit({ schedule: rotation(0, 1), service: { scheduler: "rr" }, args: [...args, "--quiet"] });
    expect(run.stdout).toBe("client-test: ok=3 failed=0 skipped=1\n");
  });

  test("one service of two", async () => {
    const run = await runScript(script, ["--service", "mail"]);
    expect(run.results).toEqual(["failed mail"]);
  });
});

describe.concurrent("the machine that it runs on", () => {
  const needed = [
    "awk",
    "bash",
    "cp",
    "cat",
    "grep",
    "ip",
    "mktemp",
    "mv",
    "rm",
    "sed",
    "sha256sum",
    "timeout",
    "tr",
    "wc",
  ];
  const bin = join(directory, "bin");
  mkdirSync(bin);
  for (const name of needed) {
    symlinkSync(spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim(), join(bin, name));
  }

  test("has no curl, which HTTP needs", async () => {
    expect(await runScript(script, [], { env: { PATH: bin } })).toMatchObject({ code: 69, stdout: "" });
  });

  test("has no curl, which TCP does not need", async () => {
    const run = await runScript(script, ["--service", "mail"], { env: { PATH: bin } });
    expect(run).toMatchObject({ code: 1, stderr: "" });
  });

  test("has a proxy and a .curlrc, which are not for this", async () => {
    const home = join(directory, "home");
    mkdirSync(home);
    writeFileSync(join(home, ".curlrc"), "url = http://127.0.1.99:1/\nfail\n");
    const env = { CURL_HOME: home, http_proxy: "http://127.0.1.99:1", ALL_PROXY: "http://127.0.1.99:1" };
    const run = await visit({
      schedule: rotation(0, 1),
      service: { scheduler: "rr" },
      args: ["--requests", "2"],
      options: { env },
    });
    expect(run).toMatchObject({ code: 0, stderr: "" });
  });

  test("is left as it was by a run that is ended", async () => {
    const temporary = join(directory, "ended");
    mkdirSync(temporary);
    let end: (signal: NodeJS.Signals) => void = () => {};
    const options = { env: { TMPDIR: temporary }, onStart: (how: typeof end) => (end = how) };
    const servers = [{ ...web1, page: () => end("SIGTERM") }];
    const run = await visit({ servers, schedule: rotation(0), args: ["--timeout", "1"], options });
    expect(run.code).toBe(143);
    expect(run.lines.at(-1)).toMatch(/^Bail out!/);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("is left as it was", async () => {
    const temporary = join(directory, "tmp");
    mkdirSync(temporary);
    const options = { env: { TMPDIR: temporary } };
    const run = await visit({ schedule: least(1, 1), args: ["--requests", "4"], options });
    expect(run.code).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
