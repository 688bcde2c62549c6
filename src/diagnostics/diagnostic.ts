import { type Code, catalogue } from "./catalogue.ts";

export type Severity = "error" | "warning";

/** Whether a finding is about the key of a setting or about its value. */
export type Part = "key" | "value";

/** A place in the description, before anyone has looked up line and column. */
export interface Place {
  /** RFC 6901 JSON pointer into the description. */
  readonly pointer: string;
  readonly part: Part;
}

export interface Related extends Place {
  readonly message: string;
}

/** A finding of validate, resolve or check. */
export interface Diagnostic extends Place {
  readonly code: Code;
  readonly severity: Severity;
  /** What is wrong, with the values involved. */
  readonly message: string;
  /** The remedy. */
  readonly hint: string;
  readonly related: readonly Related[];
}

/** Lines and columns count from 1; columns and lengths are in characters (code points). */
export interface Position {
  readonly line: number;
  readonly column: number;
  /** Length of what is meant, as far as it goes on that line. */
  readonly length: number;
}

export interface LocatedRelated extends Position {
  readonly pointer: string;
  readonly message: string;
}

/** A finding with its position in the text. */
export interface LocatedDiagnostic extends Position {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
  readonly pointer: string;
  readonly file: string;
  readonly related: readonly LocatedRelated[];
  /** Why it is meant, of a warning that the description acknowledges. */
  readonly acknowledged?: string;
}

/** What a rule says of a finding; the severity comes from the catalogue. */
export interface Finding {
  readonly pointer: string;
  /** Left out: the value. */
  readonly part?: Part;
  readonly message: string;
  readonly hint: string;
  readonly related?: readonly (Omit<Related, "part"> & { readonly part?: Part })[];
}

export function diagnostic(code: Code, { pointer, part = "value", message, hint, related = [] }: Finding): Diagnostic {
  return {
    code,
    severity: catalogue[code].severity,
    message,
    hint,
    pointer,
    part,
    related: related.map((other) => ({ part: "value", ...other })),
  };
}

export function isError({ severity }: { readonly severity: Severity }): boolean {
  return severity === "error";
}

/** Whether a command stops at it: at an error, and where it is strict at a warning that the description does not acknowledge. */
export function stops(found: Pick<LocatedDiagnostic, "severity" | "acknowledged">, isStrict: boolean): boolean {
  return isError(found) || (isStrict && found.acknowledged === undefined);
}

/** A finding as `--json` prints it. */
export interface DiagnosticJson {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
  readonly pointer: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly related: readonly { pointer: string; line: number; column: number; message: string }[];
  /** The reason in the words of the description; a finding that is not acknowledged has no such key. */
  readonly acknowledged?: string;
}

export function toJson(found: LocatedDiagnostic): DiagnosticJson {
  const { code, severity, message, hint, pointer, file, line, column } = found;
  const related = found.related.map((other) => ({
    pointer: other.pointer,
    line: other.line,
    column: other.column,
    message: other.message,
  }));
  const json = { code, severity, message, hint, pointer, file, line, column, related };
  return found.acknowledged === undefined ? json : { ...json, acknowledged: found.acknowledged };
}
