/**
 * From what a site has to a description: a reader for each kind of file, their facts as one, a description with comments for
 * what it cannot say, and a ledger with an entry for every line. Pure: files that an input includes come by `FileAccess`.
 */
import { isError } from "../diagnostics/index.ts";
import { commentsOf, plainValue, saidDraft } from "../draft/draft.ts";
import { printDraft } from "../draft/print.ts";
import { tellComments } from "./commented.ts";
import { type Choices, type Description, describe, machinesAsHosts } from "./describe/index.ts";
import type { Examine, Imported } from "./imported.ts";
import { type Kind, kindTitles } from "./kinds.ts";
import type { FileAccess, ImportOptions } from "./options.ts";
import { type ReadInputs, readAll } from "./read-inputs.ts";
import type { Input } from "./reading.ts";
import { repair } from "./repair.ts";

export {
  type Comparison,
  compareImported,
  type Difference,
  isSame,
  type MissingRule,
  type NotCompared,
} from "./compare/index.ts";
export { detect, foreignTo } from "./detect.ts";
export type { Examine, Examined, Imported } from "./imported.ts";
export { type Kind, kindTitles } from "./kinds.ts";
export type { Entry, InputFile, Line, Outcome } from "./ledger.ts";
export { type FileAccess, type ImportOptions, type NamedCidr, type NamedMark, noFiles, noOptions } from "./options.ts";
export { type Place, placeText } from "./place.ts";
export { importable, type Refusal } from "./read-inputs.ts";
export type { Input } from "./reading.ts";

export async function importInputs(
  inputs: readonly Input[],
  options: ImportOptions,
  files: FileAccess,
  examine: Examine,
): Promise<Imported> {
  const read = async (): Promise<ReadInputs> => readAll(inputs, options, files);
  // Machines that only the table names get a script where that builds, and are addresses else.
  const first = await attempt(await read(), options, examine, { namesRealServers: true, apart: null });
  let best = first;
  if (best.errors > 0 && first.imported.assumptions.some(({ what }) => what === machinesAsHosts)) {
    const second = await attempt(await read(), options, examine, { namesRealServers: false, apart: null });
    if (second.errors < best.errors) best = second;
  }
  // So do directors agree by VRRP where that builds; else what they say of it stands as a comment.
  const { between } = first;
  for (const namesRealServers of between === null ? [] : [true, false]) {
    if (best.errors === 0) break;
    const apart = {
      reason: `the directors cannot agree as described: ${between}`,
      remedy: "mend that, and take the comments away: VRRP stands in the description as a comment",
    };
    const other = await attempt(await read(), options, examine, { namesRealServers, apart });
    if (other.errors < best.errors) best = other;
  }
  return best.imported;
}

interface Attempt {
  readonly imported: Imported;
  /** Services and real servers that became comments count like errors. */
  readonly errors: number;
  /** The first thing that is wrong with how the directors agree. */
  readonly between: string | null;
}

/** A comment at a time at most, for an input may have as many errors as services. */
const mostRounds = 6;

async function attempt(
  { facts, ledger, refusals, skipped, names }: ReadInputs,
  options: ImportOptions,
  examine: Examine,
  choices: Choices,
): Promise<Attempt> {
  const description = describe(facts, ledger, options, choices);
  // Without comments the compiler reads a description many times faster; where an error stands is asked at the end.
  const look = (): ReturnType<Examine> => examine(JSON.stringify(plainValue(description.top)), "imported.json");
  let examined = await look();
  const between =
    examined.diagnostics.filter(isError).find(({ pointer }) => /^\/(?:ha|directors)\b/.test(pointer))?.message ?? null;
  for (let round = 0; round < mostRounds && examined.diagnostics.some(isError); round++) {
    if (!repair(description, examined.diagnostics.filter(isError), ledger)) break;
    examined = await look();
  }
  tellComments(description, ledger);
  const text = print(description, names, options);
  if (examined.diagnostics.some(isError))
    examined = await examine(text, options.language === "yaml" ? "imported.yaml" : "imported.json");
  const { diagnostics, cluster, plan } = examined;
  const imported: Imported = {
    text,
    language: options.language,
    diagnostics,
    cluster,
    plan,
    facts,
    description,
    files: ledger.files(),
    lines: ledger.lines(),
    misses: ledger.misses(),
    assumptions: description.assumptions,
    refusals,
    skipped,
  };
  return { imported, errors: diagnostics.filter(isError).length + offCount(description), between };
}

/** Services and real servers that became comments count like errors. */
function offCount({ top }: Description): number {
  return commentsOf(top).filter((comment) => comment.includes("NOT TAKEN: ")).length;
}

function print({ top }: Description, names: readonly string[], { language, spoken }: ImportOptions): string {
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
  return printDraft(saidDraft(top, spoken.imported), head.map(spoken.imported), language);
}

/** What a kind is called. */
export function titleOf(kind: Kind): string {
  return kindTitles[kind];
}
