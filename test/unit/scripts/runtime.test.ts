// What a script carries besides its declarative part, and how a reviewer recognizes it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { version } from "../../../src/generated/version.ts";
import { bash, inDirectory, run, textOf, writeBundle } from "./bundle.ts";

const repository = join(import.meta.dirname, "../../..");
const bundles = await Promise.all(
  ["examples/kgc.json", "test/unit/platform/mixed.json"].map(async (file) => {
    const { bundle } = await compile(readFileSync(join(repository, file), "utf8"));
    if (bundle === null) throw new Error(`${file} is not accepted`);
    return bundle;
  }),
);
const [kgc, mixed] = bundles as [(typeof bundles)[0], (typeof bundles)[0]];
const roles = ["director", "realserver", "nfs"] as const;

interface Manifest {
  readonly version: string;
  readonly runtimes: readonly {
    readonly script: string;
    readonly sha256: string;
    readonly files: readonly string[];
  }[];
  readonly runtimeFiles: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(textOf(mixed, "manifest.json")) as Manifest;
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
/** What follows the line that begins it: the recipe that the script's head gives. */
const runtimeIn = (script: string): string => script.replace(/^.*?\n# Part 3 of 3[^\n]*\n/s, "");

test.each(roles)("the runtime of %s.sh is the same whatever the cluster is", (role) => {
  expect(runtimeIn(textOf(mixed, `${role}.sh`))).toBe(runtimeIn(textOf(kgc, `${role}.sh`)));
});

test.each(["realserver.sh", "nfs.sh"])("%s has nothing of the table", (script) => {
  const text = textOf(mixed, script);
  expect(text).not.toMatch(/ipvsadm|ip_vs|drain_command|named_real_servers/);
});

test("each role carries the kinds that it may want, and not all of them", () => {
  const kinds = (role: string): string[] =>
    [...textOf(mixed, `${role}.sh`).matchAll(/^kind ([a-z]+)/gm)].map(([, kind = ""]) => kind);
  expect(kinds("nfs")).toEqual(expect.arrayContaining(["file", "export"]));
  for (const kind of ["table", "service", "drained"]) {
    expect(kinds("director")).toContain(kind);
    for (const role of ["realserver", "nfs"]) expect(kinds(role)).not.toContain(kind);
  }
  for (const kind of ["address", "backend", "route"]) expect(kinds("nfs")).not.toContain(kind);
});

test("version and runtime stand in a script's head, in its --version and in manifest.json", () => {
  expect(manifest.version).toBe(version);
  const scripts = mixed.files.filter(({ executable }) => executable).map(({ path }) => path);
  expect(manifest.runtimes.map(({ script }) => script).sort()).toEqual(scripts.sort());
  inDirectory((directory) => {
    writeBundle(mixed, directory);
    for (const { script, sha256: sum } of manifest.runtimes) {
      const text = textOf(mixed, script);
      expect(sha256(runtimeIn(text))).toBe(sum);
      expect(text.split("\n").slice(0, 8)).toEqual(
        expect.arrayContaining([
          expect.stringMatching(`^lvsgen_version=${version} #`),
          expect.stringMatching(`^lvsgen_runtime=${sum} #`),
        ]),
      );
      const { stdout } = run(directory, script, "--version");
      expect(stdout).toContain(`lvsgen ${version}, `);
      expect(stdout).toContain(`runtime ${sum}, `);
    }
  });
});

test("manifest.json has the files of each runtime, as they stand in templates/runtime", () => {
  for (const { script, files } of manifest.runtimes) {
    const texts = files.map((path) => readFileSync(join(repository, "templates/runtime", path), "utf8"));
    expect(files.map((path) => manifest.runtimeFiles[path])).toEqual(texts.map(sha256));
    expect(runtimeIn(textOf(mixed, script))).toBe(`\n${texts.map((text) => `${text}\n`).join("")}main "$@"\n`);
  }
});

test("a script from a pipe says so, and nothing else", async () => {
  const { spawnSync } = await import("node:child_process");
  for (const words of [[], ["-s"], ["-s", "--", "check"]]) {
    const { status, stdout, stderr } = spawnSync(bash, words, {
      input: textOf(mixed, "director.sh"),
      encoding: "utf8",
    });
    expect({ words, status, stdout }).toEqual({ words, status: 1, stdout: "" });
    expect(stderr).toBe(
      "lvsgen: this script checks itself, so it must be run as a file, not from a pipe or a terminal\n" +
        "Nothing was done. Save it as a file, and run that: bash FILE\n",
    );
  }
});
