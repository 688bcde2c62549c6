/** `lvsgen diff` as its users run it. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { misspelt, plainEnvironment, run, small, workplace } from "./command-line.ts";

const here = workplace();
const other = small.replace('"port":80', '"port":80,"scheduler":"rr"');

/** git as somebody has it, without the settings of this machine. */
function git(...args: string[]): string {
  const env = {
    ...plainEnvironment(),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@example.org",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@example.org",
  };
  return execFileSync("git", ["-c", "init.defaultBranch=main", ...args], { cwd: here.path, env, encoding: "utf8" });
}

function commit(text: string, file = "cluster.json"): void {
  here.write(file, text);
  git("add", "-A");
  git("commit", "-q", "-m", "change");
}

describe("files and directories", () => {
  test("two descriptions: 2 where they differ, 0 where they do not", () => {
    here.write("a.json", small);
    here.write("b.json", other);
    const { code, out, err } = here.lvsgen("diff", "a.json", "b.json");
    expect({ code, err }).toEqual({ code: 2, err: "" });
    expect(out).toContain(
      "service web (tcp 10.0.0.100:80)\n  ~ scheduler: wlc -> rr\n      new connections go elsewhere\n",
    );
    expect(out).toContain("Run in this order\n  1. bash director.sh  on lvs1\n");
    expect(here.lvsgen("diff", "a.json", "a.json")).toEqual({
      code: 0,
      out: "small: a.json -> a.json\nNothing differs.\n",
      err: "",
    });
  });

  test("a directory that build made, and the description that is here", () => {
    here.write("cluster.json", small);
    expect(here.lvsgen("build").code).toBe(0);
    expect(here.lvsgen("diff", "out").code).toBe(0);
    here.write("cluster.json", other);
    expect(here.lvsgen("diff", "out")).toMatchObject({ code: 2, out: expect.stringContaining("scheduler: wlc -> rr") });
    expect(here.lvsgen("build", "-o", "new").code).toBe(0);
    expect(here.lvsgen("diff", "out", "new")).toMatchObject({
      code: 2,
      out: expect.stringContaining("scheduler: wlc -> rr"),
    });
  });

  test("standard input", () => {
    here.write("a.json", small);
    expect(run(["diff", "a.json", "-"], { cwd: here.path, input: other }).code).toBe(2);
    expect(run(["diff", "-", "a.json"], { cwd: here.path, input: small }).code).toBe(0);
    expect(run(["diff", "-", "-"], { cwd: here.path, input: small }).code).toBe(64);
  });

  test("--json has the documented shape", () => {
    here.write("a.json", small);
    here.write("b.json", other);
    const printed = JSON.parse(here.lvsgen("diff", "--json", "a.json", "b.json").out);
    expect(printed).toMatchObject({
      same: false,
      old: "a.json",
      new: "b.json",
      cluster: { was: "small", becomes: "small" },
      diagnostics: [],
      problems: [],
      notes: [],
      order: [{ action: "apply", script: "director.sh", hosts: ["lvs1"], bundle: "new" }],
    });
    expect(printed.verdicts["new-connections-elsewhere"]).toBe(1);
    expect(printed.changes).toContainEqual({
      rule: "service-scheduler",
      subject: { kind: "service", key: "-t 10.0.0.100:80", title: "web (tcp 10.0.0.100:80)" },
      action: "changed",
      what: "scheduler",
      was: "wlc",
      becomes: "rr",
      verdict: "new-connections-elsewhere",
      why: expect.stringContaining("ipvsadm -E"),
    });
  });

  test("--markdown, and colours where they are asked for", () => {
    here.write("a.json", small);
    here.write("b.json", other);
    expect(here.lvsgen("diff", "--markdown", "a.json", "b.json").out).toMatch(/^## `small`: `a.json` → `b.json`\n/);
    expect(here.lvsgen("diff", "--color", "a.json", "b.json").out).toContain("\u001b[");
    expect(here.lvsgen("diff", "--json", "--markdown", "a.json", "b.json").code).toBe(64);
  });

  test("what cannot be compared is said", () => {
    here.write("a.json", small);
    here.write("bad.json", misspelt);
    mkdirSync(here.file("empty"));
    expect(here.lvsgen("diff", "a.json", "bad.json")).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("did you mean"),
    });
    expect(here.lvsgen("diff", "a.json", "empty")).toMatchObject({
      code: 66,
      err: expect.stringContaining("no manifest.json"),
    });
    expect(here.lvsgen("diff", "a.json", "gone.json")).toMatchObject({ code: 66 });
    expect(JSON.parse(here.lvsgen("diff", "--json", "a.json", "gone.json").out).problems[0].code).toBe(
      "NO_SUCH_REVISION",
    );
    expect(here.lvsgen("diff", "a.json", "bad.json", "c.json").code).toBe(64);
  });

  test("a bundle that was altered, or is from another lvsgen, is not half compared", () => {
    here.write("cluster.json", small);
    here.lvsgen("build");
    here.write(
      "out/director.sh",
      here.read("out/director.sh").replace("  want module ip_vs\n", "  want module $(touch ran)\n"),
    );
    expect(here.lvsgen("diff", "out")).toMatchObject({ code: 1, err: expect.stringContaining("cannot read") });
    expect(existsSync(here.file("ran"))).toBe(false);
    rmSync(here.file("out/director.sh"));
    expect(here.lvsgen("diff", "out")).toMatchObject({ code: 1, err: expect.stringContaining("is missing") });
  });

  test("a device or a link in a directory is not opened", () => {
    here.write("cluster.json", small);
    here.lvsgen("build");
    rmSync(here.file("out/nfs.sh"), { force: true });
    symlinkSync("/dev/zero", here.file("out/nfs.sh"));
    expect(here.lvsgen("diff", "out").code).toBe(0);
  });

  test("names are made harmless for a terminal", () => {
    here.write("a.json", small);
    here.write("b\u001b[31m\u202e.json", other);
    const { code, out } = here.lvsgen("diff", "a.json", "b\u001b[31m\u202e.json");
    expect(code).toBe(2);
    expect(out).toContain("small: a.json -> b<U+001B>[31m<U+202E>.json\n");
    expect(out).not.toMatch(/[^\P{C}\n]/u);
  });
});

