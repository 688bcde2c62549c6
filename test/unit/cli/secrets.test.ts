/** `secret: true`: the text is in nothing that `build` writes, and `lvsgen secrets` writes it for its host alone. */
import { execFileSync } from "node:child_process";
import { createHash, verify } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plainEnvironment, run, small, workplace } from "./command-line.ts";

const here = workplace();

const shared = "SHARED-TEXT-OF-A-SECRET\nwith two lines, 中文, no newline at the end";
const own = "OWN-TEXT-OF-A-SECRET\n\n";

interface Small {
  readonly hosts: Readonly<Record<string, object>>;
}

/** The small description, whose real servers have a secret, and one of them another. */
function described(extra: object = {}): string {
  const description = JSON.parse(small) as Small;
  const [first = "", ...rest] = Object.keys(description.hosts).filter((name) => name.startsWith("web"));
  return JSON.stringify(
    {
      ...description,
      realserver: { files: [{ path: "/etc/site key", source: { file: "site.key" }, secret: true, ...extra }] },
      hosts: {
        ...description.hosts,
        [first]: {
          ...description.hosts[first],
          files: [{ path: "/etc/own.key", source: { env: "OWN_KEY" }, secret: true, mode: "0640", group: "www-data" }],
        },
        ...Object.fromEntries(rest.map((name) => [name, description.hosts[name]])),
      },
    },
    null,
    1,
  );
}

const env = { ...plainEnvironment(), OWN_KEY: own };

/** Every file below a directory, with its text. */
function filesBelow(directory: string): [string, string][] {
  return readdirSync(here.file(directory), { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(here.file(directory), name)).isFile())
    .map((name) => [name, readFileSync(join(here.file(directory), name), "utf8")]);
}

test("where no host has a secret, nothing is left behind", () => {
  here.write("plain.json", small);
  const { code, out } = run(["secrets", "plain.json", "-o", "none"], { cwd: here.path });
  expect({ code, out }).toEqual({ code: 0, out: "no host has a secret\n" });
  expect(readdirSync(here.path)).not.toContain("none");
});

test("a build needs no secret, and has none", () => {
  here.write("cluster.json", described());
  const { code, err } = run(["build", "--per-host"], { cwd: here.path });
  expect({ code, err }).toMatchObject({ code: 0, err: expect.not.stringContaining("error") });
  here.write("site.key", shared);
  expect(run(["build", "--per-host", "--check"], { cwd: here.path, env }).code).toBe(0);
  for (const [name, text] of filesBelow("out")) {
    for (const secret of [shared, own, "OWN-TEXT", "SHARED-TEXT", Buffer.from(own).toString("base64")])
      expect(text.includes(secret), name).toBe(false);
    for (const secret of [shared, own])
      expect(text.includes(createHash("sha256").update(secret).digest("hex")), name).toBe(false);
  }
  expect(here.read("out/realserver.sh")).toContain("want secret '/etc/site key' 0600 root root\n");
  for (const command of [["validate"], ["packages"], ["graph", "-o", "-"], ["verify-bundle", "out"]])
    expect(run(command, { cwd: here.path }).err).not.toContain("site.key");
});

test("the secrets of each host go into a file of its own, for its owner alone", () => {
  here.write("cluster.json", described());
  here.write("site.key", shared);
  const { code, out } = run(["secrets"], { cwd: here.path, env });
  expect(code).toBe(0);
  expect(out).toContain("secrets/secrets-web1");
  expect(out).not.toContain("TEXT");
  expect(readdirSync(here.file("secrets")).sort()).toEqual([".gitignore", "secrets-web1", "secrets-web2"]);
  expect(here.read("secrets/.gitignore")).toMatch(/^\*$/m);
  expect(statSync(here.file("secrets")).mode & 0o777).toBe(0o700);
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const body = `lvsgen-secrets 1\ncluster small\nhost web1\nfile ${base64(shared)} /etc/site key\nfile ${base64(own)} /etc/own.key\n`;
  const sum = createHash("sha256").update(body).digest("hex");
  expect(here.read("secrets/secrets-web1")).toBe(`${body}sha256 ${sum}\n`);
  expect(statSync(here.file("secrets/secrets-web1")).mode & 0o777).toBe(0o600);
  expect(here.read("secrets/secrets-web2")).not.toContain("own.key");
  expect(JSON.parse(run(["secrets", "--json"], { cwd: here.path, env }).out)).toMatchObject({
    problems: [],
    files: [
      { name: "secrets-web1", change: "unchanged", host: "web1", paths: ["/etc/site key", "/etc/own.key"] },
      { name: "secrets-web2", change: "unchanged", host: "web2", paths: ["/etc/site key"] },
    ],
  });
});

