/** `build --per-host` as a process: who may read what it writes, what becomes of it later, and what the other commands make of a host's folder. */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { report } from "../status/reports.ts";
import { plainEnvironment, procedure, run, workplace } from "./command-line.ts";

const here = workplace();

const below = (directory: string): string[] =>
  readdirSync(here.file(directory), { recursive: true, encoding: "utf8" })
    .map((path) => join(directory, path))
    .sort();

const mode = (path: string): string => (statSync(here.file(path)).mode & 0o777).toString(8);

interface Shown {
  readonly proofs: readonly { readonly subject: string; readonly result: string; readonly path: string | null }[];
}

function proofs(directory: string, ...more: string[]): readonly string[] {
  const { out } = here.lvsgen("verify-bundle", directory, "--json", ...more);
  return (JSON.parse(out) as Shown).proofs.map(({ subject, result }) => `${subject} ${result}`);
}

beforeEach(() => {
  here.write("cluster.json", readFileSync(procedure));
  expect(here.lvsgen("build", "--per-host").code).toBe(0);
});

describe("what it writes", () => {
  test("is beside the whole bundle, which is the same without it", () => {
    expect(readdirSync(here.file("out/hosts"))).toEqual(["lvs1", "pc", "web1", "web2"]);
    expect(readdirSync(here.file("out/hosts/web1"))).toEqual([
      "RUNBOOK.md",
      "SHA256SUMS",
      "doctor.sh",
      "fetch-packages.sh",
      "files",
      "manifest.json",
      "parts",
      "realserver.sh",
    ]);
    expect(here.lvsgen("build", "-o", "plain").code).toBe(0);
    const lists = ["SHA256SUMS", "manifest.json"];
    for (const path of below("plain").map((one) => one.slice("plain/".length)))
      if (statSync(here.file(`plain/${path}`)).isFile() && !lists.includes(path))
        expect(here.read(`out/${path}`)).toBe(here.read(`plain/${path}`));
  });

  test("is for its owner alone, and becomes so again where a copy made it readable", () => {
    const files = below("out/hosts").filter((path) => statSync(here.file(path)).isFile());
    expect(files.length).toBeGreaterThan(40);
    const wanted = new Map(files.map((path) => [path, path.endsWith(".sh") ? "700" : "600"]));
    expect(new Map(files.map((path) => [path, mode(path)]))).toEqual(wanted);
    expect(mode("out/hosts/web1/files/web1/var/www")).toBe("700");
    expect(mode("out/hosts")).toBe("700");
    const folders = ["out/hosts", ...below("out/hosts").filter((path) => statSync(here.file(path)).isDirectory())];
    for (const path of files) chmodSync(here.file(path), path.endsWith(".sh") ? 0o755 : 0o644);
    for (const path of folders) chmodSync(here.file(path), 0o755);
    expect(here.lvsgen("build", "--check", "--per-host").code).toBe(0);
    expect(here.lvsgen("build", "--per-host").out).toContain("out: nothing changed");
    expect(new Map(files.map((path) => [path, mode(path)]))).toEqual(wanted);
    expect(folders.filter((path) => mode(path) !== "700")).toEqual([]);
  });

  test("and where the system does not let modes be changed, that is a warning of what is written", () => {
    // Takes the place of another owner's directory, or of a file system without modes.
    here.write(
      "refuse.cjs",
      `const fs = require("node:fs");
const { chmodSync } = fs;
fs.chmodSync = (path, mode) => {
  if (!new RegExp(process.env.REFUSED).test(path)) return chmodSync(path, mode);
  throw Object.assign(new Error("EPERM"), { code: "EPERM", syscall: "chmod", path });
};
require("node:module").syncBuiltinESMExports();
`,
    );
    const build = (refused: string, ...args: readonly string[]) =>
      run(["build", "--per-host", ...args], {
        cwd: here.path,
        env: { ...plainEnvironment(), NODE_OPTIONS: `--require ${here.file("refuse.cjs")}`, REFUSED: refused },
      });
    chmodSync(here.file("out/hosts/web1"), 0o755);
    chmodSync(here.file("out/hosts/web1/realserver.sh"), 0o755);
    chmodSync(here.file("out/hosts/web2"), 0o755);
    here.write("cluster.json", here.read("cluster.json").replace("this is kgc web!", "another page"));
    const one = build("/hosts/web1");
    expect(one).toMatchObject({ code: 0, err: expect.stringContaining("out/hosts/web1: warning: is written, and ") });
    expect(one.err).toContain("docs/per-host.md");
    expect(one.err).not.toContain("error:");
    expect(here.lvsgen("build", "--check", "--per-host").code).toBe(0);
    // What can be closed is.
    expect([mode("out/hosts/web1"), mode("out/hosts/web2")]).toEqual(["755", "700"]);
    chmodSync(here.file("out/hosts/web2"), 0o755);
    const json = build("/hosts/", "--json");
    const { upToDate, problems } = JSON.parse(json.out) as { upToDate: boolean; problems: readonly object[] };
    expect({ code: json.code, upToDate, problems }).toMatchObject({
      code: 0,
      upToDate: true,
      problems: [{ code: "OPEN_TO_OTHERS", file: "out/hosts" }],
    });
  });

  test("is checked by the sums of the folder, and by those of all", () => {
    const check = (directory: string): string =>
      execFileSync("sha256sum", ["-c", "--quiet", "--strict", "SHA256SUMS"], {
        cwd: here.file(directory),
        encoding: "utf8",
      });
    expect(check("out")).toBe("");
    for (const host of ["lvs1", "pc", "web1", "web2"]) expect(check(`out/hosts/${host}`)).toBe("");
    const listed = here.read("out/SHA256SUMS");
    expect(listed).toMatch(/ {2}hosts\/web1\/SHA256SUMS\n/);
    expect(here.read("out/hosts/web1/RUNBOOK.md")).toContain(
      "    grep -F '  hosts/web1/' SHA256SUMS | sha256sum -c --strict --quiet\n",
    );
    const command = "grep -F '  hosts/web1/' SHA256SUMS | sha256sum -c --strict --quiet";
    mkdirSync(here.file("carried/hosts"), { recursive: true });
    cpSync(here.file("out/SHA256SUMS"), here.file("carried/SHA256SUMS"));
    cpSync(here.file("out/hosts/web1"), here.file("carried/hosts/web1"), { recursive: true });
    expect(execFileSync("bash", ["-c", command], { cwd: here.file("carried"), encoding: "utf8" })).toBe("");
  });
});

