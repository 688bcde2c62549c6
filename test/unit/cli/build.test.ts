import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { misspelt, plainEnvironment, procedure, program, run, small, workplace } from "./command-line.ts";

const here = workplace();

/** The small description with its top level in YAML's block style. */
const yaml = Object.entries(JSON.parse(small) as object)
  .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
  .join("");

interface BuildJson {
  diagnostics: { code: string; severity: string; file: string; line: number; column: number }[];
  problems: { code: string; message: string; hint: string; file: string }[];
  output: string;
  upToDate: boolean;
  files: { path: string; sha256: string | null; status: string }[];
  counts: Record<string, number>;
}

function json(...args: string[]): BuildJson & { exit: number | null } {
  const { code, out } = here.lvsgen("build", "--json", ...args);
  expect(out.trimEnd().split("\n")).toHaveLength(1);
  return { ...(JSON.parse(out) as BuildJson), exit: code };
}

test("the procedure's cluster builds, and says which script goes to which host", () => {
  const { code, out } = here.lvsgen("build", procedure);
  expect(code).toBe(0);
  for (const word of ["director.sh", "lvs1", "realserver.sh", "web1", "web2", "nfs.sh", "el7", "out/RUNBOOK.md"]) {
    expect(out).toContain(word);
  }
  expect(readdirSync(here.file("out"))).toEqual(expect.arrayContaining(["RUNBOOK.md", "SHA256SUMS", "manifest.json"]));
});

describe("without FILE the description of this directory is taken", () => {
  const names = ["cluster.json", "cluster.jsonc", "cluster.yaml", "cluster.yml"];
  const textOf = (name: string): string => (/ya?ml$/.test(name) ? `# one\n${yaml}` : `// one\n${small}`);

  test.each(names)("%s", (name) => {
    here.write(name, textOf(name));
    expect(here.lvsgen("validate")).toEqual({ code: 0, out: `${name}: valid\n`, err: "" });
    expect(here.lvsgen("build")).toMatchObject({ code: 0, err: "" });
    expect(here.lvsgen("packages").code).toBe(0);
    expect(here.lvsgen("graph", "-o", "-").code).toBe(0);
    expect(here.lvsgen("diff", "out").code).toBe(0);
  });

  test.each([
    { there: ["cluster.json", "cluster.yml"], list: "cluster.json and cluster.yml" },
    { there: ["cluster.jsonc", "cluster.yaml"], list: "cluster.jsonc and cluster.yaml" },
    { there: names, list: "cluster.json, cluster.jsonc, cluster.yaml and cluster.yml" },
  ])("$there are too many, and none of them is read", ({ there, list }) => {
    for (const name of there) here.write(name, textOf(name));
    here.lvsgen("build", there[0] ?? "");
    for (const args of [["build"], ["build", "--watch"], ["validate"], ["packages"], ["graph"], ["diff", "out"]]) {
      const { code, out, err } = here.lvsgen(...args);
      expect({ args, code, out }).toEqual({ args, code: 64, out: "" });
      expect(err).toContain(`${list} are all descriptions of this directory`);
      expect(err).toContain(`name the one that is meant, or move the others away`);
    }
    expect(json()).toMatchObject({ exit: 64, problems: [{ code: "SEVERAL_DESCRIPTIONS", file: there[0] }] });
    for (const name of there) expect(here.lvsgen("build", name).code).toBe(0);
    expect(here.lvsgen("diff", "out", there[1] ?? "").code).toBe(0);
  });

  test("where there is none, it says what was looked for and how to begin", () => {
    mkdirSync(here.file("cluster.yaml"));
    for (const args of [["build"], ["build", "--watch"], ["validate"], ["packages"], ["graph"]]) {
      const { code, out, err } = here.lvsgen(...args);
      expect({ args, code, out }).toEqual({ args, code: 66, out: "" });
      expect(err).toContain(
        "cluster.json: error: no such file, and no cluster.jsonc, cluster.yaml or cluster.yml in its place",
      );
      expect(err).toContain("lvsgen init");
    }
    expect(json()).toMatchObject({ exit: 66, problems: [{ code: "NO_SUCH_FILE", file: "cluster.json" }] });
  });

  test("a link that leads nowhere is a description that cannot be read", () => {
    symlinkSync("gone", here.file("cluster.jsonc"));
    expect(json()).toMatchObject({ exit: 66, problems: [{ code: "NO_SUCH_FILE", file: "cluster.jsonc" }] });
  });
});

test.each([
  ["JSON", small],
  ["JSON after comments", `// one\n/* two */\n${small}`],
  ["YAML", `# one\n${yaml}`],
])("- reads %s from standard input", (_name, input) => {
  expect(run(["build", "-"], { cwd: here.path, input })).toMatchObject({ code: 0, err: "" });
});

