/**
 * The signature that stands beside a bundle. No manifest lists its files, for a bundle is the same whoever signs it: they are known by
 * their form, and belong to lvsgen as what a former build wrote does. One that is of other sums than the bundle's, as a whole or in one of its files, never stays.
 */
import { createHash } from "node:crypto";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bundle } from "../bundle.ts";
import {
  filesOf,
  namespace,
  readArmor,
  readSignedText,
  type Signature,
  type Signed,
  signatureFiles,
  verifies,
  verifiesRsa,
} from "../sign/index.ts";
import type { OutputFile } from "./output-file.ts";
import { addSum, type Sums } from "./sums.ts";

export interface StandingSignature {
  /** What the signed text says; null where none of lvsgen's stands there. */
  readonly signed: Signed | null;
  /** Those of its files that lvsgen wrote, with line ends as it wrote them. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Whether each of its files is of the signed text, and the one for ssh-keygen is there. */
  readonly isWhole: boolean;
}

/** Bytes: more than any file of a signature has. */
const largest = 64 * 1024;

/**
 * The signature in an output directory.
 *
 * @throws the system's error when a file is there and cannot be read
 */
export function readSignature(directory: string): StandingSignature {
  const { rsa, ssh, text } = signatureFiles;
  const files = new Map<string, Buffer>();
  const signedText = plain(readSmall(directory, text));
  const signed = signedText === null ? null : readSignedText(signedText.toString("latin1"));
  const armored = plain(readSmall(directory, ssh));
  if (armored !== null && readArmor(armored.toString("latin1"))?.namespace === namespace) files.set(ssh, armored);
  // It is as long as the number of its key and has no form else, so that what stands beside it has to be a signature.
  const bytes = readSmall(directory, rsa);
  const isSigned = signed !== null || files.has(ssh);
  if (bytes !== null && isSigned && bytes.length >= 256 && bytes.length <= 2048) files.set(rsa, bytes);
  if (signed !== null && signedText !== null) files.set(text, signedText);
  return { signed, files, isWhole: isWhole(files) };
}

/** One file of another bundle's, as a merge or a copy may leave it, would make hosts refuse this one. */
function isWhole(files: ReadonlyMap<string, Buffer>): boolean {
  const { rsa, ssh, text } = signatureFiles;
  const [signedText, bytes] = [files.get(text), files.get(rsa)];
  const signature = readArmor(files.get(ssh)?.toString("latin1") ?? "");
  if (signedText === undefined || signature === null || verifies(signature, signedText) === false) return false;
  return bytes === undefined || verifiesRsa(signature, signedText, bytes);
}

/** Adds the sums of what stands there of a signature to those of former builds. */
export function addSignature(sums: Sums, { files }: StandingSignature): void {
  for (const [path, bytes] of files) addSum(sums, path, sha256(bytes));
}

/** Whether what stands there is a signature of this bundle. */
export function isOf({ signed, isWhole }: StandingSignature, bundle: Pick<Bundle, "cluster" | "files">): boolean {
  const sums = bundle.files.find(({ path }) => path === "SHA256SUMS");
  return isWhole && signed !== null && signed.sum === sums?.sha256 && signed.cluster === bundle.cluster;
}

/**
 * The files of a signature that belong beside the bundle, in the order in which they are to be put in place.
 *
 * @param made the one that it gets; null: what stands there, where it is of this bundle
 */
export function signatureOf(
  bundle: Bundle,
  standing: StandingSignature,
  made: Signature | null,
): readonly OutputFile[] {
  const { rsa, ssh, text } = signatureFiles;
  const files = made === null ? (isOf(standing, bundle) ? standing.files : new Map<string, Buffer>()) : filesOf(made);
  return [rsa, ssh, text].flatMap((path) => {
    const chunks = files.get(path);
    return chunks === undefined ? [] : [{ path, chunks, executable: false, sha256: sha256(chunks) }];
  });
}

/** The bytes of a file; null where there is none, and for what is no file (a link, a device) or too long. */
function readSmall(directory: string, name: string): Buffer | null {
  const file = join(directory, name);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size <= largest ? readFileSync(file) : null;
}

/** With the line ends that lvsgen wrote: git may have converted them. */
function plain(bytes: Buffer | null): Buffer | null {
  return bytes?.includes("\r\n") === true
    ? Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1")
    : bytes;
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