test("a secret that cannot be read is an error of `secrets` alone, and nothing is written", () => {
  here.write("cluster.json", described());
  const { code, err } = run(["secrets", "-o", "none"], { cwd: here.path, env: plainEnvironment() });
  expect(code).toBe(1);
  expect(err).toContain("SOURCE_UNREADABLE");
  expect(err).toContain("OWN_KEY");
  expect(() => readdirSync(here.file("none"))).toThrow();
});

test("files of hosts that have none any more go; what is another cluster's, or nobody's, stays", () => {
  here.write("cluster.json", described());
  here.write("site.key", shared);
  mkdirSync(here.file("some"));
  writeFileSync(here.file("some/secrets-old"), "lvsgen-secrets 1\ncluster small\nhost old\nsha256 0\n");
  writeFileSync(here.file("some/secrets-other"), "lvsgen-secrets 1\ncluster other\nhost other\nsha256 0\n");
  writeFileSync(here.file("some/secrets-mine"), "by hand\n");
  writeFileSync(here.file("some/elsewhere"), "untouched\n");
  symlinkSync("elsewhere", here.file("some/secrets-web1"));
  expect(run(["secrets", "-o", "some"], { cwd: here.path, env }).code).toBe(0);
  expect(readdirSync(here.file("some")).sort()).toEqual([
    ".gitignore",
    "elsewhere",
    "secrets-mine",
    "secrets-other",
    "secrets-web1",
    "secrets-web2",
  ]);
  expect(here.read("some/elsewhere")).toBe("untouched\n");
});

test("a bundle is no place for secrets, and a file that others may read becomes its owner's again", () => {
  here.write("cluster.json", described());
  here.write("site.key", shared);
  run(["build", "-o", "bundle"], { cwd: here.path, env });
  expect(run(["secrets", "-o", "bundle"], { cwd: here.path, env })).toMatchObject({
    code: 73,
    err: expect.stringContaining("is a bundle"),
  });
  expect(readdirSync(here.file("bundle")).filter((name) => name.startsWith("secrets"))).toEqual([]);
  mkdirSync(here.file("open"), { mode: 0o755 });
  writeFileSync(here.file("open/secrets-web2"), "", { mode: 0o644 });
  run(["secrets", "-o", "open"], { cwd: here.path, env });
  expect(statSync(here.file("open/secrets-web2")).mode & 0o777).toBe(0o600);
});

test("a file that becomes a secret is told as a change of that file", () => {
  here.write("site.key", "public\n");
  here.write("before.json", described({ secret: false }));
  here.write("cluster.json", described());
  const { code, out } = run(["diff", "before.json", "cluster.json"], { cwd: here.path, env });
  expect(code).toBe(2);
  expect(out).toContain("/etc/site key");
  expect(out).not.toContain("goes back to what it was");
});

