/** The bundle that a runbook leads from, as `build` finds it. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync } from "node:fs";
import { expect, test } from "vitest";
import { misspelt, plainEnvironment, small, workplace } from "./command-line.ts";

const here = workplace();
const first = small;
const second = small.replace('"port":80', '"port":80,"scheduler":"rr"');
const third = second.replace('"host":"web1"}', '"host":"web1","weight":9}');

function build(text: string, ...args: string[]) {
  here.write("cluster.json", text);
  const { code, out, err } = here.lvsgen("build", "--json", ...args);
  const { change, upToDate, problems, sumOfSums } = JSON.parse(out);
  return { code, err, change, upToDate, problems, sumOfSums };
}

const changes = (): string => /## This change\n[\s\S]*?\n## /.exec(here.read("out/RUNBOOK.md"))?.[0] ?? "";

function git(...args: string[]): void {
  const names = ["AUTHOR", "COMMITTER"].flatMap((who) => [
    [`GIT_${who}_NAME`, "a"],
    [`GIT_${who}_EMAIL`, "a@example.org"],
  ]);
  const env = {
    ...plainEnvironment(),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    ...Object.fromEntries(names),
  };
  execFileSync("git", ["-c", "init.defaultBranch=main", ...args], { cwd: here.path, env, stdio: "ignore" });
}

function commit(): void {
  git("add", "-A");
  git("commit", "-q", "-m", "change");
}

test("what stands in the output directory; nothing of it is left where it is built again", () => {
  const { change: none, sumOfSums: sum } = build(first);
  expect(none).toBeNull();
  expect(changes()).toBe("");
  expect(build(second).change).toEqual({ sumOfSums: sum, hosts: ["lvs1"] });
  expect(changes()).toContain("`wlc` | `rr`");
  const runbook = here.read("out/RUNBOOK.md");
  const { out } = here.lvsgen("build");
  expect(out).toContain("nothing changed");
  expect(here.read("out/RUNBOOK.md")).toBe(runbook);
  expect(here.lvsgen("build", "--check").code).toBe(0);
});

test("a person hears which change the runbook is for", () => {
  const { sumOfSums } = build(first);
  here.write("cluster.json", second);
  expect(here.lvsgen("build").out).toContain(
    `out/RUNBOOK.md: the change from the bundle whose SHA256SUMS has the SHA-256 ${sumOfSums}: to be run on lvs1. (From another one: --since)\n`,
  );
});

test("--check finds a runbook that was changed with all of its sums", () => {
  build(first);
  build(second);
  const sum = (text: string): string => createHash("sha256").update(text).digest("hex");
  const runbook = here.read("out/RUNBOOK.md").replace("bash doctor.sh", "bash evil.sh");
  const manifest = here.read("out/manifest.json").replace(sum(here.read("out/RUNBOOK.md")), sum(runbook));
  const sums = here
    .read("out/SHA256SUMS")
    .replace(sum(here.read("out/RUNBOOK.md")), sum(runbook))
    .replace(sum(here.read("out/manifest.json")), sum(manifest));
  here.write("out/RUNBOOK.md", runbook);
  here.write("out/manifest.json", manifest);
  here.write("out/SHA256SUMS", sums);
  expect(here.lvsgen("build", "--check").out).toContain("~ RUNBOOK.md");
});

test("--since: another directory, whatever stands in the output", () => {
  const { sumOfSums } = build(first);
  cpSync(here.file("out"), here.file("deployed"), { recursive: true });
  build(second);
  expect(build(third).change.hosts).toEqual(["lvs1"]);
  expect(changes()).not.toContain("`wlc` | `rr`");
  const { change } = build(third, "--since", "deployed");
  expect(change).toEqual({ sumOfSums, hosts: ["lvs1"] });
  expect(changes()).toContain("`wlc` | `rr`");
  expect(changes()).toContain("weight of web1");
  // It is remembered.
  expect(here.lvsgen("build", "--check").code).toBe(0);
  expect(here.lvsgen("build", "--check", "--since", "deployed").code).toBe(0);
  expect(here.lvsgen("build", "--check", "--no-since").code).toBe(1);
});

test("--since: a revision with its bundle, or with its description alone", () => {
  const { sumOfSums } = build(first);
  git("init", "-q");
  commit();
  build(second);
  const { change } = build(third, "--since", "HEAD");
  expect(change.sumOfSums).toBe(sumOfSums);
  expect(changes()).toContain("`wlc` | `rr`");
  expect(build(third, "--since", "HEAD:out").change.sumOfSums).toBe(sumOfSums);
  git("rm", "-rq", "--cached", "out");
  git("commit", "-q", "-m", "no bundle");
  expect(build(third, "--since", "HEAD").change).toEqual({ sumOfSums: null, hosts: ["lvs1"] });
  expect(changes()).toContain("`wlc` | `rr`");
});

test("--no-since: as if nothing had been there", () => {
  build(first);
  build(second);
  expect(build(second, "--no-since").change).toBeNull();
  expect(changes()).toBe("");
});

test("what cannot be a former bundle is said, and nothing is written", () => {
  build(first);
  const runbook = here.read("out/RUNBOOK.md");
  expect(build(second, "--since", "gone")).toMatchObject({ code: 66, problems: [{ code: "NO_SUCH_REVISION" }] });
  here.write("bad.json", misspelt);
  expect(build(second, "--since", "bad.json").code).toBe(1);
  expect(here.read("out/RUNBOOK.md")).toBe(runbook);
});
