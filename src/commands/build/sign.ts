/** `--sign`: what a bundle is signed with, and which serial it gets. */
import type { Bundle } from "../../bundle.ts";
import { exitCode } from "../../exit-code.ts";
import { type PlatformName, platformOf } from "../../platform/index.ts";
import {
  filesOf,
  fingerprint,
  kindOf,
  largestSerial,
  readArmor,
  readSignedText,
  type Signature,
  signatureFiles,
} from "../../sign/index.ts";
import type { Problem } from "../../terminal/problem.ts";
import { fromSignProblem } from "../../terminal/sign-problem.ts";
import type { SignatureFacts } from "../../terminal/signature.ts";
import { isOf, readSignature, type StandingSignature } from "../../write/index.ts";
import type { BuildOptions } from "./options.ts";
import type { Built } from "./outcome.ts";

/** What stands in the output directory; who writes there afterwards meets what cannot be read, and says it. */
export function standingSignature(directory: string): StandingSignature {
  try {
    return readSignature(directory);
  } catch {
    return { signed: null, files: new Map(), isWhole: false };
  }
}

/**
 * Signs a bundle before it is written.
 *
 * The serial is the one given; without it the signature that stands there is counted on, or kept where it is of the same sums
 */
export async function signBundle(
  bundle: Bundle,
  standing: StandingSignature,
  { output, key, serial }: BuildOptions & { readonly key: string },
): Promise<Signature | { readonly problem: Problem }> {
  const chosen = serialOf(bundle, standing, output, serial);
  if (typeof chosen !== "number") return { problem: chosen };
  const sum = bundle.files.find(({ path }) => path === "SHA256SUMS")?.sha256 ?? "";
  const { sign } = await import("../../sign/make.ts");
  const made = await sign({ cluster: bundle.cluster, serial: chosen, sum }, key);
  return "problem" in made ? { problem: fromSignProblem(made) } : made;
}

/** The serials of a cluster only ever rise, for hosts refuse a lower one; two bundles never have the same. */
function serialOf(
  bundle: Bundle,
  standing: StandingSignature,
  output: string,
  given: number | undefined,
): number | Problem {
  const { signed } = standing;
  const file = `${output}/${signatureFiles.text}`;
  if (signed === null || signed.cluster !== bundle.cluster) {
    if (given !== undefined) return given;
    return {
      code: "SERIAL_NEEDED",
      file,
      message: "there is no signature of this cluster here whose serial could be counted on",
      hint: "say one that is higher than that of any bundle which hosts have had: --serial 1 for the first",
      exitCode: exitCode.usage,
    };
  }
  const isSame = isOf(standing, bundle);
  const least = isSame ? signed.serial : signed.serial + 1;
  if (least > largestSerial)
    return {
      code: "SERIAL_SPENT",
      file,
      message: "has the largest serial that there is, so that no other bundle can have a higher one",
      hint: "give the cluster another name: its serials begin anew, also on the hosts",
      exitCode: exitCode.usage,
    };
  if (given === undefined || given >= least) return given ?? least;
  return {
    code: "SERIAL_TOO_LOW",
    file,
    message: isSame
      ? `has the serial ${signed.serial} already, and --serial ${given} is lower`
      : `has the serial ${signed.serial} for another bundle, and --serial ${given} is not higher`,
    hint: `hosts refuse a serial that goes back: take --serial ${least} or a higher one, or leave it out`,
    exitCode: exitCode.usage,
  };
}

/** What stands beside the bundle when it is written: the signature that was made, or the one that was there, if it is of this bundle. */
export function signatureAfter(
  bundle: Bundle,
  standing: StandingSignature,
  made: Signature | null,
): Pick<Built, "signature" | "unsigned"> {
  const isKept = isOf(standing, bundle);
  const signed = made === null ? (isKept ? standing.signed : null) : readSignedText(made.text);
  const files = made === null ? standing.files : filesOf(made);
  const facts = signed === null ? null : factsOf(files, signed.serial);
  return {
    signature: facts === null ? null : { ...facts, unverified: unverifiedHosts(bundle, facts) },
    unsigned: made !== null || isKept ? null : (standing.signed?.serial ?? null),
  };
}

/** What is known of a signature by its files; null: there is none. */
function factsOf(files: ReadonlyMap<string, Buffer>, serial: number): SignatureFacts | null {
  const armored = files.get(signatureFiles.ssh)?.toString("latin1");
  const publicKey = armored === undefined ? null : (readArmor(armored)?.publicKey ?? null);
  const rsa = files.has(signatureFiles.rsa);
  if (publicKey === null && !rsa) return null;
  return {
    serial,
    key: publicKey === null ? null : kindOf(publicKey),
    fingerprint: publicKey === null ? null : fingerprint(publicKey),
    rsa,
  };
}

/** Hosts whose system has no `ssh-keygen -Y`, where there is nothing else that could be verified there. */
function unverifiedHosts({ scripts }: Pick<Bundle, "scripts">, { rsa }: SignatureFacts): readonly string[] {
  if (rsa) return [];
  const hosts = scripts.flatMap((script) => script.hosts);
  const without = hosts.filter(({ platform }) => !platformOf(platform as PlatformName).verifiesSshSignatures);
  return [...new Set(without.map(({ name }) => name))];
}
