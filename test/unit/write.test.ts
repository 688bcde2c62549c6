import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Bundle, BundleFile } from "../../src/bundle.ts";
import { compareBundle, type WriteResult, writeBundle } from "../../src/write/index.ts";

let scratch: string;
let out: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "lvsgen-write-"));
  out = join(scratch, "out");
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

function bundleFile(path: string, ...chunks: string[]): BundleFile {
  return { path, chunks, executable: path.endsWith(".sh"), sha256: sha256(chunks.join("")) };
}

/** A bundle with these files, and the manifest and the checksums that list them. */
function bundleOf(content: Record<string, string>): Bundle {
  const listed = Object.entries(content).map(([path, text]) => bundleFile(path, text));
  const manifest = { generator: "lvsgen", format: 1, files: listed.map(({ path, sha256 }) => ({ path, sha256 })) };
  const summed = [...listed, bundleFile("manifest.json", `${JSON.stringify(manifest)}\n`)];
  const sums = bundleFile("SHA256SUMS", summed.map((file) => `${file.sha256}  ${file.path}\n`).join(""));
  return {
    cluster: "x",
    files: [...summed, sums].sort((a, b) => (a.path < b.path ? -1 : 1)),
    scripts: [],
    services: [],
    healthChecks: false,
    signedOnly: false,
    change: null,
  };
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), text);
}

/** Every file and link below the output directory. */
function tree(): string[] {
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
    .sort();
}

const read = (path: string): string => readFileSync(join(out, path), "utf8");
const statuses = (result: WriteResult): Record<string, string> =>
  Object.fromEntries(result.changes.map((change) => [change.path, change.status]));
const problems = (result: WriteResult): string[] => result.problems.map(({ kind, path }) => `${kind} ${path}`);

const first = bundleOf({ "director.sh": "#!/bin/bash\n", "files/lvs1/etc/sysctl.d/a": "one\n", "RUNBOOK.md": "r\n" });

describe("a directory that is not there", () => {
  test("gets the whole bundle and nothing else", () => {
    const result = writeBundle(first, out, false);
    expect(result.problems).toEqual([]);
    expect(new Set(Object.values(statuses(result)))).toEqual(new Set(["added"]));
    expect(tree()).toEqual(["RUNBOOK.md", "SHA256SUMS", "director.sh", "files/lvs1/etc/sysctl.d/a", "manifest.json"]);
    expect(read("files/lvs1/etc/sysctl.d/a")).toBe("one\n");
  });

  test("is made with the directories above it", () => {
    expect(problems(writeBundle(first, join(scratch, "a/b/out"), false))).toEqual([]);
    expect(readFileSync(join(scratch, "a/b/out/RUNBOOK.md"), "utf8")).toBe("r\n");
  });

  test("is not made by a comparison", () => {
    expect(statuses(compareBundle(first, out, false))["director.sh"]).toBe("added");
    expect(existsSync(out)).toBe(false);
  });
});

test.runIf(process.platform !== "win32")("scripts are executable, other files are not", () => {
  writeBundle(first, out, false);
  expect(statSync(join(out, "director.sh")).mode & 0o111).not.toBe(0);
  expect(statSync(join(out, "RUNBOOK.md")).mode & 0o111).toBe(0);

  chmodSync(join(out, "director.sh"), 0o644);
  expect(statuses(compareBundle(first, out, false))["director.sh"]).toBe("changed");
  writeBundle(first, out, false);
  expect(statSync(join(out, "director.sh")).mode & 0o111).not.toBe(0);
});