test("each is signed with the serial of its bundle, and a text that changes takes its signature along", () => {
  here.write("cluster.json", described());
  here.write("site.key", shared);
  execFileSync("ssh-keygen", ["-q", "-t", "rsa", "-b", "2048", "-N", "", "-C", "release", "-f", here.file("key")]);
  here.write("signers", `release namespaces="lvsgen-bundle" ${here.read("key.pub")}`);
  const signed = run(["secrets", "-o", "signed", "--sign", "key", "--serial", "7"], { cwd: here.path, env });
  expect(signed).toMatchObject({ code: 0 });
  for (const host of ["web1", "web2"]) {
    const file = here.file(`signed/secrets-${host}`);
    const text = readFileSync(file);
    const sum = createHash("sha256").update(text).digest("hex");
    const form = `# lvsgen-secrets 1\n# cluster: small\n# serial: 7\n${sum}  secrets-${host}\n`;
    expect(readFileSync(`${file}.signed`, "utf8")).toBe(form);
    for (const end of ["sig", "rsa", "signed"]) expect(statSync(`${file}.${end}`).mode & 0o777).toBe(0o600);
    const asked = [
      "-Y",
      "verify",
      "-f",
      here.file("signers"),
      "-I",
      "release",
      "-n",
      "lvsgen-bundle",
      "-s",
      `${file}.sig`,
    ];
    expect(execFileSync("ssh-keygen", asked, { input: form, encoding: "utf8" })).toContain("Good");
    const pem = execFileSync("ssh-keygen", ["-e", "-m", "PKCS8", "-f", here.file("key.pub")], { encoding: "utf8" });
    expect(verify("sha256", Buffer.from(form), pem, readFileSync(`${file}.rsa`))).toBe(true);
  }
  here.write("site.key", "another");
  run(["secrets", "-o", "signed"], { cwd: here.path, env });
  expect(readdirSync(here.file("signed")).sort()).toEqual([".gitignore", "secrets-web1", "secrets-web2"]);
  expect(run(["secrets", "--sign", "key"], { cwd: here.path, env })).toMatchObject({ code: 64 });
  expect(run(["secrets", "-o", "not", "--sign", "none", "--serial", "1"], { cwd: here.path, env }).code).toBe(66);
  expect(() => readdirSync(here.file("not"))).toThrow();
});

test("a text that is secret and stands in the description is not printed: logs of CI keep what is", () => {
  const file = { path: "/etc/key", content: "hunter2", secret: true };
  here.write("cluster.json", JSON.stringify({ ...JSON.parse(small), realserver: { files: [file] } }, null, 1));
  for (const command of [["validate"], ["validate", "--json"], ["build"], ["secrets"]]) {
    const { code, out, err } = run(command, { cwd: here.path, env });
    expect([code, `${out}${err}`.includes("SECRET_IN_DESCRIPTION"), `${out}${err}`.includes("hunter2")]).toEqual([
      1,
      true,
      false,
    ]);
  }
  const key = "-----BEGIN OPENSSH PRIVATE KEY-----\\nb3BlbnNzaC1rZXktdjEAAAA\\n";
  here.write("cluster.json", small.replace("{", `{ "trust": { "allowedSigners": ["${key}"] },`));
  const { code, err } = run(["validate"], { cwd: here.path, env });
  expect([code, err.includes("TRUST_PRIVATE_KEY"), err.includes("b3BlbnNz")]).toEqual([1, true, false]);
});

test("an empty text, and one that is no UTF-8, is an error, and nothing is written over what is there", () => {
  here.write("cluster.json", described());
  here.write("site.key", shared);
  for (const [value, code] of [
    ["", "is empty"],
    ["p\uFFFDss", "no text in UTF-8"],
  ] as const) {
    const made = run(["secrets", "-o", "empty"], { cwd: here.path, env: { ...env, OWN_KEY: value } });
    expect([made.code, made.err.includes(code)]).toEqual([1, true]);
  }
  expect(() => readdirSync(here.file("empty"))).toThrow();
});

test("a directory whose files git would take is none for secrets", () => {
  here.write("cluster.json", described());
  here.write("site.key", shared);
  mkdirSync(here.file("site"));
  writeFileSync(here.file("site/.gitignore"), "node_modules\n");
  expect(run(["secrets", "-o", "site"], { cwd: here.path, env })).toMatchObject({
    code: 73,
    err: expect.stringContaining("would be committed"),
  });
  expect(readdirSync(here.file("site"))).toEqual([".gitignore"]);
});
