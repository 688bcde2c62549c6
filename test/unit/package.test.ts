/** The package as its users get it: packed, installed without a network, imported with types. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { small } from "./cli/command-line.ts";

const root = process.cwd();
let scratch: string;
let tarball: string;
let packed: string[];

function npm(args: readonly string[], cwd: string): string {
  const env = { ...process.env, npm_config_cache: join(scratch, "empty-cache"), npm_config_offline: "true" };
  return execFileSync("npm", args, { cwd, env, encoding: "utf8", shell: process.platform === "win32" });
}

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "lvsgen-package-"));
  // Without scripts: dist was built for this test run, and a second build would replace it under other tests.
  const report = npm(["pack", "--ignore-scripts", "--json", "--pack-destination", scratch], root);
  const [{ filename, files }] = JSON.parse(report) as [{ filename: string; files: { path: string }[] }];
  tarball = join(scratch, filename);
  packed = files.map(({ path }) => path);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("holds what users need and nothing of the workshop", () => {
  for (const file of [
    "dist/start.cjs",
    "dist/lvsgen.cjs",
    "dist/lvsgen.cache",
    "dist/index.mjs",
    "dist/types/index.d.ts",
    "dist/THIRD-PARTY-LICENCES.txt",
    "dist/man/lvsgen.1",
    "dist/man/lvsgen-cluster.5",
    "dist/man/zh_CN/lvsgen.1",
    "dist/man/zh_CN/lvsgen-cluster.5",
  ]) {
    expect(packed).toContain(file);
  }
  for (const file of ["LICENSE", "README.md", "CHANGELOG.md", "schema/cluster.schema.json", "examples/kgc.json"]) {
    expect(packed).toContain(file);
  }
  expect(packed.filter((path) => /^(?:src|test|bench|out|templates|\.ci)\//.test(path))).toEqual([]);
});

test("asks for no other package", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, unknown>;
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"]) {
    expect(manifest[kind] ?? {}).toEqual({});
  }
});

test("installs without a network and with an empty cache, and runs", () => {
  const prefix = join(scratch, "prefix");
  npm(["install", "--global", "--offline", "--prefix", prefix, tarball], scratch);
  const bin = process.platform === "win32" ? join(prefix, "lvsgen.cmd") : join(prefix, "bin", "lvsgen");
  if (process.platform !== "win32")
    for (const page of ["man1/lvsgen.1", "man5/lvsgen-cluster.5"])
      expect(existsSync(join(prefix, "share/man", page))).toBe(true);
  const lvsgen = (...args: string[]) =>
    spawnSync(bin, args, { cwd: scratch, encoding: "utf8", shell: process.platform === "win32" });
  writeFileSync(join(scratch, "cluster.json"), small);
  expect(lvsgen("build")).toMatchObject({ status: 0, stderr: "" });
  expect(existsSync(join(scratch, "out/director.sh"))).toBe(true);
  // What is loaded late is there as well: YAML, the schema, the catalogue, the completion.
  writeFileSync(join(scratch, "cluster.yaml"), small);
  for (const args of [["validate", "cluster.yaml"], ["schema"], ["explain", "UNKNOWN_HOST"], ["completion", "zsh"]]) {
    expect(lvsgen(...args)).toMatchObject({ status: 0, stderr: "" });
  }
});

test("is a library with types for a strict consumer", () => {
  const consumer = join(scratch, "consumer");
  mkdirSync(consumer);
  writeFileSync(join(consumer, "package.json"), '{ "name": "consumer", "private": true, "type": "module" }');
  npm(["install", "--offline", tarball], consumer);
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    module: "NodeNext",
    target: "ES2022",
    types: [],
    outDir: "built",
  };
  writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["use.ts"] }));
  writeFileSync(
    join(consumer, "use.ts"),
    `import { type Bundle, compile, type Config, type LocatedDiagnostic } from "lvsgen";
const config: Config = ${small};
const { bundle, diagnostics } = await compile(JSON.stringify(config), { file: "cluster.json" });
const found: readonly LocatedDiagnostic[] = diagnostics;
const built: Bundle | null = bundle;
// @ts-expect-error a path is text: the types are more than any
const wrong: number | undefined = built?.files[0]?.path;
export const result = [found.length, built?.files.map((file) => file.path).includes("director.sh"), wrong === undefined];
`,
  );
  const tsc = resolve("node_modules/typescript/bin/tsc");
  const compiled = spawnSync(process.execPath, [tsc, "-p", consumer], { encoding: "utf8" });
  expect({ status: compiled.status, out: compiled.stdout }).toEqual({ status: 0, out: "" });
  const script = 'const { result } = await import("./built/use.js"); console.log(JSON.stringify(result));';
  const ran = spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: consumer, encoding: "utf8" });
  expect({ err: ran.stderr, out: JSON.parse(ran.stdout || "null") }).toEqual({ err: "", out: [0, true, false] });
});
