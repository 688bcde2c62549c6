/** Signatures of tokens, which no test has: made here as PROTOCOL.u2f of OpenSSH says, and judged by ssh-keygen as well. */
import { spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readArmor, verifies } from "../../../src/sign/index.ts";
import { uint32, wireString } from "../../../src/sign/wire.ts";

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
const text = Buffer.from("# lvsgen-bundle 1\n");
const application = Buffer.from("ssh:");
const base64 = (value: string | undefined): Buffer => Buffer.from(value ?? "", "base64url");

/** A number as SSH has it, of the half of an ECDSA signature. */
const mpint = (bytes: Buffer): Buffer => {
  const start = bytes.findIndex((byte) => byte !== 0);
  const short = bytes.subarray(start);
  return wireString((short[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), short]) : short);
};

function tokenOf(kind: string): { blob: Buffer; key: KeyObject } {
  if (kind.startsWith("sk-ssh-ed25519")) {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const x = base64(publicKey.export({ format: "jwk" }).x);
    return { key: privateKey, blob: Buffer.concat([kind, x, application].map(wireString)) };
  }
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y } = publicKey.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.from([4]), base64(x), base64(y)]);
  return { key: privateKey, blob: Buffer.concat([kind, "nistp256", point, application].map(wireString)) };
}

test.each(["sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"])("%s", (kind) => {
  const { blob, key } = tokenOf(kind);
  const asked = ["lvsgen-bundle", "", "sha512", createHash("sha512").update(text).digest()].map(wireString);
  const signed = Buffer.concat([Buffer.from("SSHSIG"), ...asked]);
  const more = Buffer.concat([Buffer.from([1]), uint32(7)]);
  const bytes = Buffer.concat([sha256(application), more, sha256(signed)]);
  const made = sign(kind.includes("ecdsa") ? "sha256" : null, bytes, { key, dsaEncoding: "ieee-p1363" });
  const whole = kind.includes("ecdsa") ? Buffer.concat([mpint(made.subarray(0, 32)), mpint(made.subarray(32))]) : made;
  const signature = Buffer.concat([wireString(kind), wireString(whole), more]);
  const content = Buffer.concat([
    Buffer.from("SSHSIG"),
    uint32(1),
    ...[blob, "lvsgen-bundle", "", "sha512", signature].map(wireString),
  ]);
  const lines = content.toString("base64").replaceAll(/.{70}/g, "$&\n");
  const armored = `-----BEGIN SSH SIGNATURE-----\n${lines}\n-----END SSH SIGNATURE-----\n`;
  const directory = mkdtempSync(join(tmpdir(), "lvsgen-token-"));
  try {
    writeFileSync(join(directory, "sig"), armored);
    writeFileSync(join(directory, "signers"), `release ${kind} ${blob.toString("base64")}\n`);
    const words = ["-Y", "verify", "-f", "signers", "-I", "release", "-n", "lvsgen-bundle", "-s", "sig"];
    expect(spawnSync("ssh-keygen", words, { cwd: directory, input: text }).status).toBe(0);
  } finally {
    rmSync(directory, { recursive: true });
  }
  const read = readArmor(armored);
  if (read === null) throw new Error("no signature");
  expect(verifies(read, text)).toBe(true);
  expect(verifies(read, Buffer.from("# lvsgen-bundle 2\n"))).toBe(false);
});

test("of a kind of key that is unknown nothing is said", () => {
  const publicKey = wireString("ssh-later");
  expect(verifies({ publicKey, namespace: "lvsgen-bundle", hash: "sha512", signature: publicKey }, text)).toBeNull();
});
