/** A signature as `ssh-keygen -Y sign` writes it (PROTOCOL.sshsig of OpenSSH). */
import { readWire, uint32, wireString } from "./wire.ts";

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

/** The one way in which `ssh-keygen` writes it, in lines of 70 letters; `readArmor` takes others that mean the same. */
export function writeArmor({ publicKey, namespace, hash, signature }: SshSignature): string {
  const strings = [publicKey, namespace, "", hash, signature].map(wireString);
  const lines = Buffer.concat([Buffer.from("SSHSIG"), uint32(1), ...strings])
    .toString("base64")
    .match(/.{1,70}/g);
  return `-----BEGIN SSH SIGNATURE-----\n${(lines ?? []).join("\n")}\n-----END SSH SIGNATURE-----\n`;
}
