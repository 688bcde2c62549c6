/** A line that says who may sign, as a description has it: a public key (`KEY.pub`), or one with a name before it (ssh-keygen(1), ALLOWED SIGNERS). */
import { fingerprint, kindOf, rsaBits, rsaKey } from "./public-key.ts";
import { leastBits, namespace } from "./signed-text.ts";
import type { AllowedSigner, SignerProblem } from "./signer.ts";
import { isKey } from "./verify.ts";

export type { AllowedSigner, SignerProblem };

const kinds: ReadonlySet<string> = new Set([
  "ssh-ed25519",
  "ssh-rsa",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
]);

/** A comment that is kept: one that could be taken for anything else is left out, for it is no part of the key. */
const plain = /^[A-Za-z0-9_@.,:+ -]*[A-Za-z0-9_@.,:+-][A-Za-z0-9_@.,:+ -]*$/;

const form =
  /^(?:(?<principal>[A-Za-z0-9][A-Za-z0-9._@-]*) +(?:(?<options>[a-z-]+(?:="[^"]*")?(?:,[a-z-]+(?:="[^"]*")?)*) +)?)??(?<kind>[a-z0-9-]+(?:@[a-z.]+)?) +(?<base64>AAAA[A-Za-z0-9+/]+={0,2})(?: +(?<comment>[ -~]*))?$/;

export function readAllowedSigner(line: string): AllowedSigner | SignerProblem {
  if (/PRIVATE KEY/.test(line)) return { problem: "private-key" };
  const {
    principal = "release",
    options,
    kind = "",
    base64 = "",
    comment = "",
  } = form.exec(line.replace(/\n$/, ""))?.groups ?? {};
  if (kind === "") return { problem: "no-key" };
  if (/-cert-v[0-9]+@openssh\.com$/.test(kind) || options?.includes("cert-authority"))
    return { problem: "certificate" };
  if (options !== undefined && options !== `namespaces="${namespace}"`) return { problem: "options", options };
  if (!kinds.has(kind)) return { problem: "other-kind", kind };
  const blob = Buffer.from(base64, "base64");
  if (kindOf(blob) !== kind || !isKey(blob) || blob.toString("base64") !== base64) return { problem: "damaged", kind };
  const rsa = rsaKey(blob);
  if (rsa !== null && rsaBits(rsa) < leastBits) return { problem: "short-rsa", bits: rsaBits(rsa) };
  const pem = rsa === null ? null : rsa.export({ type: "spki", format: "pem" }).toString();
  const words = [principal, `namespaces="${namespace}"`, kind, base64, ...(plain.test(comment) ? [comment] : [])];
  return { principal, kind, fingerprint: fingerprint(blob), line: `${words.join(" ")}\n`, pem };
}