describe("a second build", () => {
  test("of the same bundle touches no file", () => {
    writeBundle(first, out, false);
    const past = new Date("2001-01-01T00:00:00Z");
    for (const path of tree()) utimesSync(join(out, path), past, past);
    const result = writeBundle(first, out, false);
    expect(new Set(Object.values(statuses(result)))).toEqual(new Set(["unchanged"]));
    for (const path of tree()) expect(statSync(join(out, path)).mtime).toEqual(past);
  });

  test("writes what differs, removes what is gone, and the directories that this empties", () => {
    writeBundle(first, out, false);
    const inode = statSync(join(out, "RUNBOOK.md")).ino;
    const second = bundleOf({ "director.sh": "#!/bin/bash\n:\n", "files/lvs2/etc/b": "two\n", "RUNBOOK.md": "r\n" });
    expect(statuses(writeBundle(second, out, false))).toEqual({
      "RUNBOOK.md": "unchanged",
      SHA256SUMS: "changed",
      "director.sh": "changed",
      "files/lvs1/etc/sysctl.d/a": "removed",
      "files/lvs2/etc/b": "added",
      "manifest.json": "changed",
    });
    expect(existsSync(join(out, "files/lvs1"))).toBe(false);
    expect(read("director.sh")).toBe("#!/bin/bash\n:\n");
    expect(statSync(join(out, "RUNBOOK.md")).ino).toBe(inode);
    expect(new Set(Object.values(statuses(compareBundle(second, out, false))))).toEqual(new Set(["unchanged"]));
  });

  test("puts a file beside the one it removes in the same directory", () => {
    writeBundle(bundleOf({ "files/a/etc/old": "1" }), out, false);
    expect(problems(writeBundle(bundleOf({ "files/a/etc/new": "2" }), out, false))).toEqual([]);
    expect(readdirSync(join(out, "files/a/etc"))).toEqual(["new"]);
  });

  test.each([
    ["a file into a directory", "files/a/x", "files/a/x/y"],
    ["a directory into a file", "files/a/x/y", "files/a/x"],
  ])("turns %s", (_name, before, after) => {
    writeBundle(bundleOf({ [before]: "1" }), out, false);
    expect(problems(writeBundle(bundleOf({ [after]: "2" }), out, false))).toEqual([]);
    expect(read(after)).toBe("2");
  });

  test("restores a file that was deleted since", () => {
    writeBundle(first, out, false);
    rmSync(join(out, "RUNBOOK.md"));
    expect(statuses(compareBundle(first, out, false))).toMatchObject({ "RUNBOOK.md": "added" });
    expect(problems(writeBundle(first, out, false))).toEqual([]);
    expect(read("RUNBOOK.md")).toBe("r\n");
  });

  test("says nothing of a listed file that someone has removed already", () => {
    writeBundle(first, out, false);
    rmSync(join(out, "files"), { recursive: true });
    const result = writeBundle(bundleOf({ "director.sh": "#!/bin/bash\n", "RUNBOOK.md": "r\n" }), out, false);
    expect(result.problems).toEqual([]);
    expect(Object.values(statuses(result))).not.toContain("removed");
  });
});

describe("files that somebody changed since", () => {
  const without = bundleOf({ "director.sh": "#!/bin/bash\n:\n", "RUNBOOK.md": "r\n" });
  const edited = (): void => {
    writeBundle(first, out, false);
    put("director.sh", "edited\n");
    put("files/lvs1/etc/sysctl.d/a", "one\nnotes\n");
  };

  test("are named, whether they would be replaced or removed, and nothing is done at all", () => {
    edited();
    const before = tree().map(read);
    const { problems: found } = writeBundle(without, out, false);
    expect(found).toEqual([
      { kind: "edited-file", path: "files/lvs1/etc/sysctl.d/a", fate: "removed" },
      { kind: "edited-file", path: "director.sh", fate: "replaced" },
    ]);
    expect(tree().map(read)).toEqual(before);
    expect(compareBundle(without, out, false).problems).toEqual(found);
  });

  test("are replaced and removed when the user says so", () => {
    edited();
    expect(problems(writeBundle(without, out, true))).toEqual([]);
    expect(tree()).toEqual(["RUNBOOK.md", "SHA256SUMS", "director.sh", "manifest.json"]);
    expect(read("director.sh")).toBe("#!/bin/bash\n:\n");
  });

  test("are taken as they are when they hold what is wanted now", () => {
    writeBundle(first, out, false);
    put("director.sh", "#!/bin/bash\n:\n");
    expect(problems(writeBundle(without, out, false))).toEqual([]);
  });

  test.each(["manifest.json", "SHA256SUMS"])("include %s", (path) => {
    writeBundle(first, out, false);
    put(path, path === "SHA256SUMS" ? `${read(path)}my notes\n` : read(path).replace("{", '{ "notes": 1,'));
    expect(problems(writeBundle(without, out, false))).toEqual([`edited-file ${path}`]);
  });

  test("do not keep SHA256SUMS from being written anew when it is gone", () => {
    writeBundle(first, out, false);
    rmSync(join(out, "SHA256SUMS"));
    expect(problems(writeBundle(without, out, false))).toEqual([]);
  });

  test("may have lost their mode: that is no change of theirs to keep", () => {
    writeBundle(first, out, false);
    chmodSync(join(out, "director.sh"), 0o600);
    expect(problems(writeBundle(without, out, false))).toEqual([]);
  });

  test("by nothing but CRLF are told apart, also across the blocks that are read", () => {
    const long = bundleOf({ "director.sh": `${"x".repeat((1 << 18) - 1)}\ny\rz\n`, "RUNBOOK.md": "r\n" });
    writeBundle(long, out, false);
    for (const path of tree()) put(path, read(path).replaceAll("\n", "\r\n"));
    expect(problems(writeBundle(without, out, false))).toEqual([
      "converted-file RUNBOOK.md",
      "converted-file SHA256SUMS",
      "converted-file director.sh",
      "converted-file manifest.json",
    ]);
    put("director.sh", `${"x".repeat((1 << 18) - 1)}\r\ny\r`);
    expect(problems(writeBundle(without, out, false))).toContain("edited-file director.sh");
  });
});

