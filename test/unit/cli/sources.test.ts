/** `source` of a file: read where lvsgen runs, from beside the description or from the environment. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, renameSync, symlinkSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { plainEnvironment, program, run, small, workplace } from "./command-line.ts";

const here = workplace();

interface Small {
  readonly hosts: Readonly<Record<string, object>>;
  readonly realserver?: object;
}

/** The small description, whose real servers have this file. */
function withFile(file: object): string {
  const description = JSON.parse(small) as Small;
  return JSON.stringify({ ...description, realserver: { files: [{ path: "/srv/page", ...file }] } }, null, 1);
}

const fromFile = (file: string): string => withFile({ source: { file } });

test("a file beside the description, and below it, gives what its content would", () => {
  mkdirSync(here.file("site/pages"), { recursive: true });
  here.write("site/pages/index.html", "from the file\n");
  here.write("site/source.json", fromFile("pages/index.html"));
  here.write("site/content.json", withFile({ content: "from the file\n" }));
  expect(here.lvsgen("build", "site/source.json", "-o", "one").err).not.toContain("error");
  expect(here.lvsgen("build", "site/content.json", "-o", "two").err).not.toContain("error");
  expect(here.read("one/realserver.sh")).toContain("from the file");
  expect(here.read("one/realserver.sh")).toBe(here.read("two/realserver.sh"));
  for (const command of [["validate"], ["packages"], ["graph", "-o", "-"]])
    expect(here.lvsgen(...command, "site/source.json").code).toBe(0);
  expect(here.lvsgen("diff", "two", "site/source.json").code).toBe(0);
  here.write("site/pages/index.html", "changed\n");
  expect(here.lvsgen("diff", "two", "site/source.json")).toMatchObject({
    code: 2,
    out: expect.stringContaining("/srv/page"),
  });
  expect(here.lvsgen("build", "site/source.json", "-o", "one", "--check").code).toBe(1);
});

test("YAML, and a description on standard input, whose files are those of this directory", () => {
  here.write("page", "from the file\n");
  const description = JSON.parse(fromFile("page")) as object;
  const yaml = Object.entries(description).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  here.write("cluster.yaml", yaml.join(""));
  expect(here.lvsgen("build").code).toBe(0);
  expect(here.read("out/realserver.sh")).toContain("from the file");
  expect(run(["build", "-", "-o", "piped"], { cwd: here.path, input: fromFile("page") }).code).toBe(0);
  expect(here.read("piped/realserver.sh")).toBe(here.read("out/realserver.sh"));
});

test("an environment variable is text, and never run", () => {
  here.write("cluster.json", withFile({ source: { env: "SITE_PAGE" } }));
  const value = "$(touch ran) `touch ran`\n";
  const env = { ...plainEnvironment(), SITE_PAGE: value };
  expect(run(["build"], { cwd: here.path, env }).code).toBe(0);
  expect(here.read("out/realserver.sh")).toContain(value);
  expect(spawnSync("bash", [here.file("out/realserver.sh"), "list"]).status).not.toBeNull();
  expect(existsSync(here.file("ran"))).toBe(false);
  expect(here.lvsgen("build")).toMatchObject({
    code: 1,
    err: expect.stringContaining("the environment variable SITE_PAGE is not set"),
  });
});