describe("revisions", () => {
  test("HEAD is what nothing is said of; HEAD~1, a tag, REVISION:PATH", () => {
    git("init", "-q");
    commit(small);
    git("tag", "v1");
    commit(other);
    expect(here.lvsgen("diff")).toMatchObject({
      code: 0,
      out: expect.stringContaining("HEAD:cluster.json -> cluster.json"),
    });
    expect(here.lvsgen("diff", "HEAD~1")).toMatchObject({
      code: 2,
      out: expect.stringContaining("scheduler: wlc -> rr"),
    });
    expect(here.lvsgen("diff", "v1", "HEAD").code).toBe(2);
    expect(here.lvsgen("diff", "v1", "HEAD~1").code).toBe(0);
    expect(here.lvsgen("diff", "v1:cluster.json", "HEAD:cluster.json").code).toBe(2);
    here.write("cluster.json", small);
    expect(here.lvsgen("diff").code).toBe(2);
    expect(here.lvsgen("diff", "v1").code).toBe(0);
  });

  test("another file, also from a folder below, and a bundle that is committed", () => {
    git("init", "-q");
    mkdirSync(here.file("clusters"));
    here.write("clusters/shop.json", small);
    here.lvsgen("build", "clusters/shop.json");
    commit("", ".keep");
    here.write("clusters/shop.json", other);
    expect(here.lvsgen("diff", "HEAD", "clusters/shop.json").code).toBe(2);
    expect(here.lvsgen("diff", "HEAD", here.file("clusters/shop.json")).code).toBe(2);
    expect(here.lvsgen("diff", "HEAD:out", "clusters/shop.json").code).toBe(2);
    expect(run(["diff", "HEAD", "shop.json"], { cwd: here.file("clusters") }).code).toBe(2);
    expect(run(["diff", "HEAD:shop.json"], { cwd: here.file("clusters") }).code).toBe(2);
  });

  test("without PATH: the description that this directory has, by any of its names, or has no longer", () => {
    git("init", "-q");
    commit(small, "cluster.jsonc");
    git("tag", "v1");
    here.write("cluster.jsonc", other);
    expect(here.lvsgen("diff")).toMatchObject({ code: 2, out: expect.stringContaining("HEAD:cluster.jsonc") });
    here.write("cluster.yml", "");
    const { code, err } = here.lvsgen("diff");
    expect({ code, lines: err.split("\n").length }).toEqual({ code: 64, lines: 3 });
    expect(err).toContain("cluster.jsonc and cluster.yml are all descriptions of this directory");
    expect(here.lvsgen("diff", "v1:cluster.jsonc").code).toBe(2);
    rmSync(here.file("cluster.jsonc"));
    rmSync(here.file("cluster.yml"));
    commit(small);
    git("tag", "v2");
    rmSync(here.file("cluster.json"));
    expect(here.lvsgen("diff", "v2", "HEAD").code).toBe(0);
    expect(here.lvsgen("diff", "v2").code).toBe(66);
  });

  test("REVISION:PATH of a bundle is compared with the same folder as it is now", () => {
    git("init", "-q");
    here.write("cluster.json", small);
    here.lvsgen("build");
    commit(small);
    here.write("cluster.json", other);
    here.lvsgen("build");
    expect(here.lvsgen("diff", "HEAD:out")).toMatchObject({ code: 2, out: expect.stringContaining("HEAD:out -> out") });
  });

  test("what git does not know is said, and no name is an option", () => {
    here.write("cluster.json", small);
    expect(here.lvsgen("diff", "HEAD")).toMatchObject({
      code: 66,
      err: expect.stringContaining("not a git repository"),
    });
    git("init", "-q");
    commit(small);
    expect(here.lvsgen("diff", "nope")).toMatchObject({ code: 66, err: expect.stringContaining("no such revision") });
    expect(here.lvsgen("diff", "HEAD:nope.json")).toMatchObject({
      code: 66,
      err: expect.stringContaining("no such file"),
    });
    expect(here.lvsgen("diff", "--", "--output=ran").code).toBe(66);
    expect(here.lvsgen("diff", "--", "-h").code).toBe(66);
    expect(existsSync(here.file("ran"))).toBe(false);
  });

  test("without git it is said what else can be done", () => {
    here.write("cluster.json", small);
    const env = { ...plainEnvironment(), PATH: "/nowhere" };
    expect(run(["diff", "HEAD"], { cwd: here.path, env })).toMatchObject({
      code: 69,
      err: expect.stringContaining("install git"),
    });
  });

  test("no program that a checkout names is run", () => {
    git("init", "-q");
    here.write("evil", "#!/bin/sh\ntouch ran\ncat\n");
    chmodSync(here.file("evil"), 0o755);
    here.write(".gitattributes", "* diff=evil filter=evil merge=evil\n");
    commit(small);
    commit(other);
    const evil = here.file("evil");
    for (const key of [
      "diff.external",
      "diff.evil.textconv",
      "diff.evil.command",
      "filter.evil.clean",
      "filter.evil.smudge",
      "filter.evil.process",
      "core.fsmonitor",
      "core.pager",
      "pager.rev-parse",
      "pager.cat-file",
      "core.editor",
      "core.sshCommand",
      "core.alternateRefsCommand",
      "core.askPass",
      "gpg.program",
      "alias.cat-file",
      "alias.rev-parse",
    ])
      git("config", key, key.startsWith("alias.") ? `!${evil}` : evil);
    git("config", "core.hooksPath", here.path);
    // A program of git's name in the current directory, which an empty entry of PATH means.
    here.write("git", "#!/bin/sh\ntouch ran\n");
    chmodSync(here.file("git"), 0o755);
    const env = { ...plainEnvironment(), PATH: `:.:${process.env["PATH"] ?? ""}` };
    expect(run(["diff", "HEAD~1"], { cwd: here.path, env })).toMatchObject({ code: 2, err: "" });
    expect(run(["diff", "HEAD~1:evil"], { cwd: here.path, env }).code).not.toBe(2);
    expect(existsSync(here.file("ran"))).toBe(false);
  });

  test("what a partial clone lacks is not fetched by a program of its configuration", () => {
    git("init", "-q");
    commit(small);
    const blob = git("rev-parse", "HEAD:cluster.json").trim();
    rmSync(here.file(`.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`), { force: true });
    here.write("evil", "#!/bin/sh\ntouch ran\n");
    chmodSync(here.file("evil"), 0o755);
    git("config", "core.repositoryFormatVersion", "1");
    git("config", "extensions.partialClone", "evil");
    git("config", "remote.evil.promisor", "true");
    git("config", "protocol.ext.allow", "always");
    git("config", "remote.evil.url", `ext::${here.file("evil")}`);
    expect(here.lvsgen("diff", "HEAD").code).toBe(66);
    git("config", "remote.evil.url", here.path);
    git("config", "remote.evil.uploadpack", here.file("evil"));
    expect(here.lvsgen("diff", "HEAD").code).toBe(66);
    expect(existsSync(here.file("ran"))).toBe(false);
  });
});