test("an empty standard input is an error of the description", () => {
  const { code, err } = run(["build", "-"], { cwd: here.path, input: "" });
  expect(code).toBe(1);
  expect(err).toContain("EMPTY_FILE");
});

test("errors in the description are 1, shown with their place, and nothing is written", () => {
  here.write("cluster.json", misspelt);
  const { code, out, err } = here.lvsgen("build");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/^cluster\.json:1:\d+: error\[UNKNOWN_KEY\]/);
  expect(existsSync(here.file("out"))).toBe(false);
});

test.each([
  ["missing", "NO_SUCH_FILE", 66],
  ["directory", "CANNOT_READ", 66],
  ["gb18030.json", "NOT_UTF8", 1],
])("a description that cannot be read: %s", (file, code, exit) => {
  mkdirSync(here.file("directory"));
  here.write("gb18030.json", Buffer.from([0x7b, 0x0a, 0x22, 0xd6, 0xd0, 0x22]));
  expect(json(file)).toMatchObject({ exit, problems: [{ code }], diagnostics: [], files: [], upToDate: false });
  expect(here.lvsgen("build", file).code).toBe(exit);
});

describe("bytes that are no text in UTF-8 are said to be what they are", () => {
  const marked = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");
  const bigEndian = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
  const wide = (text: string): Buffer =>
    Buffer.concat(Array.from(text, (one) => Buffer.from([one.charCodeAt(0), 0, 0, 0])));
  const han = `// 集群描述，第一版：调度器和真实服务器\n${small}`;
  test.each<[string, Buffer, string, RegExp]>([
    ["UTF-16 with its mark", marked(small), "NOT_UTF8", /UTF-16, not .*iconv -f UTF-16 -t UTF-8/],
    ["UTF-16, the other way round, with its mark", bigEndian(marked(small)), "NOT_UTF8", /iconv -f UTF-16 -t UTF-8/],
    ["UTF-16 without a mark", Buffer.from(small, "utf16le"), "NOT_UTF8", /UTF-16, not .*iconv -f UTF-16LE -t UTF-8/],
    ["UTF-16BE without a mark", bigEndian(Buffer.from(small, "utf16le")), "NOT_UTF8", /iconv -f UTF-16BE -t UTF-8/],
    ["UTF-16 in Chinese", Buffer.from(han, "utf16le"), "NOT_UTF8", /iconv -f UTF-16LE -t UTF-8/],
    ["UTF-32", wide(small), "NOT_UTF8", /UTF-32, not .*iconv -f UTF-32LE -t UTF-8/],
    ["GB18030", Buffer.from([0x7b, 0x0a, 0x22, 0xd6, 0xd0, 0x22]), "NOT_UTF8", /iconv -f GB18030 -t UTF-8/],
    ["a program", Buffer.from("\x7fELF\x02\x01\x01\0\0\0", "latin1"), "NOT_TEXT", /is a program, no text/],
    ["a gzip archive", Buffer.from("\x1f\x8b\x08\0\xff\xfe", "latin1"), "NOT_TEXT", /is a gzip archive, no text/],
    ["an Office document", Buffer.from("PK\x03\x04\x14\0\x90", "latin1"), "NOT_TEXT", /Office document, no text/],
    ["zeros", Buffer.alloc(4096), "NOT_TEXT", /is no text/],
    ["what nobody knows", Buffer.from("\x01\x02\xff\0\x80", "latin1"), "NOT_TEXT", /is no text/],
    ["a text that ends in zeros", Buffer.concat([Buffer.from(`${small}\n`), Buffer.alloc(64)]), "NOT_TEXT", /damaged/],
  ])("%s", (_name, bytes, code, said) => {
    here.write("cluster.json", bytes);
    const [problem, ...more] = json().problems;
    expect(more).toEqual([]);
    expect(problem?.code).toBe(code);
    expect(`${problem?.message} ${problem?.hint}`).toMatch(said);
  });

  test("what is said of UTF-16 converts it", () => {
    here.write("cluster.json", bigEndian(Buffer.from(small, "utf16le")));
    const command = /iconv [^)]*/.exec(json().problems[0]?.hint ?? "")?.[0] ?? "false";
    const converted = execFileSync("bash", ["-c", `${command} cluster.json`], { cwd: here.path });
    here.write("cluster.json", converted);
    expect(json()).toMatchObject({ exit: 0, problems: [] });
  });
});