describe("is refused at its place, and nothing is built", () => {
  test.each([
    ["SOURCE_OUTSIDE", "../secret", "leads out of the directory"],
    ["SOURCE_OUTSIDE", "pages/../../secret", "leads out of the directory"],
    ["SOURCE_OUTSIDE", "/etc/passwd", "leads out of the directory"],
    ["SOURCE_OUTSIDE", ".git/config", "lies in a .git directory"],
    ["SOURCE_OUTSIDE", "pages/.GIT/notes", "lies in a .git directory"],
    ["SOURCE_OUTSIDE", "repository", "lies in a .git directory"],
    ["SOURCE_OUTSIDE", "link", "by a link"],
    ["SOURCE_OUTSIDE", "folder/secret", "by a link"],
    ["SOURCE_UNREADABLE", "none", "there is no file"],
    ["SOURCE_UNREADABLE", "inside", "no regular file"],
    ["SOURCE_UNREADABLE", "pipe", "no regular file"],
    ["SOURCE_UNREADABLE", "binary", "no text in UTF-8"],
    ["SOURCE_UNREADABLE", "zeroes", "no text in UTF-8"],
  ])("%s: %s", (code, file, message) => {
    here.write("secret", "outside\n");
    mkdirSync(here.file("site/inside"), { recursive: true });
    symlinkSync("../secret", here.file("site/link"));
    symlinkSync("..", here.file("site/folder"));
    mkdirSync(here.file("site/.git"));
    here.write("site/.git/config", "[http]\n");
    mkdirSync(here.file("site/pages/.GIT"), { recursive: true });
    here.write("site/pages/.GIT/notes", "as a file system takes it that knows no case\n");
    symlinkSync(".git/config", here.file("site/repository"));
    execFileSync("mkfifo", [here.file("site/pipe")]);
    here.write("site/binary", Buffer.from([0xff, 0xfe]));
    here.write("site/zeroes", Buffer.from([0x61, 0]));
    const text = fromFile(file);
    here.write("site/cluster.json", text);
    const { code: exit, out } = here.lvsgen("validate", "--json", "site/cluster.json");
    expect(exit).toBe(1);
    const line = text.slice(0, text.indexOf(JSON.stringify(file))).split("\n").length;
    const { diagnostics } = JSON.parse(out) as { diagnostics: { severity: string }[] };
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([
      expect.objectContaining({
        code,
        line,
        pointer: "/realserver/files/0/source/file",
        message: expect.stringContaining(message),
      }),
    ]);
    expect(here.lvsgen("build", "site/cluster.json").code).toBe(1);
    expect(existsSync(here.file("out"))).toBe(false);
  });

  test.each([
    [{}, 'neither "content" nor "source"'],
    [{ content: "a", source: { file: "page" } }, 'has "content" or "source", not both'],
    [{ source: {} }, 'neither "file" nor "env"'],
    [{ source: { file: "page", env: "PAGE" } }, 'has "file" or "env", not both'],
  ])("%j", (file, message) => {
    here.write("page", "a\n");
    here.write("cluster.json", withFile(file));
    const { code, err } = here.lvsgen("validate");
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(message) });
    expect(err).toContain("EITHER_OR");
  });
});

test("a link that stays inside is followed", () => {
  here.write("page", "behind a link\n");
  symlinkSync("page", here.file("link"));
  here.write("cluster.json", fromFile("link"));
  expect(here.lvsgen("build").code).toBe(0);
  expect(here.read("out/realserver.sh")).toContain("behind a link");
});

test("diff takes the files that a revision has, and no link as a text", () => {
  const git = (...args: string[]): void =>
    void execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example", ...args], { cwd: here.path });
  git("init", "-q");
  mkdirSync(here.file("site"));
  here.write("site/page", "as it was\n");
  symlinkSync("page", here.file("site/link"));
  here.write("site/cluster.json", fromFile("page"));
  here.write("site/linked.json", fromFile("link"));
  git("add", ".");
  git("commit", "-qm", "one");
  expect(here.lvsgen("diff", "HEAD", "site/cluster.json").code).toBe(0);
  here.write("site/page", "as it is\n");
  expect(here.lvsgen("diff", "HEAD", "site/cluster.json")).toMatchObject({
    code: 2,
    out: expect.stringContaining("/srv/page"),
  });
  expect(here.lvsgen("diff", "HEAD", "site/linked.json").err).toContain("no regular file");
});

test("--watch builds again when what the description names comes, changes in place and by a rename", async () => {
  here.write("cluster.json", fromFile("pages/one"));
  const child = spawn(process.execPath, [program, "build", "--watch", "--json"], {
    cwd: here.path,
    env: plainEnvironment(),
  });
  const built = (text: string): Promise<void> =>
    vi.waitFor(() => expect(here.read("out/realserver.sh")).toContain(text), { timeout: 60_000, interval: 200 });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  await vi.waitFor(() => expect(said).toContain("Watching"), { timeout: 60_000 });
  mkdirSync(here.file("pages"));
  here.write("pages/one", "first\n");
  await built("first");
  here.write("pages/one", "second\n");
  await built("second");
  here.write("pages/new", "third\n");
  renameSync(here.file("pages/new"), here.file("pages/one"));
  await built("third");
  child.kill("SIGINT");
  expect((await once(child, "close"))[0]).toBe(0);
});
