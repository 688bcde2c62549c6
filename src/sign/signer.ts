/** Who may sign, as a description has it; apart, so that its types need none of Node's. */
export interface AllowedSigner {
  /** What the file of allowed signers calls who has the key. */
  readonly principal: string;
  /** `ssh-ed25519`, `ssh-rsa`, … */
  readonly kind: string;
  /** What stands in a file of allowed signers, with its line end. */
  readonly line: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** An RSA key for openssl (PEM, SubjectPublicKeyInfo); null: it is another kind, which `openssl dgst` does not verify. */
  readonly pem: string | null;
}

export type SignerProblem =
  | { readonly problem: "private-key" }
  | { readonly problem: "no-key" }
  | { readonly problem: "damaged"; readonly kind: string }
  | { readonly problem: "certificate" }
  /** Such as `ssh-dss`. */
  | { readonly problem: "other-kind"; readonly kind: string }
  | { readonly problem: "short-rsa"; readonly bits: number }
  /** Other options than the namespace of bundles, which openssl would not heed. */
  | { readonly problem: "options"; readonly options: string };