test("an output directory that is a link to nothing is said to be that, also with --check", () => {
  here.write("cluster.json", small);
  symlinkSync("elsewhere", here.file("out"));
  for (const more of [[], ["--check"]]) {
    expect(json(...more)).toMatchObject({
      exit: 73,
      upToDate: false,
      problems: [{ code: "SYMBOLIC_LINK", file: "out" }],
    });
    expect(here.lvsgen("build", ...more).err).toContain(
      'out: error: is a symbolic link to "elsewhere", where nothing is',
    );
  }
  // However the same is written.
  for (const name of ["out/", "out/.", "./out/./"])
    expect(json("-o", name).problems).toMatchObject([{ code: "SYMBOLIC_LINK" }]);
});

test("a second build changes nothing and says so", () => {
  here.write("cluster.json", small);
  here.lvsgen("build");
  expect(here.lvsgen("build").out).toContain("nothing changed");
  expect(json()).toMatchObject({ exit: 0, upToDate: true, counts: { added: 0, changed: 0, removed: 0 } });
});

test("--check compares, writes nothing, and is 1 when the output is stale", () => {
  here.write("cluster.json", small);
  expect(here.lvsgen("build", "--check").code).toBe(1);
  expect(existsSync(here.file("out"))).toBe(false);
  here.lvsgen("build");
  expect(here.lvsgen("build", "--check").code).toBe(0);

  here.write("out/RUNBOOK.md", "edited\n");
  expect(json("--check")).toMatchObject({ exit: 1, upToDate: false, counts: { changed: 1 } });
  expect(here.lvsgen("build", "--check").out).toContain("~ RUNBOOK.md");
  expect(json("--check").problems).toMatchObject([{ code: "EDITED_FILE", file: "out/RUNBOOK.md" }]);
  expect(here.lvsgen("build", "--check").err).toContain("out/RUNBOOK.md: error: was changed since lvsgen wrote it");
  expect(json("--check", "--force").problems).toEqual([]);
  expect(here.read("out/RUNBOOK.md")).toBe("edited\n");
});

test("what somebody changed in the output is 73 and stays, unless forced", () => {
  here.write("cluster.json", small);
  here.lvsgen("build");
  here.write("out/director.sh", "edited\n");
  const { code, err } = here.lvsgen("build");
  expect({ code, err }).toEqual({ code: 73, err: expect.stringContaining("let it be replaced with --force") });
  expect(here.read("out/director.sh")).toBe("edited\n");
  expect(here.lvsgen("build", "--force").code).toBe(0);
});

test("converted line ends are called by their name", () => {
  here.write("cluster.json", small);
  here.lvsgen("build");
  for (const name of ["director.sh", "manifest.json", "SHA256SUMS"]) {
    here.write(`out/${name}`, here.read(`out/${name}`).replaceAll("\n", "\r\n"));
  }
  const { problems, exit } = json();
  expect(exit).toBe(73);
  expect(problems.map(({ code, file }) => `${code} ${file}`)).toEqual(
    ["SHA256SUMS", "director.sh", "manifest.json"].map((name) => `CONVERTED_FILE out/${name}`),
  );
});

test("--json lists every file with its checksum and what happened to it", () => {
  here.write("cluster.json", small);
  const { files, output, exit } = json("-o", "elsewhere");
  expect({ output, exit }).toEqual({ output: "elsewhere", exit: 0 });
  const sums = here.read("elsewhere/SHA256SUMS");
  for (const { path, sha256, status } of files) {
    expect(status).toBe("added");
    if (path !== "SHA256SUMS") expect(sums).toContain(`${sha256}  ${path}\n`);
  }
});

test("--json has the findings", () => {
  here.write("cluster.json", misspelt);
  const { diagnostics, exit, upToDate } = json();
  expect({ exit, upToDate }).toEqual({ exit: 1, upToDate: false });
  expect(diagnostics[0]).toMatchObject({ code: "UNKNOWN_KEY", severity: "error", file: "cluster.json", line: 1 });
});

test("--quiet prints errors only", () => {
  here.write("cluster.json", small);
  expect(here.lvsgen("build", "--quiet")).toEqual({ code: 0, out: "", err: "" });
  here.write("cluster.json", misspelt);
  expect(here.lvsgen("build", "--quiet").err).toContain("UNKNOWN_KEY");
});

test("where the system makes no directory below one that is there, a build says so and ends", () => {
  // Node's own mkdir goes on for ever there.
  const { code, err } = run(["build", procedure, "-o", "/proc/lvsgen/out"], { timeout: 60_000 });
  expect(code).toBe(73);
  expect(err).toContain("/proc/lvsgen: error: cannot be written: no such file or directory; nothing was changed");
});

test("what cannot be written is 73, and a file of someone else stays unless forced", () => {
  here.write("cluster.json", small);
  here.write("a-file", "mine");
  expect(json("-o", "a-file/out")).toMatchObject({ exit: 73, problems: [{ code: "CANNOT_WRITE" }] });
  mkdirSync(here.file("out"));
  here.write("out/director.sh", "mine");
  expect(json()).toMatchObject({ exit: 73, problems: [{ code: "FOREIGN_FILE", file: "out/director.sh" }] });
  expect(here.read("out/director.sh")).toBe("mine");
  expect(here.lvsgen("build", "--force").code).toBe(0);
  expect(here.read("out/director.sh")).not.toBe("mine");
});

