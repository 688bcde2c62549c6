/** A hundred thousand bits, each flipped alone, and the verifier refuses every one. What `ssh-keygen` does is done here by node:crypto. */
import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { namespace, readArmor, signedText, writeArmor } from "../../../src/sign/index.ts";
import { wireString } from "../../../src/sign/wire.ts";
import { type Folder, resultOf, type Trust, verifyBundle } from "../../../src/verify/index.ts";

const sum = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");

const runtime = "lvsgen_apply() { :; }\nlvsgen_apply\n";
const script = `#!/bin/bash\nlvsgen_runtime=${sum(runtime)} # of part 3\nrole=director\n# Part 3 of 3: the runtime\n${runtime}`;

const unsigned = (number: string | undefined): Buffer => {
  const bytes = Buffer.from(number ?? "", "base64url");
  return (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
};

/** What is signed in the place of the text (PROTOCOL.sshsig). */
const within = (text: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from("SSHSIG"),
    ...[namespace, "", "sha512", createHash("sha512").update(text).digest()].map(wireString),
  ]);

interface Signer {
  readonly blob: Buffer;
  readonly publicKey: KeyObject;
  readonly armor: (text: Buffer) => Buffer;
  readonly rsa: ((text: Buffer) => Buffer) | null;
  readonly trust: Trust["ssh"];
}

function signer(kind: "ed25519" | "rsa"): Signer {
  const { publicKey, privateKey } =
    kind === "rsa" ? generateKeyPairSync("rsa", { modulusLength: 2048 }) : generateKeyPairSync("ed25519");
  const { x, e, n } = publicKey.export({ format: "jwk" });
  const parts =
    kind === "rsa" ? ["ssh-rsa", unsigned(e), unsigned(n)] : ["ssh-ed25519", Buffer.from(x ?? "", "base64url")];
  const blob = Buffer.concat(parts.map(wireString));
  const algorithm = kind === "rsa" ? "sha512" : null;
  const name = kind === "rsa" ? "rsa-sha2-512" : "ssh-ed25519";
  return {
    blob,
    publicKey,
    armor: (text) => {
      const signature = Buffer.concat([name, sign(algorithm, within(text), privateKey)].map(wireString));
      return Buffer.from(writeArmor({ publicKey: blob, namespace, hash: "sha512", signature }));
    },
    rsa: kind === "rsa" ? (text) => sign("sha256", text, privateKey) : null,
    trust: (text, armored) => {
      const read = readArmor(armored.toString("latin1"));
      const start = wireString(name);
      const isGood =
        read?.publicKey.equals(blob) &&
        read.hash === "sha512" &&
        read.signature.subarray(0, start.length).equals(start) &&
        read.signature.readUInt32BE(start.length) === read.signature.length - start.length - 4 &&
        verify(algorithm, within(text), publicKey, read.signature.subarray(start.length + 4));
      return isGood ? { kind: "good", principal: "release" } : { kind: "bad", said: "incorrect signature" };
    },
  };
}

function bundle({ armor, rsa }: Signer): Map<string, Buffer> {
  const files = new Map<string, string>([
    ["RUNBOOK.md", "# Runbook\n\nbash director.sh apply\n"],
    ["director.sh", script],
    ["files/lvs1/etc/motd", "this host balances\n"],
  ]);
  const listed = [...files].map(([path, text]) => ({ path, sha256: sum(text), mode: "0644" }));
  const runtimes = [{ script: "director.sh", sha256: sum(runtime), files: [] }];
  files.set(
    "manifest.json",
    `${JSON.stringify({ generator: "lvsgen", cluster: "kgc", runtimes, files: listed }, null, 2)}\n`,
  );
  const sums = [...files].sort().map(([path, text]) => `${sum(text)}  ${path}\n`);
  files.set("SHA256SUMS", sums.join(""));
  const text = signedText({ cluster: "kgc", serial: 7, sum: sum(sums.join("")) });
  files.set("SHA256SUMS.signed", text);
  const made = new Map<string, Buffer>([...files].map(([path, content]) => [path, Buffer.from(content)]));
  made.set("SHA256SUMS.sig", armor(Buffer.from(text)));
  if (rsa !== null) made.set("SHA256SUMS.rsa", rsa(Buffer.from(text)));
  return made;
}

