/** `build --sign`, proved by what hosts have: ssh-keygen, openssl and sha256sum. Keys, agents and passphrases are real ones. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { plainEnvironment, program, type Run, run, small, workplace } from "./command-line.ts";

const here = workplace();
const names = ["SHA256SUMS.rsa", "SHA256SUMS.sig", "SHA256SUMS.signed"];

let keys = "";
const key = (name: string): string => join(keys, name);
const passphrase = "not on a command line";

beforeAll(() => {
  keys = execFileSync("mktemp", ["-d", join(tmpdir(), "lvsgen-keys-XXXXXX")], { encoding: "utf8" }).trim();
  const make = (name: string, ...args: string[]): void =>
    void execFileSync("ssh-keygen", ["-q", "-N", "", "-C", name, "-f", key(name), ...args]);
  make("ed25519", "-t", "ed25519");
  make("ecdsa", "-t", "ecdsa");
  make("rsa", "-t", "rsa", "-b", "2048");
  make("short", "-t", "rsa", "-b", "1024");
  for (const [name, kind] of [
    ["locked", ["-t", "ed25519"]],
    ["locked-rsa", ["-t", "rsa", "-b", "2048"]],
    ["locked-pem", ["-t", "rsa", "-b", "2048", "-m", "PEM"]],
  ] as const)
    execFileSync("ssh-keygen", ["-q", "-N", passphrase, "-f", key(name), ...kind]);
  writeFileSync(key("answer"), `#!/bin/sh\necho asked >>"$ASKED"\nprintf '%s\\n' "$ANSWER"\n`, { mode: 0o755 });
});
afterAll(() => rmSync(keys, { recursive: true, force: true }));

/** Without the agent of whoever runs the tests. */
function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { SSH_AUTH_SOCK: _socket, SSH_ASKPASS: _ask, DISPLAY: _display, ...plain } = plainEnvironment();
  return { ...plain, ...more };
}

