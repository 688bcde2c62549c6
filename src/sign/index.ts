/**
 * Signatures of a bundle. What is signed is a small text with a serial and the sum of `SHA256SUMS`; what signs is OpenSSH, so that
 * agents and tokens do as well as files, and no private key is ever read here. Three files come of it: the text, the signature for
 * `ssh-keygen -Y verify`, and of an RSA key one for hosts whose OpenSSH is older than 8.1, for `openssl dgst -sha256 -verify`.
 */
export { type AllowedSigner, readAllowedSigner, type SignerProblem } from "./allowed-signer.ts";
export { readArmor, type SshSignature, writeArmor } from "./armor.ts";
export type { SignProblem } from "./problem.ts";
export { fingerprint, kindOf, rsaKey } from "./public-key.ts";
export {
  largestSerial,
  namespace,
  readSerial,
  readSignedText,
  type Signed,
  type Subject,
  signedText,
} from "./signed-text.ts";
export { verifies, verifiesRsa } from "./verify.ts";

/** The files of a signature, in the order in which they are put in place: the text, which tells what the others are of, is the last. */
export const signatureFiles = { rsa: "SHA256SUMS.rsa", ssh: "SHA256SUMS.sig", text: "SHA256SUMS.signed" } as const;

export interface Signature {
  readonly text: string;
  /** Armor of `ssh-keygen -Y sign`. */
  readonly ssh: string;
  /** RSASSA-PKCS1-v1_5 with SHA-256 of the text; null where the key is none of RSA. */
  readonly rsa: Buffer | null;
}

/** By their names beside `SHA256SUMS`. */
export function filesOf({ rsa, ssh, text }: Signature): ReadonlyMap<string, Buffer> {
  return new Map([
    ...(rsa === null ? [] : [[signatureFiles.rsa, rsa] as const]),
    [signatureFiles.ssh, Buffer.from(ssh)],
    [signatureFiles.text, Buffer.from(text)],
  ]);
}
