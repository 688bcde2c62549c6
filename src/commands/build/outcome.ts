import type { BundleChange, BundleScript } from "../../bundle.ts";
import type { LocatedDiagnostic } from "../../diagnostics/index.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import type { Description } from "../../terminal/description.ts";
import type { Problem } from "../../terminal/problem.ts";
import type { SignatureFacts } from "../../terminal/signature.ts";
import type { FileChange } from "../../write/index.ts";
import type { Departures } from "./departures.ts";

/** How a build ended. */
export type Outcome =
  | { readonly kind: "unreadable"; readonly problem: Problem }
  /** The description has errors. */
  | ({ readonly kind: "rejected" } & Compiled)
  /** It was to be signed, and nothing is written without that. */
  | ({ readonly kind: "unsigned"; readonly problem: Problem } & Compiled)
  | ({ readonly kind: "unwritable"; readonly problems: readonly Problem[] } & Built)
  /** `obstacles` are what a build would stop at. */
  | ({ readonly kind: "compared"; readonly obstacles: readonly Problem[] } & Built)
  /** `open`: what others may read of it, which is a warning; null: nothing that they may not. */
  | ({ readonly kind: "written"; readonly open: Problem | null } & Built);

interface Compiled {
  readonly description: Description;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

export interface Built extends Compiled {
  readonly scripts: readonly BundleScript[];
  readonly changes: readonly FileChange[];
  readonly departures: Departures;
  readonly healthChecks: boolean;
  readonly signedOnly: boolean;
  readonly change: BundleChange | null;
  /** What stands beside the bundle afterwards; null: nothing. */
  readonly signature: (SignatureFacts & { readonly unverified: readonly string[] }) | null;
  /** The serial of a signature that was not of these sums; null: there was none. */
  readonly unsigned: number | null;
}

export function exitCodeOf(outcome: Outcome): ExitCode {
  switch (outcome.kind) {
    case "unreadable":
    case "unsigned":
      return outcome.problem.exitCode;
    case "rejected":
      return exitCode.findings;
    case "unwritable":
      return exitCode.cannotWrite;
    case "compared":
      return isStale(outcome) ? exitCode.findings : exitCode.ok;
    case "written":
      return exitCode.ok;
  }
}

/** Whether the output differs from what the description gives. */
export function isStale({ changes }: Pick<Built, "changes">): boolean {
  return changes.some((change) => change.status !== "unchanged");
}