test("a signature covers it, by the commands of the host's runbook", () => {
  execFileSync("ssh-keygen", ["-q", "-N", "", "-t", "rsa", "-f", here.file("release")]);
  expect(here.lvsgen("build", "--per-host", "--sign", "release", "--serial", "7").code).toBe(0);
  mkdirSync(here.file("carried/hosts"), { recursive: true });
  for (const file of ["SHA256SUMS", "SHA256SUMS.signed", "SHA256SUMS.sig", "SHA256SUMS.rsa"])
    cpSync(here.file(`out/${file}`), here.file(`carried/${file}`));
  cpSync(here.file("out/hosts/web1"), here.file("carried/hosts/web1"), { recursive: true });
  here.write("allowed_signers", `release namespaces="lvsgen-bundle" ${here.read("release.pub")}`);
  writeFileSync(
    here.file("release.pem"),
    execFileSync("ssh-keygen", ["-e", "-m", "PKCS8", "-f", here.file("release.pub")]),
  );
  const commands = [
    ...here
      .read("out/hosts/web1/RUNBOOK.md")
      .matchAll(/^ {4}((?:ssh-keygen|openssl|sha256sum -c --strict|grep|cat) .*)$/gm),
  ].map(([, command = ""]) => command.replaceAll("/etc/lvsgen", here.path));
  expect(commands).toHaveLength(5);
  const verify = (): string =>
    execFileSync("bash", ["-c", `set -eo pipefail; cd carried; ${commands.join("; ")}`], {
      cwd: here.path,
      encoding: "utf8",
      stdio: "pipe",
    });
  expect(verify()).toContain("# serial: 7\n");
  writeFileSync(here.file("carried/hosts/web1/RUNBOOK.md"), "another\n");
  expect(verify).toThrow("1 computed checksum did NOT match");
});

