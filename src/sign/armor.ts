/** A signature as `ssh-keygen -Y sign` writes it (PROTOCOL.sshsig of OpenSSH). */
import { readWire } from "./wire.ts";

export interface SshSignature {
  /** Of the key that made it, as SSH encodes it. */
  readonly publicKey: Buffer;
  readonly namespace: string;
  /** `sha256` or `sha512`: of the text, before it is signed. */
  readonly hash: string;
  /** The kind of signature and its bytes, as SSH encodes them. */
  readonly signature: Buffer;
}

const armor = /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n?$/;

/** Null: the text is no such signature. */
export function readArmor(text: string): SshSignature | null {
  const [, lines] = armor.exec(text) ?? [];
  if (lines === undefined) return null;
  return readWire(Buffer.from(lines, "base64"), (reader) => {
    if (reader.bytes(6).toString("latin1") !== "SSHSIG" || reader.uint32() !== 1) throw new RangeError("no SSHSIG 1");
    const publicKey = reader.string();
    const namespace = reader.text();
    reader.string(); // reserved
    return { publicKey, namespace, hash: reader.text(), signature: reader.string() };
  });
}
