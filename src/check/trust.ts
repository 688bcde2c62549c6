import type { Host, Trust } from "../model.ts";
import { namesOf } from "./names.ts";
import type { Rule } from "./rule.ts";

type Problem = Extract<Trust["signers"][number]["signer"], { readonly problem: string }>;

/** What is no public key that every host takes as it is. */
export const unusableSigners: Rule = ({ trust }, report) => {
  for (const { pointer, signer } of trust?.signers ?? []) {
    if (!("problem" in signer)) continue;
    const code = signer.problem === "private-key" ? "TRUST_PRIVATE_KEY" : "TRUST_KEY_UNUSABLE";
    report(code, { pointer, ...said(signer) });
  }
};

function said(found: Problem): { readonly message: string; readonly hint: string } {
  switch (found.problem) {
    case "private-key":
      return {
        message: "this is a private key",
        hint: "make a new key, write its public part, and trust this one nowhere",
      };
    case "no-key":
      return { message: "this is no public key of SSH", hint: "write the line of the file KEY.pub" };
    case "damaged":
      return { message: `this ${found.kind} key is not whole`, hint: "write the line of the file KEY.pub, whole" };
    case "certificate":
      return {
        message: "this is a certificate, or the key of an authority for them",
        hint: "write the line of who signs",
      };
    case "other-kind":
      return {
        message: `bundles are not signed with a key of the kind ${found.kind}`,
        hint: "use an Ed25519 or RSA key",
      };
    case "short-rsa":
      return {
        message: `this RSA key has ${found.bits} bits, and needs 2048`,
        hint: "ssh-keygen -t rsa -b 3072 makes one",
      };
    case "options":
      return {
        message: `the options ${found.options} are not heeded by every host`,
        hint: 'take them out; namespaces="lvsgen-bundle" alone may stand there',
      };
  }
}

/** By the key itself, whatever stands around it. */
export const repeatedSigners: Rule = ({ trust }, report) => {
  const first = new Map<string, string>();
  for (const { pointer, signer } of trust?.signers ?? []) {
    if ("problem" in signer) continue;
    const other = first.get(signer.fingerprint);
    if (other === undefined) first.set(signer.fingerprint, pointer);
    else
      report("TRUST_KEY_TWICE", {
        pointer,
        message: `the key ${signer.fingerprint} is there already`,
        hint: "keep one of the two",
        related: [{ pointer: other, message: "the other one" }],
      });
  }
};

/** One warning for all hosts that verify with openssl, where no key is for it. */
export const signersWithoutRsa: Rule = ({ hosts, trust }, report) => {
  if (trust === null || trust.signers.some(({ signer }) => "problem" in signer || signer.pem !== null)) return;
  const isLeftOut = ({ platform, roles }: Host): boolean =>
    !platform.verifiesSshSignatures && roles.some((role) => role !== "client");
  const found = hosts.filter(isLeftOut);
  if (found.length === 0) return;
  report("TRUST_WITHOUT_RSA", {
    pointer: "/trust/allowedSigners",
    message: `${namesOf(found)} can verify with none of these keys, and would go on without lvsgen-run`,
    hint: "add an RSA key, and sign with that",
  });
};