describe("what becomes of it", () => {
  test("a host that leaves takes its folder along, and a build without --per-host all of them", () => {
    const text = here.read("cluster.json").replaceAll("web1", "web3");
    here.write("cluster.json", text);
    expect(here.lvsgen("build", "--per-host").code).toBe(0);
    expect(readdirSync(here.file("out/hosts"))).toEqual(["lvs1", "pc", "web2", "web3"]);
    expect(here.lvsgen("build", "--check").code).toBe(1);
    expect(here.lvsgen("build").code).toBe(0);
    expect(existsSync(here.file("out/hosts"))).toBe(false);
  });

  test("what somebody changed in it is named, and stops the build", () => {
    writeFileSync(here.file("out/hosts/web1/RUNBOOK.md"), "mine\n");
    const { code, err } = here.lvsgen("build", "--per-host");
    expect(code).toBe(73);
    expect(err).toContain("out/hosts/web1/RUNBOOK.md");
    expect(here.read("out/hosts/web1/RUNBOOK.md")).toBe("mine\n");
  });

  test("the runbook of all stays that of the same change", () => {
    const before = here.read("out/RUNBOOK.md");
    expect(here.lvsgen("build").code).toBe(0);
    expect(here.lvsgen("build", "--per-host").code).toBe(0);
    expect(here.read("out/RUNBOOK.md")).toBe(before);
  });
});

describe("what other commands make of it", () => {
  test("verify-bundle: of all, and of a host's folder, by the description", () => {
    expect(proofs("out")).toEqual(expect.arrayContaining(["sums ok", "beside ok", "runtime ok", "description ok"]));
    const ofHost = ["out/hosts/web1", "--description", "cluster.json"] as const;
    expect(proofs(...ofHost)).toEqual(expect.arrayContaining(["sums ok", "beside ok", "runtime ok", "description ok"]));
    const script = here.read("out/hosts/web1/realserver.sh");
    writeFileSync(here.file("out/hosts/web1/realserver.sh"), script.replace("web1", "web9"));
    expect(proofs("out")).toEqual(expect.arrayContaining(["sums refused", "description refused"]));
    expect(proofs(...ofHost)).toEqual(expect.arrayContaining(["sums refused", "description refused"]));
    writeFileSync(here.file("out/hosts/web1/realserver.sh"), `${script}:\n`);
    expect(proofs("out")).toContain("runtime refused");
    here.write("cluster.json", here.read("cluster.json").replaceAll("web1", "web3"));
    expect(proofs(...ofHost)).toContain("description not-proven");
  });

  test("diff: one host's folder against another of the same host, and not against a whole bundle", () => {
    here.write("cluster.json", here.read("cluster.json").replace("this is kgc web!", "another page"));
    expect(here.lvsgen("build", "--per-host", "-o", "next").code).toBe(0);
    const changed = here.lvsgen("diff", "out/hosts/web1", "next/hosts/web1");
    expect(changed.code).toBe(2);
    expect(changed.out).toContain("/var/www/html/index.html");
    expect(here.lvsgen("diff", "out/hosts/web2", "next/hosts/web2").code).toBe(0);
    const { code, err } = here.lvsgen("diff", "out", "next/hosts/web1");
    expect(code).toBe(1);
    expect(err).toContain("is of the host web1 alone, and the other one of all hosts");
    expect(err).toContain("compare two folders of the same host, or two whole bundles");
    expect(here.lvsgen("diff", "out/hosts/web2", "next/hosts/web1").err).toContain(
      "is of the host web2 alone, and the other one of web1",
    );
    // As for the description itself: what hosts get is told once.
    expect(here.lvsgen("diff", "out", "next").out).not.toContain("hosts/");
  });

  test("status: a host that ran the script of its own folder has this bundle", () => {
    const { files } = JSON.parse(here.read("out/manifest.json")) as {
      readonly files: readonly { readonly path: string; readonly sum?: string }[];
    };
    const bundle = files.find(({ path }) => path === "hosts/web1/realserver.sh")?.sum ?? "";
    expect(bundle).toMatch(/^[0-9a-f]{64}$/);
    mkdirSync(here.file("stick"));
    here.write("stick/a.jsonl", report({ bundle }));
    const rows = (...args: string[]): readonly { readonly host: string; readonly bundle: string }[] =>
      (JSON.parse(here.lvsgen("status", "--json", ...args).out) as { readonly rows: [] }).rows;
    expect(rows("stick", "out")).toContainEqual(expect.objectContaining({ host: "web1", bundle: "this" }));
    expect(rows("stick", "--bundle", "out/hosts/web1")).toEqual([
      expect.objectContaining({ host: "web1", bundle: "this" }),
    ]);
  });
});
