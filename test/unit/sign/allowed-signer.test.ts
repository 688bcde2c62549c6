/** Lines of those who may sign, as people have them; the fixtures of TRUST_… have what is refused. */
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readAllowedSigner } from "../../../src/sign/index.ts";
import { wireString } from "../../../src/sign/wire.ts";

const ed25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIAjWlpUvCZCvEqzv0DqB2DynSMSzs7vA9Vk17KnN6PKJ";

describe("a line", () => {
  test.each([
    [`ssh-ed25519 ${ed25519}`, `release namespaces="lvsgen-bundle" ssh-ed25519 ${ed25519}\n`],
    [
      `ssh-ed25519 ${ed25519} me@host, of 2026\n`,
      `release namespaces="lvsgen-bundle" ssh-ed25519 ${ed25519} me@host, of 2026\n`,
    ],
    [`ops@example.org ssh-ed25519 ${ed25519}`, `ops@example.org namespaces="lvsgen-bundle" ssh-ed25519 ${ed25519}\n`],
    [
      `ops namespaces="lvsgen-bundle" ssh-ed25519 ${ed25519} x`,
      `ops namespaces="lvsgen-bundle" ssh-ed25519 ${ed25519} x\n`,
    ],
  ])("%s", (line, written) => {
    expect(readAllowedSigner(line)).toMatchObject({ kind: "ssh-ed25519", line: written, pem: null });
  });

  test.each([
    ["", "no-key"],
    ["SHA256:abc", "no-key"],
    [`ssh-ed25519 ${ed25519}\nssh-ed25519 ${ed25519}`, "no-key"],
    [`*,!me ssh-ed25519 ${ed25519}`, "no-key"],
    [`ssh-rsa ${ed25519}`, "damaged"],
    [`ssh-ed25519 ${ed25519.slice(0, -4)}`, "damaged"],
    [`ops namespaces="git" ssh-ed25519 ${ed25519}`, "options"],
    ["-----BEGIN OPENSSH PRIVATE KEY-----", "private-key"],
  ])("%j is none", (line, problem) => {
    expect(readAllowedSigner(line)).toMatchObject({ problem });
  });
});

test("an RSA key comes as openssl takes it", () => {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { e = "", n = "" } = publicKey.export({ format: "jwk" });
  const [exponent, modulus] = [e, n].map((number) => Buffer.from(number, "base64url"));
  const blob = Buffer.concat(
    ["ssh-rsa", exponent ?? "", Buffer.concat([Buffer.from([0]), modulus ?? Buffer.of()])].map((part) =>
      wireString(part),
    ),
  );
  const signer = readAllowedSigner(`ssh-rsa ${blob.toString("base64")} release`);
  expect(signer).toMatchObject({ kind: "ssh-rsa", pem: publicKey.export({ type: "spki", format: "pem" }) });
});