const trustOf = ({ trust }: Signer, files: ReadonlyMap<string, Buffer>): Trust => ({
  ssh: trust,
  leastSerial: 7,
  runtimes: new Map([[sum(runtime), "0.1.0"]]),
  rebuilt: {
    kind: "built",
    description: "cluster.json",
    input: "",
    sums: new Map(
      [...files].filter(([path]) => !path.startsWith("SHA256SUMS.")).map(([path, bytes]) => [path, sum(bytes)]),
    ),
  },
});

const folderOf = (files: ReadonlyMap<string, Buffer | null>): Folder => ({ files, strange: [] });

/** A random number that is the same in each run (xorshift). */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

describe.each(["ed25519", "rsa"] as const)("a bundle signed with %s", (kind) => {
  const one = signer(kind);
  const files = bundle(one);
  const trust = trustOf(one, files);
  // What was not touched has the sum and the answer that it had.
  const sums = new Map([...files.values()].map((bytes) => [bytes, sum(bytes)]));
  const sumOf = (bytes: Buffer): string => sums.get(bytes) ?? sum(bytes);
  const untouched = [files.get("SHA256SUMS.signed"), files.get("SHA256SUMS.sig")];
  const ssh: Trust["ssh"] = (text, armored) =>
    text === untouched[0] && armored === untouched[1]
      ? { kind: "good", principal: "release" }
      : (one.trust?.(text, armored) ?? { kind: "no-program" });
  const size = [...files.values()].reduce((all, { length }) => all + length, 0);

  /** The path and byte of the one that was not refused, if any. */
  const flipped = (at: number, bit: number, without: Partial<Trust> = {}): string | null => {
    let rest = at;
    for (const [path, bytes] of files) {
      if (rest >= bytes.length) {
        rest -= bytes.length;
        continue;
      }
      const other = Buffer.from(bytes);
      other[rest] = (other[rest] ?? 0) ^ (1 << bit);
      const proofs = verifyBundle(folderOf(new Map(files).set(path, other)), { ...trust, ssh, ...without }, sumOf);
      return resultOf(proofs) === "refused" ? null : `${path} byte ${rest} bit ${bit}`;
    }
    throw new Error("beyond the bundle");
  };

  test("is proven as it is", () => {
    expect(verifyBundle(folderOf(files), trust).filter(({ result }) => result !== "ok")).toEqual([]);
  });

  test("is refused with any bit flipped: 50,000 at random", { timeout: 120_000 }, () => {
    const random = dice(kind === "rsa" ? 20_261_129 : 20_261_130);
    const taken: string[] = [];
    for (let count = 0; count < 50_000; count++) {
      const found = flipped(random(size), random(8));
      if (found !== null) taken.push(found);
    }
    expect(taken).toEqual([]);
  });

  test("is refused with any bit flipped of what no other proof covers: by the signature alone", {
    timeout: 120_000,
  }, () => {
    const unbuilt: Partial<Trust> = { rebuilt: { kind: "not-built", why: "", hint: "" }, leastSerial: null };
    const random = dice(5);
    const taken = Array.from({ length: 2_000 }, () => flipped(random(size), random(8), unbuilt)).filter(
      (found) => found !== null,
    );
    expect(taken).toEqual([]);
  });
});

