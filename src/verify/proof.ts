/** What is looked at, in the order of the report. */
export type Subject = "signature" | "rsa" | "serial" | "signed-sums" | "sums" | "beside" | "runtime" | "description";

/** `not-proven`: it could not be checked, so that nothing is known of it. */
export type Result = "ok" | "refused" | "not-proven";

export interface Proof {
  readonly subject: Subject;
  readonly result: Result;
  /** Path in the bundle that it is about; null: all of it. */
  readonly path: string | null;
  readonly message: string;
  /** What to do; null where all is well. */
  readonly hint: string | null;
}

/** Hints that several proofs have. */
export const fresh = "do not run anything of it: get the bundle anew from who made it, another way";

export function ok(subject: Subject, message: string, path: string | null = null): Proof {
  return { subject, result: "ok", path, message, hint: null };
}

export function refused(subject: Subject, path: string | null, message: string, hint = fresh): Proof {
  return { subject, result: "refused", path, message, hint };
}

export function unproven(subject: Subject, path: string | null, message: string, hint: string): Proof {
  return { subject, result: "not-proven", path, message, hint };
}

/** One thing that is false outweighs all; then one that nobody could check. */
export function resultOf(proofs: readonly Proof[]): Result {
  if (proofs.some(({ result }) => result === "refused")) return "refused";
  return proofs.length === 0 || proofs.some(({ result }) => result === "not-proven") ? "not-proven" : "ok";
}
