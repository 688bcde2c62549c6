/** Why nothing was signed. */
export type SignProblem =
  /** A program of OpenSSH that is not on `PATH`. */
  | { readonly problem: "no-program"; readonly program: string }
  /** `ssh-keygen` of OpenSSH before 8.1, which has no `-Y`. */
  | { readonly problem: "old-program"; readonly program: string }
  /** `code` is the system's error. */
  | { readonly problem: "unreadable-key"; readonly file: string; readonly code: string }
  | { readonly problem: "no-key"; readonly file: string }
  /** Of a key: what it signs is verified by its authority alone, which hosts were not given. */
  | { readonly problem: "certificate"; readonly file: string }
  /** A private key whose public part stands neither in it nor in `FILE.pub`. */
  | { readonly problem: "no-public-part"; readonly file: string }
  | { readonly problem: "short-rsa"; readonly file: string; readonly bits: number }
  /** A public key whose private part is in no agent and not beside it. */
  | { readonly problem: "not-in-agent"; readonly file: string }
  /** Wrong, or nobody could be asked for it. */
  | { readonly problem: "passphrase"; readonly file: string }
  /** Others than its owner may read the private key, so that OpenSSH does not take it. */
  | { readonly problem: "open-to-others"; readonly file: string }
  /** `said` is what the program or the agent said. */
  | { readonly problem: "refused"; readonly file: string; readonly said: string };