describe("a manifest.json that somebody planted", () => {
  const plant = (files: readonly object[]): void => {
    for (const path of [".git/config", "src/a.txt", "precious", "director.sh", "files/lvs1/x"]) put(path, "mine");
    put("manifest.json", JSON.stringify({ generator: "lvsgen", format: 1, files }));
  };

  test.each([
    ["paths that no build makes", [".git/config", "src/a.txt", "precious"]],
    ["a path of a build among them", ["director.sh", ".git/config"]],
    ["a hidden way out", ["files/lvs1/../../.git/config"]],
    ["a tree without a host", ["files/x"]],
    ["another case", ["Director.sh"]],
  ])("with %s is none of lvsgen's, and with force still removes nothing", (_name, paths) => {
    plant(paths.map((path) => ({ path, sha256: sha256("mine") })));
    expect(problems(writeBundle(bundleOf({ "nfs.sh": "x" }), out, false))).toEqual(["foreign-manifest manifest.json"]);
    expect(problems(writeBundle(bundleOf({ "nfs.sh": "x" }), out, true))).toEqual([]);
    expect([".git/config", "src/a.txt", "precious", "director.sh"].map(read)).toEqual(Array(4).fill("mine"));
  });

  test.each([[undefined], ["mine"], [sha256("other")]])("that gives a file the sum %j removes nothing", (sum) => {
    plant([{ path: "director.sh", sha256: sum }]);
    expect(writeBundle(bundleOf({ "nfs.sh": "x" }), out, false).problems).toHaveLength(1);
    expect(read("director.sh")).toBe("mine");
  });

  test("is not read through a link, nor from a device", () => {
    plant([{ path: "director.sh", sha256: sha256("mine") }]);
    renameSync(join(out, "manifest.json"), join(scratch, "manifest.json"));
    symlinkSync(join(scratch, "manifest.json"), join(out, "manifest.json"));
    expect(problems(writeBundle(bundleOf({ "nfs.sh": "x" }), out, true))).toEqual([]);
    expect(read("director.sh")).toBe("mine");
  });
});

