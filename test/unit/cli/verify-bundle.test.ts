/** `verify-bundle` as a process, with the system's ssh-keygen: signed bundles, some dozens of flipped bits, and what cannot be checked. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { checkSsh } from "../../../src/sign/check.ts";
import { plainEnvironment, run, small, workplace } from "./command-line.ts";

const here = workplace();

interface Shown {
  readonly result: string;
  readonly proofs: readonly { readonly subject: string; readonly result: string; readonly path: string | null }[];
  readonly problems: readonly { readonly code: string }[];
}

function keyOf(name: string, ...kind: string[]): void {
  execFileSync("ssh-keygen", ["-q", "-N", "", "-C", name, "-f", here.file(name), ...kind]);
  here.write(`${name}.allowed`, `release namespaces="lvsgen-bundle" ${here.read(`${name}.pub`)}`);
}

function verified(key: string, ...more: string[]): Shown & { readonly code: number | null } {
  const args = ["--allowed-signers", `${key}.allowed`, "--least-serial", "3", "--json"];
  const { code, out } = here.lvsgen("verify-bundle", "out", ...args, ...more);
  return { code, ...(JSON.parse(out) as Shown) };
}

const wrong = ({ proofs }: Shown): string[] =>
  proofs.filter(({ result }) => result !== "ok").map(({ result, subject, path }) => `${result} ${subject} ${path}`);

const filesIn = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(directory, path)).isFile(),
  );

beforeEach(() => {
  here.write("cluster.json", small);
  keyOf("ed25519", "-t", "ed25519");
});

const signed = (key = "ed25519"): void => {
  expect(here.lvsgen("build", "--sign", key, "--serial", "3").code).toBe(0);
};

describe("a signed bundle", () => {
  test.each(["ed25519", "rsa", "ecdsa"])("with a key of %s is proven, as lines for a person too", (key) => {
    if (key !== "ed25519") keyOf(key, "-t", key);
    signed(key);
    expect(wrong(verified(key))).toEqual([]);
    const { code, out } = here.lvsgen(
      "verify-bundle",
      "out",
      "--allowed-signers",
      `${key}.allowed`,
      "--least-serial",
      "1",
    );
    expect(code).toBe(0);
    expect(out).toContain("ok  signed by release with the key ");
    expect(out).toContain("cluster.json gives the same bytes again\n");
    expect(out.endsWith("out: proven: all of it is as it should be\n")).toBe(true);
  });

  test("built for a change and in Chinese is proven too", () => {
    here.lvsgen("build", "-q");
    here.write(
      "cluster.json",
      small.replace('"name":"small"', '"name":"small","language":"zh"').replace('"port":80', '"port":81'),
    );
    signed();
    expect(wrong(verified("ed25519"))).toEqual([]);
  });

  test("of a key that is not allowed, or an old one, is refused", () => {
    keyOf("other", "-t", "ed25519");
    signed();
    const { code, ...shown } = verified("other");
    expect([code, wrong(shown)]).toEqual([1, ["refused signature SHA256SUMS.sig"]]);
    const old = here.lvsgen("verify-bundle", "out", "--allowed-signers", "ed25519.allowed", "--least-serial", "4");
    expect(old.code).toBe(1);
    expect(old.out).toContain("has the serial 3, lower than 4: this is an old bundle");
  });

  test("with a bit flipped is refused: two in every file", { timeout: 120_000 }, () => {
    signed();
    let tried = 0;
    for (const path of filesIn(here.file("out"))) {
      const file = here.file(join("out", path));
      const bytes = readFileSync(file);
      for (const at of [Math.floor(bytes.length / 3), bytes.length - 1]) {
        const other = Buffer.from(bytes);
        other[at] = (other[at] ?? 0) ^ (1 << (at % 8));
        writeFileSync(file, other);
        expect([path, at, verified("ed25519").code]).toEqual([path, at, 1]);
        tried++;
      }
      writeFileSync(file, bytes);
    }
    expect(tried).toBeGreaterThan(24);
    expect(verified("ed25519").code).toBe(0);
  });

  test("ssh-keygen itself refuses flips in the signature and its text", { timeout: 120_000 }, () => {
    signed();
    const allowed = here.file("ed25519.allowed");
    const [text, signature] = ["SHA256SUMS.signed", "SHA256SUMS.sig"].map((name) =>
      readFileSync(here.file(`out/${name}`)),
    );
    if (text === undefined || signature === undefined) throw new Error("no signature");
    expect(checkSsh(text, signature, allowed)).toEqual({ kind: "good", principal: "release" });
    for (let at = 40; at < 240; at += 10) {
      const other = Buffer.from(signature);
      other[at] = (other[at] ?? 0) ^ 2;
      expect([at, checkSsh(text, other, allowed).kind]).toEqual([at, "bad"]);
    }
    expect(checkSsh(Buffer.concat([text, Buffer.from("\n")]), signature, allowed).kind).toBe("bad");
  });
});

describe("a folder", () => {
  test("with a link, a pipe, another file and packages: each is named", () => {
    signed();
    rmSync(here.file("out/RUNBOOK.md"));
    symlinkSync("/etc/passwd", here.file("out/RUNBOOK.md"));
    execFileSync("mkfifo", [here.file("out/pipe")]);
    mkdirSync(here.file("out/packages"));
    here.write("out/packages/x.rpm", "x");
    here.write("out/extra.sh", "x");
    const { code, ...shown } = verified("ed25519");
    expect(code).toBe(1);
    expect(wrong(shown)).toEqual([
      "refused sums RUNBOOK.md",
      "refused sums pipe",
      "refused beside extra.sh",
      "not-proven beside packages/",
      "refused description RUNBOOK.md",
    ]);
  });

  test("whose scripts and sums somebody made anew and signed is not what the description gives", () => {
    signed();
    cpSync(here.file("out"), here.file("other/out"), { recursive: true });
    here.write("cluster.json", small.replace("10.0.0.100", "10.0.0.101"));
    const { code, ...shown } = verified("ed25519");
    expect(code).toBe(1);
    expect(wrong(shown)).toContain("refused description director.sh");
    expect(wrong(shown).every((line) => line.startsWith("refused description "))).toBe(true);
    const args = ["verify-bundle", "other/out", "--allowed-signers", "ed25519.allowed", "--least-serial", "3"];
    expect(here.lvsgen(...args).code).toBe(2);
    here.write("described.json", small);
    expect(here.lvsgen(...args, "--description", "described.json").code).toBe(0);
  });

  test("beside another description than its own: that is told once", () => {
    signed();
    here.write("cluster.json", small.replace("10.0.0.100", "10.0.0.101"));
    const { code, out } = here.lvsgen("verify-bundle", "out", "--allowed-signers", "ed25519.allowed");
    expect(code).toBe(1);
    expect(out.match(/^refused/gm)).toHaveLength(1);
    expect(out).toContain("it was built from another text than cluster.json\n");
    expect(out).toContain("--description FILE");
    here.write("cluster.json", small);
    here.write("out/director.sh", "#!/bin/bash\n");
    const altered = here.lvsgen("verify-bundle", "out", "--allowed-signers", "ed25519.allowed");
    expect(altered.out).toMatch(/^refused {2}director\.sh: is not what cluster\.json gives$/m);
  });

  test("that is not signed, and nothing asked of it, is not proven", () => {
    here.lvsgen("build", "-q");
    const { code, out } = here.lvsgen("verify-bundle", "out");
    expect(code).toBe(2);
    expect(out).toContain("not proven  the bundle is not signed: nothing says who made it\n");
    expect(verified("ed25519").code).toBe(1);
  });

  test("where there is no ssh-keygen the signature is not proven, and all else is", () => {
    signed();
    const args = ["verify-bundle", "out", "--allowed-signers", "ed25519.allowed", "--least-serial", "3", "--json"];
    const { code, out } = run(args, { cwd: here.path, env: { ...plainEnvironment(), PATH: "/nowhere" } });
    expect([code, wrong(JSON.parse(out) as Shown)]).toEqual([2, ["not-proven signature SHA256SUMS.sig"]]);
  });
});

test("what is not there is said, and so is wrong usage", () => {
  expect(here.lvsgen("verify-bundle", "nowhere").code).toBe(66);
  here.lvsgen("build", "-q");
  expect(here.lvsgen("verify-bundle", "out", "--allowed-signers", "nowhere").err).toContain(
    "no such file or directory",
  );
  expect(here.lvsgen("verify-bundle").code).toBe(64);
  expect(here.lvsgen("verify-bundle", "out", "--least-serial", "0").code).toBe(64);
});

test("in Chinese nothing is left in English", () => {
  signed();
  const { out } = here.lvsgen("--language", "zh", "verify-bundle", "out", "--allowed-signers", "ed25519.allowed");
  expect(out).toContain("由 release 用密钥 ssh-ed25519 ");
  expect(out).toContain("未能证明");
  expect(out).not.toMatch(/\b(?:the|is|has|with)\b/);
});
