import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/trust.ts`. */
export const trustCodes = {
  TRUST_PRIVATE_KEY: {
    severity: "error",
    title: "A private key stands in the description",
    why: "Hosts need the public key alone. Whoever reads the description, or its history, can sign with the private one from now on.",
    symptom: "Bundles that nobody of yours has made are taken by every host that trusts the key.",
    fix: "Make a new key (ssh-keygen -t ed25519), write its .pub file here, and let no host trust the old one any more, even where the description went nowhere.",
    hidden: true,
  },
  TRUST_KEY_UNUSABLE: {
    severity: "error",
    title: "A key of those who may sign is none that a host can verify with",
    why: "lvsgen-run gives it to ssh-keygen and openssl as it is; with a key that these do not take, every bundle is refused.",
    symptom: 'lvsgen-run ends with 65, "is signed by none of the keys of this host".',
    fix: "Write the line of the .pub file of an Ed25519, ECDSA or RSA key of at least 2048 bits, whole and in one line; a name may stand before it.",
  },
  TRUST_KEY_TWICE: {
    severity: "error",
    title: "A key of those who may sign is there twice",
    why: "Who takes a key out that was lost takes out one line, and the other one goes on to be trusted.",
    symptom: "A bundle that was signed with the key that was taken out is still run.",
    fix: "Keep one of the two.",
  },
  TRUST_WITHOUT_RSA: {
    severity: "warning",
    title: "A host can verify with none of the keys",
    why: "OpenSSH before 8.1 (EL7, EL8) cannot verify signatures of files, and openssl there verifies those of RSA keys alone. With lvsgen-run it would refuse every bundle, so it gets none.",
    symptom: "Scripts go on to be run there without a signature.",
    fix: "Sign with an RSA key (ssh-keygen -t rsa -b 3072), which every host verifies, and write its .pub file here.",
  },
} as const satisfies Record<string, CatalogueEntry>;