describe("files that lvsgen did not write", () => {
  test("stay, wherever they are", () => {
    put("notes.txt", "mine");
    writeBundle(first, out, false);
    put("files/lvs1/etc/sysctl.d/mine", "mine");
    const result = writeBundle(bundleOf({ "director.sh": "x" }), out, false);
    expect(result.problems).toEqual([]);
    expect([read("notes.txt"), read("files/lvs1/etc/sysctl.d/mine")]).toEqual(["mine", "mine"]);
    expect(existsSync(join(out, "files/lvs1/etc/sysctl.d/a"))).toBe(false);
  });

  test("are not replaced, and then nothing is written at all", () => {
    put("director.sh", "mine");
    expect(problems(writeBundle(first, out, false))).toEqual(["foreign-file director.sh"]);
    expect(tree()).toEqual(["director.sh"]);
    expect(read("director.sh")).toBe("mine");
  });

  test("are taken over when their content is the wanted one, as after a build that was interrupted", () => {
    put("RUNBOOK.md", "r\n");
    expect(problems(writeBundle(first, out, false))).toEqual([]);
  });

  test("are replaced when the user says so", () => {
    put("director.sh", "mine");
    expect(problems(writeBundle(first, out, true))).toEqual([]);
    expect(read("director.sh")).toBe("#!/bin/bash\n");
  });

  test.each([
    ["something else", '{ "name": "a web application" }'],
    ["not JSON", "{"],
    ["another format", '{ "generator": "lvsgen", "format": 2, "files": [] }'],
    ["a path that leaves", '{ "generator": "lvsgen", "format": 1, "files": [{ "path": "../precious" }] }'],
    ["an absolute path", '{ "generator": "lvsgen", "format": 1, "files": [{ "path": "/etc/passwd" }] }'],
  ])("include a manifest.json that is %s", (_name, text) => {
    writeFileSync(join(scratch, "precious"), "mine");
    put("manifest.json", text);
    expect(problems(writeBundle(first, out, false))).toEqual(["foreign-manifest manifest.json"]);
    expect(read("manifest.json")).toBe(text);
    expect(existsSync(join(scratch, "precious"))).toBe(true);
  });

  test("include a directory and a file in the way, which nothing replaces", () => {
    mkdirSync(join(out, "director.sh/sub"), { recursive: true });
    put("director.sh/sub/mine", "mine");
    put("files", "mine");
    expect(problems(writeBundle(first, out, true))).toEqual(["in-the-way director.sh", "in-the-way files"]);
    expect(tree()).toEqual(["director.sh/sub/mine", "files"]);
  });
});