describe("what is wrong", () => {
  const one = signer("ed25519");
  let files: Map<string, Buffer | null>;
  const trust = trustOf(one, bundle(one));
  beforeAll(() => {
    files = bundle(one);
  });
  const told = (
    change: (files: Map<string, Buffer | null>) => void,
    other: Partial<Trust> = {},
    strange: Folder["strange"] = [],
  ) => {
    const changed = new Map(files);
    change(changed);
    const proofs = verifyBundle({ files: changed, strange }, { ...trust, ...other });
    const lines = proofs.flatMap(({ result, subject, path, message, hint }) => {
      if (result === "ok") return [];
      expect(hint).not.toBeNull();
      return [`${result} ${subject} ${path}: ${message}`];
    });
    return { result: resultOf(proofs), lines };
  };
  const as = { leastSerial: 8 };

  test.each<[string, string, Parameters<typeof told>]>([
    [
      "refused",
      "refused serial SHA256SUMS.signed: has the serial 7, lower than 8: this is an old bundle",
      [() => {}, as],
    ],
    [
      "not-proven",
      "not-proven serial SHA256SUMS.signed: has the serial 7, and nothing says which one is old",
      [() => {}, { leastSerial: null }],
    ],
    [
      "not-proven",
      "not-proven signature SHA256SUMS.sig: there is no ssh-keygen that could verify it",
      [() => {}, { ssh: () => ({ kind: "no-program" }) }],
    ],
    [
      "not-proven",
      "not-proven signature SHA256SUMS.sig: ssh-keygen is too old to verify it",
      [() => {}, { ssh: () => ({ kind: "old-program" }) }],
    ],
    [
      "not-proven",
      "not-proven runtime director.sh: has a runtime of no release that this lvsgen knows",
      [() => {}, { runtimes: new Map() }],
    ],
    [
      "not-proven",
      "not-proven description null: no",
      [() => {}, { rebuilt: { kind: "not-built", why: "no", hint: "yes" } }],
    ],
    [
      "not-proven",
      "not-proven beside packages/: is a folder that may lie there, and no sum of the bundle covers it",
      [(all) => all.set("packages/", null)],
    ],
    ["refused", "refused beside files/x: belongs to no bundle: no sum covers it", [(all) => all.set("files/x", null)]],
    ["refused", "refused sums RUNBOOK.md: is missing", [(all) => all.delete("RUNBOOK.md")]],
    [
      "refused",
      "refused sums SHA256SUMS: is missing: nothing says what belongs to the bundle",
      [(all) => all.delete("SHA256SUMS")],
    ],
    [
      "refused",
      "refused rsa SHA256SUMS.rsa: stands there, but the key of SHA256SUMS.sig is none of RSA",
      [(all) => all.set("SHA256SUMS.rsa", Buffer.alloc(256))],
    ],
    [
      "refused",
      "refused signature SHA256SUMS.signed: is missing: the bundle is not signed, or somebody took the signature away",
      [
        (all) => {
          all.delete("SHA256SUMS.sig");
          all.delete("SHA256SUMS.signed");
        },
      ],
    ],
    [
      "refused",
      "refused signature SHA256SUMS.sig: is missing or is no regular file: a signature has both",
      [(all) => all.delete("SHA256SUMS.sig")],
    ],
    [
      "refused",
      "refused sums ../../etc/passwd: leads out of the bundle",
      [(all) => all.set("SHA256SUMS", Buffer.from(`${"0".repeat(64)}  ../../etc/passwd\n`))],
    ],
    [
      "refused",
      "refused sums SHA256SUMS: is not as lvsgen writes it",
      [(all) => all.set("SHA256SUMS", Buffer.from(`${all.get("SHA256SUMS")}${all.get("SHA256SUMS")}`))],
    ],
    [
      "refused",
      "refused sums a: is a symbolic link, which no build makes: it may lead anywhere",
      [() => {}, {}, [{ path: "a", kind: "symbolic-link", why: "" }]],
    ],
    [
      "refused",
      "refused sums a: is neither a file nor a directory, and no build makes such",
      [() => {}, {}, [{ path: "a", kind: "special", why: "" }]],
    ],
  ])("%s: %s", (result, line, [change, other, strange]) => {
    const found = told(change, other, strange);
    expect(found.lines).toContain(line);
    expect(found.result).toBe(result);
  });

  test("a signature that may not be read is not proven, and not taken for missing", () => {
    const { result, lines } = told((all) => all.delete("SHA256SUMS.sig"), {}, [
      { path: "SHA256SUMS.sig", kind: "unreadable", why: "permission denied" },
    ]);
    expect({ result, lines }).toEqual({
      result: "not-proven",
      lines: [
        "not-proven signature SHA256SUMS.sig: cannot be read: permission denied",
        "not-proven sums SHA256SUMS.sig: cannot be read: permission denied",
      ],
    });
  });

  test("a bundle without a signature is not proven where none is asked for", () => {
    const { result, lines } = told(
      (all) => {
        all.delete("SHA256SUMS.sig");
        all.delete("SHA256SUMS.signed");
      },
      { ssh: null, leastSerial: null },
    );
    expect({ result, lines }).toEqual({
      result: "not-proven",
      lines: ["not-proven signature null: the bundle is not signed: nothing says who made it"],
    });
  });
});
