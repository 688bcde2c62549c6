import type { Facts } from "./facts.ts";
import type { Ledger } from "./ledger.ts";
import type { Names } from "./names.ts";
import type { FileAccess } from "./options.ts";

/** What every reader works with. */
export interface Reading {
  /** What this input gives. */
  readonly facts: Facts;
  /** What the inputs before it gave. */
  readonly merged: Facts;
  readonly ledger: Ledger;
  readonly names: Names;
  readonly files: FileAccess;
  /** `keepalived --config-id`; null: not given. */
  readonly id: string | null;
}

export interface Input {
  readonly file: string;
  readonly text: string;
  /** The folder of a host's own files that it is from; null for a file that was named by itself. */
  readonly folder: string | null;
}

/** Reads one input of one kind into the facts and the ledger. */
export type Reader = (input: Input, reading: Reading) => void | Promise<void>;

/** Lines as the inputs count them. A text that ends in a line feed has no line behind it. */
export function linesOf(text: string): string[] {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const lines = content.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