describe.runIf(process.platform !== "win32")("symbolic links", () => {
  test("of directories are not followed out of the output directory", () => {
    const elsewhere = join(scratch, "elsewhere");
    mkdirSync(elsewhere);
    mkdirSync(join(out, "files"), { recursive: true });
    symlinkSync(elsewhere, join(out, "files/lvs1"));
    expect(problems(writeBundle(first, out, true))).toEqual(["symbolic-link files/lvs1"]);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test("of directories are not followed to remove a file", () => {
    writeBundle(first, out, false);
    const elsewhere = join(scratch, "elsewhere");
    mkdirSync(join(elsewhere, "etc/sysctl.d"), { recursive: true });
    writeFileSync(join(elsewhere, "etc/sysctl.d/a"), "mine");
    rmSync(join(out, "files/lvs1"), { recursive: true });
    symlinkSync(elsewhere, join(out, "files/lvs1"));
    writeBundle(bundleOf({ "director.sh": "x" }), out, false);
    expect(readFileSync(join(elsewhere, "etc/sysctl.d/a"), "utf8")).toBe("mine");
  });

  test("in the place of a file are refused, and with force replaced without touching their target", () => {
    writeBundle(first, out, false);
    const target = join(scratch, "target");
    writeFileSync(target, "mine");
    rmSync(join(out, "director.sh"));
    symlinkSync(target, join(out, "director.sh"));
    expect(problems(writeBundle(first, out, false))).toEqual(["symbolic-link director.sh"]);
    expect(problems(writeBundle(first, out, true))).toEqual([]);
    expect(lstatSync(join(out, "director.sh")).isFile()).toBe(true);
    expect(readFileSync(target, "utf8")).toBe("mine");
  });

  test("the output directory itself may be one", () => {
    mkdirSync(join(scratch, "real"));
    symlinkSync(join(scratch, "real"), out);
    expect(problems(writeBundle(first, out, false))).toEqual([]);
    expect(existsSync(join(scratch, "real/director.sh"))).toBe(true);
  });

  test("the root of the file system is no bundle's directory, whatever leads there", () => {
    symlinkSync("/", out);
    for (const write of [writeBundle, compareBundle])
      for (const directory of ["/", "//", "/tmp/..", out])
        expect(write(first, directory, true)).toEqual({ changes: [], problems: [{ kind: "root", path: "" }] });
  });

  describe("as the output directory itself", () => {
    beforeEach(() => {
      mkdirSync(join(scratch, "real"));
      symlinkSync("real", out);
    });

    const refused = (reason: string): void => {
      for (const write of [writeBundle, compareBundle])
        for (const directory of [out, `${out}/`])
          expect(write(first, directory, true)).toEqual({
            changes: [],
            problems: [{ kind: "output-link", path: "", target: readlinkSync(out), reason }],
          });
    };

    test("is followed where both are the user's own", () => {
      expect(problems(writeBundle(first, `${out}/`, false))).toEqual([]);
      expect(readdirSync(join(scratch, "real"))).toContain("director.sh");
    });

    test("is not where another user builds", () => {
      const own = process.geteuid?.() ?? 0;
      const spy = vi.spyOn(process, "geteuid").mockReturnValue(own + 1);
      refused("not-yours");
      spy.mockRestore();
      expect(readdirSync(join(scratch, "real"))).toEqual([]);
    });

    test("is not where the one of the two is another user's", () => {
      if (process.geteuid?.() === 0) {
        lchownSync(out, 65534, 65534);
      } else {
        rmSync(out);
        symlinkSync("/usr", out);
      }
      refused("not-yours");
    });

    test("is said to lead nowhere", () => {
      rmSync(join(scratch, "real"), { recursive: true });
      refused("nowhere");
      expect(existsSync(join(scratch, "real"))).toBe(false);
    });
  });
});

describe("interruptions", () => {
  /** As if the build of what stands here had been killed when it had written the manifest and nothing after it. */
  function leaveHalfDone(former: Bundle, latter: Bundle): void {
    const sums = [...former.files, ...latter.files].map(({ path, sha256 }) => ({ path, sha256 }));
    put(".lvsgen-999999999-abcdef/.record.json", JSON.stringify({ files: sums }));
    for (const { path, chunks } of former.files) if (path !== "manifest.json") put(path, chunks.join(""));
  }

  test("what a killed build left is cleared, what a running one works on is not", () => {
    put(".lvsgen-999999999/director.sh", "half");
    put(`.lvsgen-${process.ppid}/director.sh`, "half");
    writeBundle(first, out, false);
    expect(readdirSync(out).filter((name) => name.startsWith(".lvsgen-"))).toEqual([`.lvsgen-${process.ppid}`]);
  });

  test("what a killed build of the same process number left is cleared as well", () => {
    put(`.lvsgen-${process.pid}/director.sh`, "half");
    expect(problems(writeBundle(first, out, false))).toEqual([]);
    expect(read("director.sh")).toBe("#!/bin/bash\n");
    expect(readdirSync(out).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("the next build finishes a half-written one, although the description changed meanwhile", () => {
    writeBundle(first, out, false);
    const second = bundleOf({ "director.sh": "2", "files/lvs1/new": "2" });
    writeBundle(second, out, false);
    leaveHalfDone(first, second);
    rmSync(join(out, "files"), { recursive: true });
    const third = bundleOf({ "director.sh": "3", "files/lvs1/new": "3" });
    expect(problems(writeBundle(third, out, false))).toEqual([]);
    expect(tree()).toEqual(["SHA256SUMS", "director.sh", "files/lvs1/new", "manifest.json"]);
  });

  test("a directory that is a file is the system's error, with its code", () => {
    writeFileSync(out, "mine");
    expect(writeBundle(first, out, false).problems).toMatchObject([{ kind: "system", code: "EEXIST" }]);
    expect(compareBundle(first, out, false).problems).toMatchObject([{ kind: "system", code: "ENOTDIR" }]);
    expect(writeBundle(first, join(out, "sub"), false).problems).toMatchObject([{ kind: "system", code: "ENOTDIR" }]);
  });
});

test("content goes to disk in UTF-8 across chunk and block borders", () => {
  const chunks = ["ä", "€".repeat(100_000), "", "😀".repeat(150_000), "x\n"];
  const bundle: Bundle = {
    cluster: "x",
    files: [bundleFile("files/lvs1/big", ...chunks)],
    scripts: [],
    services: [],
    healthChecks: false,
    signedOnly: false,
    change: null,
  };
  writeBundle(bundle, out, false);
  expect(read("files/lvs1/big")).toBe(chunks.join(""));
  expect(statuses(compareBundle(bundle, out, false))).toEqual({ "files/lvs1/big": "unchanged" });
});