test("--watch builds again after a change in place and after a rename over the file", async () => {
  here.write("cluster.json", small);
  const args = [program, "build", "--watch", "--json"];
  const child = spawn(process.execPath, args, { cwd: here.path, env: plainEnvironment() });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const builds = (): BuildJson[] =>
    out
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as BuildJson);
  const seen = (count: number) => vi.waitFor(() => expect(builds()).toHaveLength(count), { timeout: 60_000 });

  await seen(1);
  here.write("cluster.json", small.replace('"port":80', '"port":81'));
  await seen(2);
  here.write("cluster.json.new", misspelt);
  renameSync(here.file("cluster.json.new"), here.file("cluster.json"));
  await seen(3);
  const director = here.read("out/director.sh");
  child.kill("SIGINT");
  expect((await once(child, "close"))[0]).toBe(1);
  expect(builds()[1]).toMatchObject({ upToDate: true, diagnostics: [] });
  expect(builds()[2]?.diagnostics[0]).toMatchObject({ code: "UNKNOWN_KEY" });
  expect(err.match(/^\[\d\d:\d\d:\d\d\] .*$/gm)?.map((line) => line.slice(11))).toEqual([
    "built into out",
    "built into out",
    "not built: out stays as it was",
  ]);
  expect(director).toContain("10.0.0.100:81");
});

test("hosts that have left since the former build are named with their command", () => {
  const cluster = JSON.parse(small) as { name: string; hosts: object; services: { realservers: object[] }[] };
  const more = structuredClone(cluster);
  Object.assign(more.hosts, { web9: { ...Object.values(cluster.hosts)[0], address: "10.0.0.99/24" } });
  more.services[0]?.realservers.push({ host: "web9" });
  here.write("cluster.json", JSON.stringify(more));
  expect(json()).toMatchObject({ exit: 0, left: [], formerName: null });
  here.write("cluster.json", JSON.stringify(cluster));
  expect(here.lvsgen("build", "--check").out).toContain("on web9: bash realserver.sh uninstall");
  const { out } = here.lvsgen("build");
  expect(out).toContain("on web9: bash realserver.sh uninstall");
  expect(json()).toMatchObject({ left: [] });

  here.write("cluster.json", JSON.stringify({ ...cluster, name: "other" }));
  const moved = here.lvsgen("build").out;
  expect(moved).toContain(`renamed? out held the cluster ${cluster.name}. On the hosts both stand side by side.`);
  expect(moved).toMatch(
    /without dropping a connection, of what is\ndescribed as before but for the name \(.*\):\n {2}1\. .*apply the new scripts.*\n {2}2\. .*former scripts' uninstall/,
  );
  here.write("cluster.json", JSON.stringify(cluster));
  expect(json()).toMatchObject({ formerName: "other", left: [] });
});

test("a role that nobody has any more is taken off by the former folder's script", () => {
  const cluster = JSON.parse(small) as { hosts: Record<string, object> };
  const server = Object.keys(cluster.hosts)[0];
  const nfs = { server, exports: [{ path: "/srv", clients: { "10.0.0.12": ["ro", "sync"] } }] };
  here.write("cluster.json", JSON.stringify({ ...cluster, nfs }));
  here.lvsgen("build");
  here.write("cluster.json", small);
  expect(json()).toMatchObject({ left: [{ host: server, script: "nfs.sh", inBundle: false }] });
});

test("what is gone is said: hosts in any role, and files of hosts that stay", () => {
  const cluster = JSON.parse(small) as { hosts: Record<string, object>; clients?: string[] };
  const more = structuredClone(cluster);
  Object.assign(more.hosts, { pc: { address: "10.0.0.50/24" } });
  more.clients = ["pc"];
  Object.assign(more.hosts["web1"] ?? {}, { files: [{ path: "/srv/a:b", content: "x" }] });
  here.write("cluster.json", JSON.stringify(more));
  expect(json()).toMatchObject({ gone: { hosts: [], files: [] } });
  here.write("cluster.json", small);
  const told = json("--check");
  expect(told).toMatchObject({ left: [], gone: { hosts: ["pc"], files: [{ host: "web1", path: "/srv/a:b" }] } });
  const { out } = here.lvsgen("build");
  expect(out).toContain("left no script has put anything on pc: nothing is to be done there\n");
  expect(out).toContain("gone with the next run of its script a host loses\n  web1: /srv/a:b\n");
  expect(json()).toMatchObject({ gone: { hosts: [], files: [] } });
});
