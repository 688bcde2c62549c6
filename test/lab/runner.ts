/** Runs proofs one after the other in one lab and leaves a report. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Bench, type Proof } from "./bench.ts";
import { Book } from "./book.ts";
import { reportDirectory } from "./places.ts";
import { summary, writeReport } from "./report.ts";
import { withLab } from "./session.ts";

/** Runs them all, each group in a lab of its own; a failed one stops none of the others. True when all passed. */
export async function prove(title: string, groups: readonly (readonly Proof[])[], keep: boolean): Promise<boolean> {
  const book = new Book();
  const directory = join(reportDirectory, title);
  await rm(directory, { recursive: true, force: true });
  for (const [index, proofs] of groups.entries()) {
    await withLab(`${title}-${process.pid}-${index}`, keep, async (lab) => {
      for (const proof of proofs) await one(new Bench(lab, book, join(directory, proof.name)), proof);
      if (keep) book.note(`lab ${lab.name} stays up`);
    });
  }
  await writeReport(title, book);
  process.stdout.write(summary(book));
  return book.failed.length === 0;
}

async function one(bench: Bench, proof: Proof): Promise<void> {
  const { book } = bench;
  const failedBefore = book.failed.length;
  book.begin(proof.name, proof.title);
  await proof.run(bench).catch((error: unknown) => {
    book.check("runs to its end", false, error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
  if (book.failed.length > failedBefore) await bench.keepEvidence();
}
