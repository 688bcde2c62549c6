/** What an import gives, and what it asks of the compiler. */
import type { LocatedDiagnostic } from "../diagnostics/index.ts";
import type { Cluster } from "../model.ts";
import type { Assumption, Description } from "./describe/index.ts";
import type { Facts } from "./facts.ts";
import type { Entry, InputFile, Line } from "./ledger.ts";
import type { ImportOptions } from "./options.ts";
import type { Refusal } from "./read-inputs.ts";

export interface Imported {
  /** The description; it may have errors, which are then meant. */
  readonly text: string;
  readonly language: ImportOptions["language"];
  /** What the compiler finds in it. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** The cluster that it describes; null where it does not build. */
  readonly cluster: Cluster | null;
  /** What its scripts bring about; null where it does not build. */
  readonly plan: PlannedScripts | null;
  readonly facts: Facts;
  /** The description before it is a text, with where its parts are from. */
  readonly description: Description;
  readonly files: readonly InputFile[];
  readonly lines: readonly Line[];
  readonly misses: readonly Entry[];
  readonly assumptions: readonly Assumption[];
  readonly refusals: readonly Refusal[];
  /** Files of folders that are backups, or nothing which an import knows. */
  readonly skipped: readonly string[];
}

/** What the scripts of a description bring about, as far as an import looks at it: `resource` may be a setting of the kernel. */
export interface PlannedScripts {
  readonly scripts: readonly {
    readonly hosts: readonly {
      readonly host: { readonly name: string };
      readonly sections: readonly {
        readonly wants: readonly {
          readonly resource: {
            readonly kind: string;
            readonly key?: unknown;
            readonly value?: unknown;
            readonly described?: boolean;
          };
        }[];
      }[];
    }[];
  }[];
}

/** The compiler, as far as an import needs it. */
export type Examine = (text: string, file: string) => Promise<Examined>;

export interface Examined {
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Null when there are errors. */
  readonly cluster: Cluster | null;
  /** Null when there are errors. */
  readonly plan: PlannedScripts | null;
  /** With errors: what could be resolved; null where too little is left. */
  readonly resolved: Cluster | null;
  /** Pointers to what could not be read or looked up. */
  readonly unresolved: readonly string[];
}
