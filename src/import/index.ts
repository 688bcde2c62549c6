/**
 * From what a site has to a description: a reader for each kind of file, their facts as one, a description with comments for
 * what it cannot say, and a ledger with an entry for every line. Pure: files that an input includes come by `FileAccess`.
 */
import { isError, type LocatedDiagnostic } from "../diagnostics/index.ts";
import type { Cluster } from "../model.ts";
import { tellComments } from "./commented.ts";
import { plainValue } from "./describe/draft.ts";
import { type Assumption, type Description, describe, machinesAsHosts } from "./describe/index.ts";
import { printDraft } from "./describe/print.ts";
import { detect, isBackup } from "./detect.ts";
import { type Facts, noFacts } from "./facts.ts";
import { type Kind, kindTitles } from "./kinds.ts";
import { createLedger, type Entry, type InputFile, type Ledger, type Line } from "./ledger.ts";
import { mergeFacts } from "./merge.ts";
import { createNames } from "./names.ts";
import type { FileAccess, ImportOptions } from "./options.ts";
import { readers } from "./readers.ts";
import type { Input } from "./reading.ts";
import { repair } from "./repair.ts";

export { type Comparison, compareRules } from "./compare.ts";
export { detect, foreignTo } from "./detect.ts";
export { type Kind, kindTitles } from "./kinds.ts";
export type { Entry, InputFile, Line, Outcome } from "./ledger.ts";
export { type FileAccess, type ImportOptions, type NamedCidr, type NamedMark, noFiles, noOptions } from "./options.ts";
export { type Place, placeText } from "./place.ts";
export type { Input } from "./reading.ts";

/** An input that cannot be imported at all. */
export interface Refusal {
  readonly file: string;
  /** The line that says so. */
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

export interface Imported {
  /** The description; it may have errors, which are then meant. */
  readonly text: string;
  /** What the compiler finds in it. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** The cluster that it describes; null where it does not build. */
  readonly cluster: Cluster | null;
  readonly facts: Facts;
  readonly files: readonly InputFile[];
  readonly lines: readonly Line[];
  readonly misses: readonly Entry[];
  readonly assumptions: readonly Assumption[];
  readonly refusals: readonly Refusal[];
  /** Files of folders that are backups, or nothing which an import knows. */
  readonly skipped: readonly string[];
}

/** The compiler, as far as an import needs it. */
export type Examine = (text: string, file: string) => Promise<Examined>;

export interface Examined {
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Null when there are errors. */
  readonly cluster: Cluster | null;
}

export async function importInputs(
  inputs: readonly Input[],
  options: ImportOptions,
  files: FileAccess,
  examine: Examine,
): Promise<Imported> {
  const read = async (): Promise<Reading> => readAll(inputs, options, files);
  // Machines that only the table names get a script where that builds, and are addresses else.
  const first = await attempt(await read(), options, examine, true);
  const isAsGood = first.errors === 0 || !first.imported.assumptions.some(({ what }) => what === machinesAsHosts);
  const second = isAsGood ? null : await attempt(await read(), options, examine, false);
  return second !== null && second.errors < first.errors ? second.imported : first.imported;
}

interface Reading {
  readonly facts: Facts;
  readonly ledger: Ledger;
  readonly refusals: readonly Refusal[];
  /** Files of folders that are backups, or nothing which an import knows. */
  readonly skipped: readonly string[];
  readonly names: readonly string[];
}

async function readAll(inputs: readonly Input[], options: ImportOptions, files: FileAccess): Promise<Reading> {
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
  return /(?:^|\/)keepalived\.conf$/.test(input.file) ? order.length : order.length + 1;
}

function unknown({ file, text }: Input): Refusal {
  const hint =
    "rules of ipvsadm-save, what ipvsadm -L -n prints, keepalived.conf, ldirectord.cf, scripts that call ipvsadm, and a host's own files are known";
  if (text.trim() === "") return { file, line: 1, message: "is empty", hint };
  const line = text.split("\n", 1000).findIndex((one) => !/^\s*(?:[#;!].*)?$/.test(one)) + 1;
  return { file, line: Math.max(1, line), message: "is nothing that can be imported", hint };
}

/** A comment at a time at most, for an input may have as many errors as services. */
const mostRounds = 6;

async function attempt(
  { facts, ledger, refusals, skipped, names }: Reading,
  options: ImportOptions,
  examine: Examine,
  namesRealServers: boolean,
): Promise<{ readonly imported: Imported; readonly errors: number }> {
  const description = describe(facts, ledger, options, namesRealServers);
  // Without comments the compiler reads a description many times faster; where an error stands is asked at the end.
  const look = (): ReturnType<Examine> => examine(JSON.stringify(plainValue(description.top)), "imported.json");
  let examined = await look();
  for (let round = 0; round < mostRounds && examined.diagnostics.some(isError); round++) {
    if (!repair(description, examined.diagnostics.filter(isError), ledger)) break;
    examined = await look();
  }
  tellComments(description, ledger);
  const text = print(description, names, options);
  if (examined.diagnostics.some(isError))
    examined = await examine(text, options.language === "yaml" ? "imported.yaml" : "imported.json");
  const { diagnostics, cluster } = examined;
  const imported: Imported = {
    text,
    diagnostics,
    cluster,
    facts,
    files: ledger.files(),
    lines: ledger.lines(),
    misses: ledger.misses(),
    assumptions: description.assumptions,
    refusals,
    skipped,
  };
  return { imported, errors: diagnostics.filter(isError).length + offCount(text) };
}

/** Services and real servers that became comments count like errors. */
function offCount(text: string): number {
  return text.split("NOT TAKEN: ").length - 1;
}

function print({ top }: Description, names: readonly string[], { language }: ImportOptions): string {
  const from =
    names.length === 0
      ? "nothing"
      : names.slice(0, 8).join(", ") + (names.length > 8 ? ` and ${names.length - 8} more` : "");
  const head = [
    `A Linux Virtual Server cluster, imported from ${from}.`,
    "  lvsgen validate   checks this file",
    "  lvsgen build      compiles it into out/",
    "ASSUMED marks what no input says, MISSING what has to be said before it builds, NOT TAKEN what could not be carried over.",
  ];
  return printDraft(top, head, language);
}

/** What a kind is called. */
export function titleOf(kind: Kind): string {
  return kindTitles[kind];
}
