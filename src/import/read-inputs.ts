import { detect, isBackup } from "./detect.ts";
import { type Facts, noFacts } from "./facts.ts";
import { isBesideOthers } from "./ipvsadm/listing.ts";
import type { Kind } from "./kinds.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { mergeFacts } from "./merge.ts";
import { createNames } from "./names.ts";
import type { FileAccess, ImportOptions } from "./options.ts";
import { readers } from "./readers.ts";
import type { Input } from "./reading.ts";

/** An input that cannot be imported at all. */
export interface Refusal {
  readonly file: string;
  /** The line that says so. */
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

/** All that was read, with what became of each line. */
export interface ReadInputs {
  readonly facts: Facts;
  readonly ledger: Ledger;
  readonly refusals: readonly Refusal[];
  /** Files of folders that are backups, or nothing which an import knows. */
  readonly skipped: readonly string[];
  readonly names: readonly string[];
}

/** Reads each input by the reader of its kind, those first that others need. */
export async function readAll(
  inputs: readonly Input[],
  options: ImportOptions,
  files: FileAccess,
): Promise<ReadInputs> {
  const ledger = createLedger();
  const names = createNames(options.resolve);
  const facts = noFacts();
  const refusals: Refusal[] = [];
  const skipped: string[] = [];
  const read: string[] = [];
  const ordered = inputs
    .map((input) => ({ input, found: detect(input.text, input.file) }))
    .sort((a, b) => rank(a) - rank(b));
  for (const { input, found } of ordered) {
    if (input.folder !== null && isBackup(input.file)) {
      skipped.push(input.file);
      continue;
    }
    if (found === null) {
      if (input.folder === null) refusals.push(unknown(input));
      else skipped.push(input.file);
      continue;
    }
    if ("foreign" in found) {
      refusals.push({
        file: input.file,
        line: found.foreign.line,
        message: `is ${found.foreign.title}, which cannot be imported`,
        hint: found.foreign.hint,
      });
      continue;
    }
    // What another file included is read at its place there.
    if (input.folder !== null && ledger.files().some(({ file }) => file === input.file)) continue;
    const own = noFacts();
    await readers[found.kind](input, { facts: own, merged: facts, ledger, names, files, id: options.id });
    mergeFacts(facts, own, ledger);
    read.push(input.file);
  }
  for (const { mark, vip, protocol, port } of options.marks)
    facts.marks.push({
      place: { file: "--mark", line: 1, column: 1, length: 0 },
      ...{ mark, vip, protocol, port, source: null, interface: null, position: null },
    });
  return { facts, ledger, refusals, skipped, names: read };
}

/** Names first, for the others use them; files that include others before those; then in the order given. */
function rank({ input, found }: { readonly input: Input; readonly found: ReturnType<typeof detect> }): number {
  if (found === null || "foreign" in found) return 9;
  const order: readonly Kind[] = ["hosts", "os-release", "hostname"];
  const at = order.indexOf(found.kind);
  if (at >= 0) return at;
  if (found.kind === "ipvsadm-list" && isBesideOthers(input.text)) return order.length + 2;
  return /(?:^|\/)keepalived\.conf$/.test(input.file) ? order.length : order.length + 1;
}

/** What to give instead of what cannot be imported. */
export const importable =
  "rules of ipvsadm-save, what ipvsadm -L -n prints, keepalived.conf, ldirectord.cf, scripts that call ipvsadm, and a host's own files are known";

function unknown({ file, text }: Input): Refusal {
  const hint = importable;
  if (text.trim() === "") return { file, line: 1, message: "is empty", hint };
  const line = text.split("\n", 1000).findIndex((one) => !/^\s*(?:[#;!].*)?$/.test(one)) + 1;
  return { file, line: Math.max(1, line), message: "is nothing that can be imported", hint };
}
