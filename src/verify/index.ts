/**
 * Proves a bundle: a pure function of the contents of its files, of what `ssh-keygen` answers, and of what the description gives. What is
 * not byte for byte what `build` writes is refused; what cannot be checked is said to be so, and is never taken for well.
 */
import { createHash } from "node:crypto";
import { proofsOfDescription } from "./description.ts";
import type { Folder, SumOf, Trust } from "./evidence.ts";
import type { Proof } from "./proof.ts";
import { proofsOfRuntimes } from "./runtime.ts";
import { proofsOfSignature } from "./signature.ts";
import { proofsOfSums } from "./sums.ts";

export type { Folder, Rebuilt, SshVerdict, Trust } from "./evidence.ts";
export { type Proof, type Result, resultOf, type Subject } from "./proof.ts";
export { earlierRuntimes } from "./releases.ts";
export { listedPaths, uncovered } from "./sums.ts";

/** @param sumOf takes the place of SHA-256 for who has the sums of most contents already */
export function verifyBundle(folder: Folder, trust: Trust, sumOf: SumOf = sha256): readonly Proof[] {
  return [
    ...proofsOfSignature(folder, trust, sumOf),
    ...proofsOfSums(folder, sumOf),
    ...proofsOfRuntimes(folder, trust.runtimes, sumOf),
    ...proofsOfDescription(folder, trust.rebuilt, sumOf),
  ];
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