/** In a session of its own: nobody can be asked on a terminal. */
function build(args: readonly string[], more: NodeJS.ProcessEnv = {}): Run {
  const { status, stdout, stderr } = spawnSync("setsid", ["--wait", process.execPath, program, "build", ...args], {
    cwd: here.path,
    env: environment(more),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { code: status, out: stdout, err: stderr };
}

/** What ssh-keygen says of the signature in `out`, by a list of signers that has this key. */
function verified(name: string, { namespace = "lvsgen-bundle", directory = here.file("out") } = {}): number | null {
  const publicKey = readFileSync(`${key(name)}.pub`, "utf8");
  writeFileSync(here.file("signers"), `release namespaces="lvsgen-bundle" ${publicKey}`);
  const words = ["-Y", "verify", "-f", here.file("signers"), "-I", "release", "-n", namespace];
  const input = readFileSync(join(directory, "SHA256SUMS.signed"));
  return spawnSync("ssh-keygen", [...words, "-s", join(directory, "SHA256SUMS.sig")], { input }).status;
}

/** What openssl says, as EL7 has it. */
function verifiedByRsa(name: string): number | null {
  const pem = execFileSync("ssh-keygen", ["-e", "-m", "PKCS8", "-f", `${key(name)}.pub`]);
  writeFileSync(here.file("release.pem"), pem);
  const words = ["dgst", "-sha256", "-verify", "../release.pem", "-signature", "SHA256SUMS.rsa", "SHA256SUMS.signed"];
  return spawnSync("openssl", words, { cwd: here.file("out") }).status;
}

function sumsHold(): boolean {
  const check = (file: string): boolean =>
    spawnSync("sha256sum", ["-c", "--strict", "--quiet", file], { cwd: here.file("out") }).status === 0;
  return check("SHA256SUMS.signed") && check("SHA256SUMS");
}

/** Names and bytes of a folder, but for its signature. */
function unsignedPart(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" });
  const plain = files.filter((file) => !names.includes(file) && statSync(join(directory, file)).isFile());
  return Object.fromEntries(plain.sort().map((file) => [file, readFileSync(join(directory, file), "latin1")]));
}

const standing = (): string[] => readdirSync(here.file("out")).filter((name) => names.includes(name));
const serial = (): string | undefined => /^# serial: (.*)$/m.exec(here.read("out/SHA256SUMS.signed"))?.[1];
const another = (name: string): string => small.replaceAll("lvs1", name);
const signature = (json: Run): object | null => (JSON.parse(json.out) as { signature: object | null }).signature;

describe("a signature", () => {
  test("of Ed25519 is verified by ssh-keygen, for bundles alone, and with it every file", () => {
    here.write("cluster.json", small);
    const { code, out, err } = build(["--sign", key("ed25519"), "--serial", "7"]);
    expect({ code, err }).toMatchObject({ code: 0 });
    const fingerprint = execFileSync("ssh-keygen", ["-lf", key("ed25519")], { encoding: "utf8" }).split(" ")[1];
    expect(out).toContain(`signed: serial 7, ssh-ed25519 ${fingerprint}.`);
    expect(out).not.toContain("unverified");
    expect(standing()).toEqual(["SHA256SUMS.sig", "SHA256SUMS.signed"]);
    expect([verified("ed25519"), verified("ecdsa"), verified("ed25519", { namespace: "file" })]).toEqual([0, 255, 255]);
    expect(sumsHold()).toBe(true);
    for (const [from, to] of [
      ["serial: 7", "serial: 8"],
      ["cluster: small", "cluster: smell"],
    ] as const) {
      cpSync(here.file("out"), here.file("altered"), { recursive: true });
      here.write("altered/SHA256SUMS.signed", here.read("out/SHA256SUMS.signed").replace(from, to));
      expect(verified("ed25519", { directory: here.file("altered") })).toBe(255);
    }
    here.write("out/director.sh", `${here.read("out/director.sh")}\n`);
    expect([verified("ed25519"), sumsHold()]).toEqual([0, false]);
  });

  test("of RSA is verified by openssl as well, whether the key is locked or not, and its passphrase is asked for once", () => {
    here.write("cluster.json", small);
    for (const [number, name] of ["rsa", "locked-rsa", "locked-pem"].entries()) {
      const asked = here.file(`asked-${number}`);
      writeFileSync(asked, "");
      const answers = { SSH_ASKPASS: key("answer"), SSH_ASKPASS_REQUIRE: "force", ANSWER: passphrase, ASKED: asked };
      const made = build(["--sign", key(name), "--serial", String(number + 1), "--json"], answers);
      expect(made).toMatchObject({ code: 0, err: "" });
      expect(signature(made)).toMatchObject({ serial: number + 1, key: "ssh-rsa", rsa: true, unverified: [] });
      expect([standing(), verified(name), verifiedByRsa(name), sumsHold()]).toEqual([names, 0, 0, true]);
      expect(readFileSync(asked, "utf8")).toBe(name === "rsa" ? "" : "asked\n");
    }
    expect(verifiedByRsa("rsa")).toBe(1);
    here.write("out/SHA256SUMS.signed", here.read("out/SHA256SUMS.signed").replace("serial: 3", "serial: 4"));
    expect(verifiedByRsa("locked-pem")).toBe(1);
  });

  test("leaves the bundle the same byte for byte, and is the same when it is made again", () => {
    here.write("cluster.json", small);
    expect(build(["-o", "plain"]).code).toBe(0);
    expect(build(["--sign", key("rsa"), "--serial", "1"]).code).toBe(0);
    expect(unsignedPart(here.file("out"))).toEqual(unsignedPart(here.file("plain")));
    const again = build(["--sign", key("rsa"), "--json"]);
    expect(JSON.parse(again.out)).toMatchObject({ counts: { added: 0, changed: 0, removed: 0 } });
    // ECDSA signs differently each time; the RSA signature of the former key does not stay beside it.
    expect(build(["--sign", key("ecdsa")]).code).toBe(0);
    expect([standing(), verified("ecdsa"), serial()]).toEqual([["SHA256SUMS.sig", "SHA256SUMS.signed"], 0, "1"]);
  });

  test("that some hosts cannot verify says which", () => {
    here.write(
      "cluster.json",
      small.replaceAll('"10.0.0.11/24"', '"10.0.0.11/24", "platform": "el8"').replace('"web1": {', '"web1": {'),
    );
    const made = build(["--sign", key("ed25519"), "--serial", "1"]);
    expect(made.code).toBe(0);
    expect(made.out.replaceAll(/\s+/g, " ")).toContain("unverified: on web1: OpenSSH there is older than 8.1");
    expect(signature(build(["--json"]))).toMatchObject({ key: "ssh-ed25519", rsa: false, unverified: ["web1"] });
    expect(build(["--sign", key("rsa")]).out).not.toContain("unverified");
  });
});

describe("an agent", () => {
  test.each(["locked", "locked-rsa"])(
    "signs with the key %s that it has, named by its public part alone",
    async (name) => {
      here.write("cluster.json", small);
      cpSync(`${key(name)}.pub`, here.file("release.pub"));
      const refused = build(["--sign", "release.pub", "--serial", "1"]);
      expect(refused.code).toBe(66);
      expect(refused.err).toContain(
        "release.pub: error: is a public key whose private part is neither in ssh-agent nor",
      );
      expect(existsSync(here.file("out"))).toBe(false);
      const socket = here.file("socket");
      const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
      try {
        await vi.waitFor(() => expect(existsSync(socket)).toBe(true));
        const asked = { SSH_ASKPASS: key("answer"), SSH_ASKPASS_REQUIRE: "force", ANSWER: passphrase };
        const env = environment({ ...asked, ASKED: here.file("asked"), SSH_AUTH_SOCK: socket });
        execFileSync("ssh-add", ["-q", key(name)], { env, stdio: "ignore" });
        const made = build(["--sign", "release.pub", "--serial", "1"], { SSH_AUTH_SOCK: socket });
        expect(made.err).not.toContain("error");
        expect([made.code, verified(name)]).toEqual([0, 0]);
        if (name === "locked-rsa") expect(verifiedByRsa(name)).toBe(0);
        // The private key of the file is in the agent, so that nobody is asked.
        expect(build(["--sign", key(name), "--serial", "2"], { SSH_AUTH_SOCK: socket }).code).toBe(0);
      } finally {
        agent.kill();
      }
    },
  );

  test("of lvsgen's own ends with it, however it ends, and nothing is left of it", async () => {
    here.write("cluster.json", small);
    mkdirSync(here.file("tmp"));
    writeFileSync(here.file("waits"), "#!/bin/sh\necho asked >>asked\nexec sleep 60\n", { mode: 0o755 });
    const asking = { SSH_ASKPASS: here.file("waits"), SSH_ASKPASS_REQUIRE: "force", TMPDIR: here.file("tmp") };
    const words = [program, "build", "--sign", key("locked-rsa"), "--serial", "1"];
    const child = spawn(process.execPath, words, { cwd: here.path, env: environment(asking), stdio: "ignore" });
    await vi.waitFor(() => expect(existsSync(here.file("asked"))).toBe(true), { timeout: 20_000 });
    const agents = (): string[] =>
      readdirSync("/proc").filter(
        (pid) =>
          /^[0-9]+$/.test(pid) && commandOf(pid).includes(here.file("tmp")) && commandOf(pid).includes("ssh-agent"),
      );
    expect(agents()).not.toEqual([]);
    child.kill("SIGKILL");
    await vi.waitFor(() => expect(agents()).toEqual([]), { timeout: 20_000 });
    rmSync(here.file("tmp"), { recursive: true });
    mkdirSync(here.file("tmp"));
    const answers = {
      SSH_ASKPASS: key("answer"),
      SSH_ASKPASS_REQUIRE: "force",
      ANSWER: passphrase,
      ASKED: "/dev/null",
    };
    const ended = build(["--sign", key("locked-rsa"), "--serial", "1"], { ...answers, TMPDIR: here.file("tmp") });
    expect([ended.code, readdirSync(here.file("tmp")), agents()]).toEqual([0, [], []]);
  });
});

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

describe("what cannot sign is an error, and nothing is written", () => {
  const refused = (name: string, more: NodeJS.ProcessEnv = {}): Run => {
    here.write("cluster.json", small);
    const ended = build(["--sign", name, "--serial", "1"], more);
    expect([existsSync(here.file("out")), ended.out]).toEqual([false, ""]);
    return { ...ended, err: ended.err.replaceAll(/\s+/g, " ") };
  };
  const failing = (name: string, code: number, text: string, more?: NodeJS.ProcessEnv): void => {
    const { code: ended, err } = refused(name, more);
    expect([ended, err]).toEqual([code, expect.stringContaining(text)]);
  };

  test("keys that are none, or cannot be read or used", () => {
    failing("nowhere", 66, "nowhere: error: no such file = help: name a private key with --sign");
    mkdirSync(here.file("directory"));
    failing("directory", 66, "directory: error: cannot be read: it is a directory");
    here.write("text", "ssh-ed25519 is no key\n");
    failing("text", 66, "text: error: is neither a private key nor a public one of OpenSSH");
    execFileSync("mkfifo", [here.file("pipe")]);
    failing("pipe", 66, "pipe: error: is neither a private key");
    here.write("cut", readFileSync(key("ed25519"), "utf8").slice(0, 150));
    failing("cut", 66, "cut: error: is a private key whose public part is neither in it nor beside it");
    cpSync(key("locked-pem"), here.file("pem"));
    failing("pem", 66, "help: write it beside: ssh-keygen -y -f ");
    cpSync(`${key("ed25519")}.pub`, here.file("own.pub"));
    execFileSync("ssh-keygen", ["-q", "-s", key("ecdsa"), "-I", "own", "-n", "release", here.file("own.pub")]);
    failing("own-cert.pub", 66, "own-cert.pub: error: is a certificate, and hosts verify with the key itself");
    failing(key("short"), 66, "is an RSA key of 1024 bits, which can be broken");
    cpSync(key("ed25519"), here.file("open"));
    chmodSync(here.file("open"), 0o644);
    failing("open", 66, "can be read by other users, so OpenSSH does not take it");
    chmodSync(here.file("open"), 0o600);
    expect(build(["--sign", "open", "--serial", "1"]).code).toBe(0);
  });

  test.each(["locked", "locked-rsa", "locked-pem"])("a wrong passphrase of %s, or nobody to ask", (name) => {
    const wrong = { SSH_ASKPASS: key("answer"), SSH_ASKPASS_REQUIRE: "force", ANSWER: "", ASKED: "/dev/null" };
    for (const more of [{}, wrong])
      failing(key(name), 66, `${key(name)}: error: the passphrase is wrong, or nobody could be asked for it`, more);
  });

  test("programs that are not there, or too old", () => {
    mkdirSync(here.file("bin"));
    const path = { PATH: here.file("bin") };
    const start = (name: string): Run => {
      here.write("cluster.json", small);
      return run(["build", "--sign", key(name), "--serial", "1"], { cwd: here.path, env: environment(path) });
    };
    expect(start("ed25519")).toMatchObject({
      code: 69,
      err: expect.stringContaining("ssh-keygen: error: not installed, and nothing is signed without it"),
    });
    expect(start("rsa")).toMatchObject({ code: 69, err: expect.stringContaining("ssh-agent: error: not installed") });
    // What ssh-keygen of EL8 says (8.0p1).
    here.write("bin/ssh-keygen", "#!/bin/sh\necho 'unknown option -- Y' >&2\nexit 1\n");
    chmodSync(here.file("bin/ssh-keygen"), 0o755);
    expect(start("ed25519")).toMatchObject({
      code: 69,
      err: expect.stringContaining("ssh-keygen: error: is of an OpenSSH before 8.1"),
    });
    expect(existsSync(here.file("out"))).toBe(false);
  });
});

describe("a serial", () => {
  test("is a whole number, and nothing else", () => {
    here.write("cluster.json", small);
    for (const text of ["0", "01", "-1", "+1", "1.5", "1e3", "x", "", " 1", "1000000000000000"]) {
      const { code, err } = build(["--sign", key("ed25519"), `--serial=${text}`]);
      expect([code, err]).toEqual([64, expect.stringContaining("whole number from 1 to 999999999999999")]);
    }
    expect(build(["--serial", "1"])).toMatchObject({ code: 64, err: expect.stringContaining("it goes with --sign") });
    expect(build(["--sign", key("ed25519"), "--serial", "999999999999999"]).code).toBe(0);
    expect(serial()).toBe("999999999999999");
    expect(build(["--sign", key("ed25519")]).code).toBe(0);
    here.write("cluster.json", another("lvs2"));
    for (const more of [[], ["--serial", "999999999999999"]])
      expect(build(["--sign", key("ed25519"), ...more])).toMatchObject({
        code: 64,
        err: expect.stringContaining("has the largest serial that there is"),
      });
    expect(serial()).toBe("999999999999999");
    expect(build([]).out.replaceAll(/\s+/g, " ")).toContain(
      "and is gone. No serial is higher: give the cluster another name.",
    );
  });

  test("only ever rises, and is that of one bundle", () => {
    const signed = (text: string, ...args: string[]): Run => {
      here.write("cluster.json", text);
      return build(["--sign", key("ed25519"), ...args]);
    };
    const needed = signed(small);
    expect([needed.code, needed.err]).toEqual([64, expect.stringContaining("--serial 1 for the first")]);
    expect([signed(small, "--serial", "5").code, serial()]).toEqual([0, "5"]);
    expect([signed(small).code, serial()]).toEqual([0, "5"]);
    expect([signed(another("lvs2")).code, serial()]).toEqual([0, "6"]);
    const before = unsignedPart(here.file("out"));
    for (const low of ["1", "6"]) {
      const refused = signed(another("lvs3"), "--serial", low);
      expect([refused.code, refused.err]).toEqual([64, expect.stringContaining("--serial 7 or a higher one")]);
    }
    expect(signed(another("lvs2"), "--serial", "5")).toMatchObject({ code: 64 });
    expect([unsignedPart(here.file("out")), serial(), verified("ed25519")]).toEqual([before, "6", 0]);
    expect([signed(another("lvs3"), "--serial", "20").code, serial()]).toEqual([0, "20"]);
    expect([signed(another("lvs3"), "--serial", "21").code, serial()]).toEqual([0, "21"]);
    // Another cluster has its own.
    expect(signed(small.replace('"small"', '"other"')).code).toBe(64);
    expect([signed(small.replace('"small"', '"other"'), "--serial", "1").code, serial()]).toEqual([0, "1"]);
  });
});

describe("without --sign a signature", () => {
  test("stays where the sums do, and goes where they change, and both are said", () => {
    here.write("cluster.json", small);
    expect(build(["--sign", key("rsa"), "--serial", "8"]).code).toBe(0);
    expect(build([])).toMatchObject({ code: 0, out: expect.stringContaining("signed: serial 8, ssh-rsa SHA256:") });
    expect(build(["--check"])).toMatchObject({ code: 0, out: "out: up to date with cluster.json\n" });
    expect([standing(), verifiedByRsa("rsa")]).toEqual([names, 0]);
    here.write("cluster.json", another("lvs2"));
    const stale = build(["--check", "--json"]);
    const left = names.map((path) => ({ path, status: "removed", sha256: null }));
    expect(JSON.parse(stale.out)).toMatchObject({
      signature: null,
      unsigned: 8,
      upToDate: false,
      counts: { removed: expect.any(Number) },
    });
    expect((JSON.parse(stale.out) as { files: object[] }).files).toEqual(expect.arrayContaining(left));
    expect([stale.code, standing()]).toEqual([1, names]);
    const gone = build([]);
    expect([gone.code, standing()]).toEqual([0, []]);
    expect(gone.out.replaceAll(/\s+/g, " ")).toContain(
      "unsigned: the signature of serial 8 was not of these sums, and is gone. Sign this bundle with: --sign KEY --serial 9",
    );
    expect(build(["--check"])).toMatchObject({ code: 0 });
    expect(signature(build(["--json"]))).toBeNull();
  });

  test("hosts that run signed scripts alone will refuse it, and that is said", () => {
    const { type, data } = { type: "ssh-rsa", data: readFileSync(`${key("rsa")}.pub`, "utf8").split(" ")[1] ?? "" };
    here.write("cluster.json", small.replace("{", `{ "trust": { "allowedSigners": ["${type} ${data}"] },`));
    const refused = "unsigned: this bundle has no signature, and hosts on which its trust has been applied refuse";
    expect(build([]).out).toContain("unsigned: this bundle has no signature");
    expect(build([]).out.replaceAll(/\s+/g, " ")).toContain(refused);
    expect(build(["--sign", key("rsa"), "--serial", "1"]).out).not.toContain("unsigned");
    expect(build([]).out).not.toContain("unsigned");
  });

  test("is stale where one file of it is of another bundle, or gone", () => {
    here.write("cluster.json", another("lvs2"));
    expect(build(["--sign", key("rsa"), "--serial", "1"]).code).toBe(0);
    renameSync(here.file("out"), here.file("former"));
    here.write("cluster.json", small);
    expect(build(["--sign", key("rsa"), "--serial", "2"]).code).toBe(0);
    cpSync(here.file("former/SHA256SUMS.signed"), here.file("out/SHA256SUMS.signed"));
    expect([build(["--check"]).code, build([]).code, standing()]).toEqual([1, 0, []]);
    expect(build(["--sign", key("rsa"), "--serial", "2"]).code).toBe(0);
    rmSync(here.file("out/SHA256SUMS.signed"));
    expect([build(["--check"]).code, build([]).code, standing()]).toEqual([1, 0, []]);
  });

  test.each(["ed25519", "ecdsa", "rsa"])("is stale where a file of the key %s is of another text, or gone", (name) => {
    here.write("cluster.json", small);
    expect(build(["--sign", key(name), "--serial", "1"]).code).toBe(0);
    cpSync(here.file("out"), here.file("former"), { recursive: true });
    for (const [number, file] of names.filter((one) => one !== "SHA256SUMS.signed").entries()) {
      if (!existsSync(here.file(`out/${file}`)) && name !== "ed25519") continue;
      const higher = String(number + 2);
      expect(build(["--sign", key(name), "--serial", higher]).code).toBe(0);
      expect(build(["--check", "--json"]).code).toBe(0);
      if (name === "ed25519" && file === "SHA256SUMS.rsa") here.write(`out/${file}`, "x".repeat(256));
      else cpSync(here.file(`former/${file}`), here.file(`out/${file}`));
      const stale = build(["--check", "--json"]);
      expect([stale.code, JSON.parse(stale.out)]).toMatchObject([1, { signature: null, unsigned: Number(higher) }]);
      expect([build([]).code, standing()]).toEqual([0, []]);
      expect(build(["--sign", key(name), "--serial", higher]).code).toBe(0);
    }
    rmSync(here.file("out/SHA256SUMS.sig"));
    expect([build(["--check"]).code, build([]).code, standing()]).toEqual([1, 0, []]);
  });
});

describe("what is somebody's own in the place of a signature", () => {
  test("is not touched without --force, and nobody is asked for a passphrase before that is known", () => {
    here.write("cluster.json", small);
    const asked = {
      SSH_ASKPASS: key("answer"),
      SSH_ASKPASS_REQUIRE: "force",
      ANSWER: passphrase,
      ASKED: here.file("asked"),
    };
    expect(build([]).code).toBe(0);
    for (const name of ["SHA256SUMS.sig", "SHA256SUMS.signed"]) {
      here.write(`out/${name}`, "notes of mine\n");
      expect(build([]).code).toBe(0);
      const refused = build(["--sign", key("locked"), "--serial", "1"], asked);
      expect(existsSync(here.file("asked"))).toBe(false);
      expect([refused.code, refused.err]).toEqual([
        73,
        expect.stringContaining(`out/${name}: error: exists with other content`),
      ]);
      expect(here.read(`out/${name}`)).toBe("notes of mine\n");
      expect(build(["--sign", key("ed25519"), "--serial", "1", "--force"]).code).toBe(0);
      expect([verified("ed25519"), standing().length]).toEqual([0, 2]);
      rmSync(here.file("out/SHA256SUMS.sig"));
      rmSync(here.file("out/SHA256SUMS.signed"));
    }
    symlinkSync("/etc/hostname", here.file("out/SHA256SUMS.sig"));
    expect(build(["--sign", key("ed25519"), "--serial", "1"])).toMatchObject({
      code: 73,
      err: expect.stringContaining("is a symbolic link"),
    });
    rmSync(here.file("out/SHA256SUMS.sig"));
    here.write("out/director.sh", "changed\n");
    const json = JSON.parse(build(["--sign", key("locked"), "--serial", "1", "--json"], asked).out);
    expect(json).toMatchObject({ signature: null, unsigned: null });
    expect(build(["--sign", key("locked"), "--serial", "1"], asked)).toMatchObject({
      code: 73,
      err: expect.stringContaining("out/director.sh: error: was changed since"),
    });
    expect(existsSync(here.file("asked"))).toBe(false);
  });

  test("is a line end that git has converted, and comes back", () => {
    here.write("cluster.json", small);
    expect(build(["--sign", key("ed25519"), "--serial", "4"]).code).toBe(0);
    const plain = here.read("out/SHA256SUMS.signed");
    for (const name of ["SHA256SUMS.sig", "SHA256SUMS.signed"])
      here.write(`out/${name}`, here.read(`out/${name}`).replaceAll("\n", "\r\n"));
    expect(build([])).toMatchObject({ code: 73, err: expect.stringContaining("line ends converted to CRLF") });
    expect(build(["--force"]).code).toBe(0);
    expect([here.read("out/SHA256SUMS.signed"), verified("ed25519")]).toEqual([plain, 0]);
  });
});

test("a signature goes neither with --check nor with --watch", () => {
  here.write("cluster.json", small);
  for (const option of ["--check", "--watch"]) {
    const { code, err } = build(["--sign", key("ed25519"), "--serial", "1", option]);
    expect([code, err]).toEqual([64, expect.stringContaining("cannot be used with option")]);
  }
});
