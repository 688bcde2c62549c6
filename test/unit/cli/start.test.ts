/** The code cache may only ever make the start faster. */
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transform } from "esbuild";
import { describe, expect, test } from "vitest";
import { program, small, workplace } from "./command-line.ts";

const here = workplace();
const dist = dirname(program);
const cache = readFileSync(join(dist, "lvsgen.cache"));
const buildLine = `// build ${"0".repeat(64)}\n`;
const code = cache.subarray(0, -buildLine.length);

/** The cache with other bytes of the same number, as a disk or a person makes them. */
function altered(change: (bytes: Buffer) => void): () => void {
  const bytes = Buffer.from(cache);
  change(bytes);
  return () => here.write("lvsgen.cache", bytes);
}

/** Builds with a copy of the program, and tells whether V8 took the cache. */
function buildWith(entry: string, change: () => void) {
  for (const name of ["start.cjs", "lvsgen.cjs", "lvsgen.cache"]) copyFileSync(join(dist, name), here.file(name));
  change();
  here.write("cluster.json", small);
  return spawnSync(process.execPath, [here.file(entry), "build", "--quiet"], { cwd: here.path, encoding: "utf8" });
}

test.each([
  ["is there", () => undefined],
  ["is missing", () => rmSync(here.file("lvsgen.cache"))],
  ["is empty", () => here.write("lvsgen.cache", "")],
  ["is cut off", () => here.write("lvsgen.cache", cache.subarray(0, cache.length / 2))],
  ["belongs to another build", () => here.write("lvsgen.cache", Buffer.concat([code, Buffer.from(buildLine)]))],
  ["has one other bit", altered((bytes) => bytes.writeUInt8(bytes.readUInt8(bytes.length / 2) ^ 1, bytes.length / 2))],
  [
    "is damaged all over",
    altered((bytes) => {
      for (let at = 400; at < code.length; at += 5000) bytes.writeUInt8(bytes.readUInt8(at) ^ 255, at);
    }),
  ],
  [
    "was made by another version of V8",
    () => here.write("lvsgen.cache", Buffer.concat([Buffer.alloc(8), cache.subarray(8)])),
  ],
])("the command works when the cache %s", (_name, change) => {
  expect(buildWith("start.cjs", change)).toMatchObject({ status: 0, stdout: "", stderr: "" });
  expect(here.read("out/director.sh")).toContain("#!/");
});

test("code of the cache that is not the build's does not run", () => {
  const [text, other] = ["compare without writing", "COMPROMISED by somebody"];
  expect(cache.includes(text)).toBe(true);
  for (const name of ["start.cjs", "lvsgen.cjs"]) copyFileSync(join(dist, name), here.file(name));
  here.write("lvsgen.cache", Buffer.from(cache.toString("latin1").replaceAll(text, other), "latin1"));
  const { stdout } = spawnSync(process.execPath, [here.file("start.cjs"), "build", "--help"], { encoding: "utf8" });
  expect(stdout).toContain(text);
});

test("the cache of this build is one that V8 takes", () => {
  buildWith("start.cjs", () => undefined);
  const text = readFileSync(here.file("start.cjs"), "utf8");
  const telling = text.replace(
    "script.runInThisContext()",
    "console.log(script.cachedDataRejected);\nscript.runInThisContext()",
  );
  expect(telling).not.toBe(text);
  writeFileSync(here.file("start.cjs"), telling);
  const { stdout } = spawnSync(process.execPath, [here.file("start.cjs"), "--version"], { encoding: "utf8" });
  expect(stdout.split("\n")[0]).toBe("false");
});

test("lvsgen.cjs is ASCII: it is read as Latin-1, where a character of a regular expression would be three others", () => {
  const source = readFileSync(join(dist, "lvsgen.cjs"), "latin1");
  expect(source.match(/.{0,40}[^\0-\x7f].{0,40}/)).toBeNull();
});

test("lvsgen.cjs is the whole program in one file", () => {
  const alone = (): void => {
    rmSync(here.file("start.cjs"));
    rmSync(here.file("lvsgen.cache"));
  };
  expect(buildWith("lvsgen.cjs", alone)).toMatchObject({ status: 0, stderr: "" });
});

describe("a Node that is too old", () => {
  const starter = readFileSync(program, "utf8");
  const needed = /^>=([0-9]+)$/.exec(
    (JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } }).engines.node,
  )?.[1];

  test.each(["4.9.1", "12.22.12", `${Number(needed) - 1}.9.0`])("%s is told in one sentence", (version) => {
    // As that version would run it: with its number, before anything is loaded.
    const script = `
      const starter = require("node:fs").readFileSync(${JSON.stringify(program)}, "utf8").replace(/^#!.*/, "");
      const old = Object.create(process, { versions: { value: { node: "${version}" } } });
      new Function("process", "require", starter)(old, (name) => { throw new Error("loaded " + name); });`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 69, stdout: "" });
    expect(stderr).toBe(
      `lvsgen: this is Node.js ${version} (${process.execPath}), and lvsgen needs ${needed} or newer\n`,
    );
  });

  test("can read the starter: there is no newer syntax in it than that of 2015", async () => {
    const output = async (target: string): Promise<string> =>
      (await transform(starter.replace(/^#!.*/, ""), { target, loader: "js", minifySyntax: false })).code;
    expect(await output("es2015")).toBe(await output("esnext"));
    // Node 4 has all of it but these, and no comma behind the last argument of a call.
    expect(starter).not.toMatch(/^\s*(?:const|let|var) [{[]|\.\.\.|\basync\b|\bawait\b|,\s*\)/m);
  });
});

test.each([
  ["11.3.244.8-node.30", ["--interrupt-budget=600000"]],
  ["12.4.254.21-node.27", []],
  ["110.0.0", []],
])("V8 %s is told when to optimize, and no other than was tried; the scripts are the same", (version, expected) => {
  for (const name of ["start.cjs", "lvsgen.cjs", "lvsgen.cache"]) copyFileSync(join(dist, name), here.file(name));
  here.write("cluster.json", small);
  const hook = `
    Object.defineProperty(process.versions, "v8", { value: ${JSON.stringify(version)} });
    const v8 = require("node:v8");
    const set = v8.setFlagsFromString;
    v8.setFlagsFromString = (flags) => { process._rawDebug("set " + flags); set(flags); };`;
  here.write("hook.cjs", hook);
  const args = ["--require", here.file("hook.cjs"), here.file("start.cjs"), "build", "--quiet", "-o", "told"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: here.path, encoding: "utf8" });
  expect(status).toBe(0);
  expect(stderr.split("\n").filter((line) => line !== "")).toEqual(expected.map((flags) => `set ${flags}`));
  // lvsgen.cjs by itself sets nothing.
  const plain = [here.file("lvsgen.cjs"), "build", "--quiet", "-o", "plain"];
  expect(spawnSync(process.execPath, plain, { cwd: here.path }).status).toBe(0);
  expect(here.read("told/SHA256SUMS")).toBe(here.read("plain/SHA256SUMS"));
});
