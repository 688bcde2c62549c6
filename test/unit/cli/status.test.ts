/** `status` as a process: reports of real scripts on a stick, whatever else lies there, and how it ends. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { bash } from "../scripts/bundle.ts";
import { failing, manifest, pending, report, sums } from "../status/reports.ts";
import { program, small, workplace } from "./command-line.ts";

const here = workplace();

interface Shown {
  readonly counts: Readonly<Record<string, number>>;
  readonly rows: readonly {
    host: string;
    role: string;
    state: string;
    bundle: string;
    differences: readonly object[];
    report: string;
  }[];
  readonly passedOver: readonly { path: string; kind: string; why: string }[];
  readonly problems: readonly { code: string }[];
}

function shown(...args: string[]): Shown & { code: number | null } {
  const { code, out, err } = here.lvsgen("status", "--json", ...args);
  expect(err).toBe("");
  return { code, ...(JSON.parse(out) as Shown) };
}

const folder = (name: string): void => {
  mkdirSync(here.file(name), { recursive: true });
};

beforeEach(() => {
  folder("stick/monday");
  folder("out");
  here.write("out/manifest.json", manifest({ web1: ["realserver"], web2: ["realserver"] }));
});

describe("what it says", () => {
  test("of reports in any nesting, by a table, JSON and exit code", () => {
    folder("stick/tuesday/from web2");
    here.write("stick/monday/a.jsonl", report({ host: "web1" }));
    expect(here.lvsgen("status", "stick", "--bundle", "out")).toMatchObject({
      code: 2,
      err: "",
      out: [
        "HOST  ROLE        STATE         BUNDLE    LAST REPORT",
        "web1  realserver  as described  this one  2026-11-20 10:00:00 check",
        "web2  realserver  never seen",
        "",
        "as described: 1  never seen: 1",
        "",
      ].join("\n"),
    });
    here.write(
      "stick/tuesday/from web2/b.jsonl",
      report({ host: "web2", code: 2, events: [pending("/srv/b", "absent")] }),
    );
    const { code, rows, counts } = shown("stick", "--bundle", "out");
    expect({ code, counts }).toMatchObject({ code: 1, counts: { "as-described": 1, pending: 1 } });
    expect(rows[1]).toMatchObject({ host: "web2", differences: [{ result: "pending", kind: "file", name: "/srv/b" }] });
    expect(here.lvsgen("status", "stick").out).toContain(
      "    check found 1 to change\n    pending file /srv/b  (absent)\n",
    );
    here.write("stick/wednesday.jsonl", report({ host: "web2", command: "apply", time: "2026-11-21T10:00:00+00:00" }));
    expect(shown("stick", "--bundle", "out")).toMatchObject({ code: 0, counts: { "as-described": 2 } });
    expect(shown("stick", "--bundle", "out", "--older-than", "1")).toMatchObject({ code: 1 });
    here.write(
      "stick/wednesday.jsonl",
      report({
        host: "web2",
        command: "apply",
        code: 1,
        events: [failing("/srv/b")],
        time: "2026-11-21T10:00:00+00:00",
      }),
    );
    expect(shown("stick/monday", "stick/wednesday.jsonl")).toMatchObject({ code: 2, counts: { failed: 1 } });
  });

  test("in Chinese, with columns of its width; --json is the same", () => {
    here.write("stick/a.jsonl", report({ host: "web1" }));
    here.write("stick/b.jsonl", "");
    const { code, out, err } = here.lvsgen("--language", "zh", "status", "stick", "--bundle", "out");
    expect({ code, out, err }).toEqual({
      code: 2,
      out: [
        "主机  角色        状态        部署包    最近的报告",
        "web1  realserver  与描述一致  本部署包  2026-11-20 10:00:00 check",
        "web2  realserver  从未见到",
        "",
        "与描述一致: 1  从未见到: 1",
        "",
      ].join("\n"),
      err: "已略过：stick/b.jsonl：是空的\n",
    });
    const chinese = here.lvsgen("--language", "zh", "status", "--json", "stick").out.replace(/"time":"[^"]*"/, "");
    expect(chinese).toBe(here.lvsgen("status", "--json", "stick").out.replace(/"time":"[^"]*"/, ""));
  });

  test("of what real scripts report, against the bundle that they came with", () => {
    here.write("cluster.json", small);
    expect(here.lvsgen("build", "-o", "stick/bundle").code).toBe(0);
    folder("r/etc");
    here.write("r/etc/os-release", 'ID=debian\nVERSION_ID="12"\n');
    const run = (...words: string[]) =>
      spawnSync(
        bash,
        ["stick/bundle/realserver.sh", ...words, "--wait", "60", "--root", "r", "--host", "web1", "--report", "stick"],
        { cwd: here.path, encoding: "utf8" },
      );
    expect(run("check").status).toBe(2);
    // They were about an image, which says nothing of the host.
    expect(shown("stick").rows).toContainEqual(
      expect.objectContaining({ host: "web1", role: "realserver", state: "never-seen" }),
    );
    const asIfLive = (): void => {
      for (const name of readdirSync(here.file("stick")).filter((one) => one.endsWith(".jsonl")))
        here.write(`stick/${name}`, here.read(`stick/${name}`).replace(/"root":"[^"]*"/, '"root":""'));
    };
    asIfLive();
    const row = () => shown("stick").rows.find(({ host, role }) => host === "web1" && role === "realserver");
    expect(row()).toMatchObject({ state: "pending", bundle: "this" });
    expect(run("apply").status).toBe(0);
    asIfLive();
    expect(row()).toMatchObject({ state: "as-described", bundle: "this" });
  });
});

describe("what lies there besides", () => {
  test("is named and passed over; what may have been a report keeps the exit code from 0", () => {
    here.write("stick/a.jsonl", report());
    here.write("stick/foreign.jsonl", '{"level":"info"}\n');
    here.write("stick/notes.txt", "not asked about");
    expect(shown("stick")).toMatchObject({ code: 0, passedOver: [{ path: "stick/foreign.jsonl", kind: "foreign" }] });
    here.write("stick/broken.jsonl", report().replace("}", "}\n\0"));
    here.write("stick/huge.jsonl", Buffer.alloc(17 * 1024 * 1024, "x"));
    symlinkSync(here.file("stick/a.jsonl"), here.file("stick/link.jsonl"));
    symlinkSync(here.file("stick"), here.file("stick/loop"));
    spawnSync("mkfifo", [here.file("stick/pipe.jsonl")]);
    const { code, rows, passedOver } = shown("stick");
    expect(code).toBe(2);
    expect(rows.map(({ state }) => state)).toEqual(["failed"]);
    expect(passedOver.map(({ path, why }) => `${path} ${why}`)).toEqual([
      "stick/broken.jsonl line 2 is not one that a script writes",
      "stick/foreign.jsonl is no report of lvsgen's",
      "stick/huge.jsonl is larger than 16 MiB, and no report is",
      "stick/link.jsonl is no file: nothing is read through a link",
      "stick/pipe.jsonl is no file: nothing is read through a link",
    ]);
  });

  test("a bundle among the reports is the one to have; several are asked about; one that is named has to be one", () => {
    here.write("stick/a.jsonl", report({ bundle: sums.another }));
    expect(shown("stick").rows[0]?.bundle).toBe("unknown");
    folder("stick/bundle");
    here.write("stick/bundle/manifest.json", manifest());
    expect(shown("stick").rows[0]?.bundle).toBe("another");
    folder("stick/other");
    here.write("stick/other/manifest.json", manifest());
    expect(shown("stick")).toMatchObject({ code: 64, problems: [{ code: "SEVERAL_BUNDLES" }] });
    expect(shown("stick", "--bundle", "stick/other").rows[0]?.bundle).toBe("another");
    expect(shown("stick", "--bundle", "stick/monday")).toMatchObject({ code: 66, problems: [{ code: "NO_BUNDLE" }] });
    expect(shown("nowhere")).toMatchObject({ code: 66, problems: [{ code: "CANNOT_READ" }] });
    expect(here.lvsgen("status", "nowhere").err).toContain("nowhere: error: no such file or directory");
  });

  test("nothing at all is unknown", () => {
    expect(shown("stick/monday")).toMatchObject({ code: 3, rows: [] });
    expect(here.lvsgen("status", "stick/monday").out).toBe("no reports: nothing is known of any host\n");
    expect(here.lvsgen("status").code).toBe(64);
    expect(here.lvsgen("status", "stick", "--older-than", "soon").code).toBe(64);
  });
});

describe("--html", () => {
  test("writes a page, and replaces one of its own alone", () => {
    here.write("stick/a.jsonl", report());
    const asked = ["status", "stick", "--html", "status.html"];
    const { code, out } = here.lvsgen(...asked);
    expect({ code, last: out.trimEnd().split("\n").at(-1) }).toEqual({ code: 0, last: "status.html written." });
    expect(here.read("status.html")).toMatch(/^<!doctype html>[\s\S]*<td class="place" data-key="[^"]*">web1<\/td>/);
    here.write("stick/b.jsonl", report({ host: "web2" }));
    expect(here.lvsgen(...asked).code).toBe(0);
    expect(here.read("status.html")).toContain(">web2<");
    here.write("status.html", "<!doctype html>mine");
    expect(here.lvsgen(...asked)).toMatchObject({
      code: 73,
      err: expect.stringContaining("is no page that lvsgen status wrote"),
    });
    expect(here.read("status.html")).toBe("<!doctype html>mine");
    symlinkSync(here.file("elsewhere.html"), here.file("link.html"));
    expect(here.lvsgen("status", "stick", "--html", "link.html").code).toBe(73);
    expect(existsSync(here.file("elsewhere.html"))).toBe(false);
    expect(here.lvsgen("status", "stick", "--html", "none/status.html").code).toBe(73);
  });
});

test("on a terminal it has colours, and lines of its width", () => {
  here.write(
    "stick/a.jsonl",
    report({
      code: 2,
      events: [pending("/srv/a/very/long/path/of/a/file", "a detail that says a lot of things about it")],
    }),
  );
  const line = `stty cols 60; ${process.execPath} ${program} status stick`;
  const { stdout } = spawnSync("script", ["-qec", line, "/dev/null"], {
    cwd: here.path,
    encoding: "utf8",
    env: { ...process.env, TERM: "xterm", NO_COLOR: "" },
  });
  expect(stdout).toContain("\u001b[33mpending");
  const below = stdout.split("\r\n").slice(2, -3);
  expect(below.length).toBeGreaterThan(2);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours
  for (const one of below) expect(one.replaceAll(/\u001b\[[0-9]+m/g, "").length).toBeLessThanOrEqual(60);
});

test("a directory that nobody may read is named", () => {
  here.write("stick/a.jsonl", report());
  folder("stick/locked");
  chmodSync(here.file("stick/locked"), 0);
  const { passedOver, code } = shown("stick");
  // Root may read it.
  expect({ code, passedOver }).toEqual(
    process.getuid?.() === 0
      ? { code: 0, passedOver: [] }
      : { code: 1, passedOver: [expect.objectContaining({ path: "stick/locked" })] },
  );
});
