/** The file that `--sign` names. Only the public part of a key is ever read; what needs the private one is left to OpenSSH. */
import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync } from "node:fs";
import type { SignProblem } from "./problem.ts";
import { kindOf } from "./public-key.ts";
import { WireReader } from "./wire.ts";

export interface SigningKey {
  /** `ssh-ed25519`, `ssh-rsa`, … */
  readonly kind: string;
  readonly publicKey: Buffer;
  /** Null: an agent has to have it. */
  readonly privateFile: string | null;
}

/** Bytes; the longest keys have some thousands. */
const largest = 64 * 1024;

/**
 * A private key with its public part in it (the format of OpenSSH) or beside it (`KEY.pub`), or a public key alone.
 *
 * @param file absolute
 */
export function readKey(file: string): SigningKey | SignProblem {
  const text = readSmall(file);
  if (typeof text !== "string") return { problem: "unreadable-key", file, code: text.code };
  const line = publicLine(text);
  if (line !== null) {
    if (/-cert-v[0-9]+@openssh\.com$/.test(line.kind)) return { problem: "certificate", file };
    const beside = file.endsWith(".pub") ? file.slice(0, -4) : null;
    return { ...line, privateFile: beside !== null && existsSync(beside) ? beside : null };
  }
  if (!/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----\r?\n/.test(text)) return { problem: "no-key", file };
  const within = publicPart(text);
  if (within !== null) return { ...within, privateFile: file };
  const beside = readSmall(`${file}.pub`);
  const found = typeof beside === "string" ? publicLine(beside) : null;
  return found === null ? { problem: "no-public-part", file } : { ...found, privateFile: file };
}

/** A pipe would keep a build waiting, and a device has no end. */
function readSmall(file: string): string | { readonly code: string } {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(descriptor);
      if (stats.isDirectory()) return { code: "EISDIR" };
      return stats.isFile() && stats.size <= largest ? readFileSync(descriptor, "latin1") : "";
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { code };
  }
}

type Public = Pick<SigningKey, "kind" | "publicKey">;

/** `ssh-ed25519 AAAA… comment`: a line, as in the file `.pub`. */
function publicLine(text: string): Public | null {
  const [, kind = "", base64 = ""] = /^([a-z0-9@.-]+) ([A-Za-z0-9+/=]+)(?: [^\n]*)?\n?$/.exec(text) ?? [];
  const publicKey = Buffer.from(base64, "base64");
  return kind !== "" && kindOf(publicKey) === kind ? { kind, publicKey } : null;
}

/** The public part of a private key of OpenSSH (PROTOCOL.key), which is never encrypted. */
function publicPart(text: string): Public | null {
  const [, base64 = ""] =
    /^-----BEGIN OPENSSH PRIVATE KEY-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END OPENSSH PRIVATE KEY-----/.exec(text) ?? [];
  const bytes = Buffer.from(base64, "base64");
  const magic = "openssh-key-v1\0";
  if (bytes.toString("latin1", 0, magic.length) !== magic) return null;
  try {
    const reader = new WireReader(bytes.subarray(magic.length));
    for (const _ of ["cipher", "kdf", "its options"]) reader.string();
    if (reader.uint32() !== 1) return null;
    const publicKey = reader.string();
    const kind = kindOf(publicKey);
    return kind === null ? null : { kind, publicKey };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
