/** Public keys as SSH has them. */
import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { readWire } from "./wire.ts";

/** The name that SSH has for a key's kind (`ssh-ed25519`, `ssh-rsa`, …); null: the bytes are no key. */
export function kindOf(blob: Buffer): string | null {
  if (blob.length < 4) return null;
  const length = blob.readUInt32BE();
  const kind = blob.toString("latin1", 4, 4 + length);
  return length > 0 && length < 100 && /^[!-~]+$/.test(kind) && kind.length === length ? kind : null;
}

/** As `ssh-keygen -l` prints it: `SHA256:…`. */
export function fingerprint(blob: Buffer): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replaceAll("=", "")}`;
}

/** An RSA key of SSH for node:crypto; null where it is none. */
export function rsaKey(blob: Buffer): KeyObject | null {
  const numbers = readWire(blob, (reader) => ({ kind: reader.text(), e: reader.string(), n: reader.string() }));
  if (numbers?.kind !== "ssh-rsa") return null;
  const { e, n } = numbers;
  try {
    return createPublicKey({
      format: "jwk",
      key: { kty: "RSA", e: unsigned(e).toString("base64url"), n: unsigned(n).toString("base64url") },
    });
  } catch {
    return null;
  }
}

/** Bits of an RSA key's modulus. */
export function rsaBits(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}

/** SSH writes a zero byte before a number whose first bit is set. */
export function unsigned(number: Buffer): Buffer {
  return number[0] === 0 ? number.subarray(1) : number;
}
