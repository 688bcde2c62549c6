/** Whether a signature of OpenSSH is of a text and of the key that stands in it (PROTOCOL.sshsig, PROTOCOL.u2f). Whose key that is, is not asked. */
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { SshSignature } from "./armor.ts";
import { rsaKey, unsigned } from "./public-key.ts";
import { namespace } from "./signed-text.ts";
import { readWire, type WireReader, wireString } from "./wire.ts";

/**
 * Null: nothing here knows its kind of key. False also for a signature that is not for a bundle.
 *
 * @param text of `SHA256SUMS.signed`, as it was signed
 */
export function verifies(signature: SshSignature, text: Uint8Array): boolean | null {
  if (signature.namespace !== namespace || !/^sha(?:256|512)$/.test(signature.hash)) return false;
  const digest = createHash(signature.hash).update(text).digest();
  const parts = [signature.namespace, "", signature.hash, digest].map(wireString);
  const signed = Buffer.concat([Buffer.from("SSHSIG"), ...parts]);
  const made = readWholeSignature(signature.signature);
  const key = readKey(signature.publicKey);
  if (key === null) return null;
  if (made === null || !key.kinds.includes(made.kind)) return false;
  // A token signs the application that its key is for, what it asked of the person, and how often it has signed.
  const bytes = key.application === null ? signed : Buffer.concat([sha256(key.application), made.more, sha256(signed)]);
  if ((key.application === null ? 0 : 5) !== made.more.length) return false;
  const content = key.width === null ? made.bytes : pointBytes(made.bytes, key.width);
  return (
    content !== null &&
    verify(key.hash ?? hashOf[made.kind] ?? null, bytes, { key: key.key, dsaEncoding: "ieee-p1363" }, content)
  );
}

/** Whether `SHA256SUMS.rsa` is of this text and of the key of the signature beside it. */
export function verifiesRsa({ publicKey }: SshSignature, text: Uint8Array, bytes: Uint8Array): boolean {
  const key = rsaKey(publicKey);
  return key !== null && verify("sha256", text, key, bytes);
}

/** Whether the bytes are a whole key of a kind whose signatures can be verified. */
export function isKey(blob: Buffer): boolean {
  return readKey(blob) !== null;
}

interface Key {
  readonly key: KeyObject;
  /** Signatures that it makes. */
  readonly kinds: readonly string[];
  /** Null: the signature says it, or there is none. */
  readonly hash: string | null;
  /** Bytes of each of the two numbers of an ECDSA signature; null: it is no such signature. */
  readonly width: number | null;
  /** Of the key of a token; null: it is of none. */
  readonly application: Buffer | null;
}

const hashOf: Readonly<Record<string, string>> = { "rsa-sha2-256": "sha256", "rsa-sha2-512": "sha512" };
const curves: Readonly<Record<string, { readonly crv: string; readonly hash: string; readonly width: number }>> = {
  nistp256: { crv: "P-256", hash: "sha256", width: 32 },
  nistp384: { crv: "P-384", hash: "sha384", width: 48 },
  nistp521: { crv: "P-521", hash: "sha512", width: 66 },
};

function readKey(blob: Buffer): Key | null {
  const rsa = rsaKey(blob);
  if (rsa !== null) return { key: rsa, kinds: Object.keys(hashOf), hash: null, width: null, application: null };
  try {
    return readWire(blob, (reader) => {
      const kind = reader.text();
      const isToken = kind.startsWith("sk-");
      const key = kind.replace(/^sk-/, "").replace(/@openssh\.com$/, "");
      const found = key === "ssh-ed25519" ? ed25519(reader) : key.startsWith("ecdsa-sha2-") ? ecdsa(reader) : null;
      if (found === null) throw new RangeError("another kind of key");
      return { ...found, kinds: [kind], application: isToken ? reader.string() : null };
    });
  } catch {
    // Bytes that are no point of their curve.
    return null;
  }
}

function ed25519(reader: WireReader): Omit<Key, "kinds" | "application"> {
  const jwk = { kty: "OKP", crv: "Ed25519", x: reader.string().toString("base64url") };
  return { key: createPublicKey({ format: "jwk", key: jwk }), hash: null, width: null };
}

function ecdsa(reader: WireReader): Omit<Key, "kinds" | "application"> | null {
  const curve = curves[reader.text()];
  const point = reader.string();
  if (curve === undefined || point[0] !== 4 || point.length !== 1 + 2 * curve.width) return null;
  const [x, y] = [point.subarray(1, 1 + curve.width), point.subarray(1 + curve.width)].map((number) =>
    number.toString("base64url"),
  );
  const jwk = { kty: "EC", crv: curve.crv, x: x ?? "", y: y ?? "" };
  return { key: createPublicKey({ format: "jwk", key: jwk }), hash: curve.hash, width: curve.width };
}

/** Kind, bytes, and what a token adds behind them. */
function readWholeSignature(blob: Buffer): { kind: string; bytes: Buffer; more: Buffer } | null {
  return readWire(blob, (reader) => ({ kind: reader.text(), bytes: reader.string(), more: reader.rest() }));
}

/** Two numbers of SSH with their full widths; null: they are no such numbers. */
function pointBytes(bytes: Buffer, width: number): Buffer | null {
  const numbers = readWire(bytes, (reader) => [unsigned(reader.string()), unsigned(reader.string())]);
  if (numbers === null || numbers.some(({ length }) => length > width)) return null;
  return Buffer.concat(numbers.flatMap((number) => [Buffer.alloc(width - number.length), number]));
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
