/** Runs proofs one after the other in one lab and leaves a report. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Bench, type Proof } from "./bench.ts";
import { Book } from "./book.ts";
import { reportDirectory } from "./places.ts";
import { summary, writeReport } from "./report.ts";
import { withLab } from "./session.ts";

/** Runs them all, a failed one stops none of the others; true when every check passed. */
export async function prove(title: string, proofs: readonly Proof[], keep: boolean): Promise<boolean> {
  const book = new Book();
  const directory = join(reportDirectory, title);
  await rm(directory, { recursive: true, force: true });
  await withLab(`${title}-${process.pid}`, keep, async (lab) => {
    for (const proof of proofs) {
      const bench = new Bench(lab, book, directory);
      book.begin(proof.name, proof.title);
      await proof.run(bench).catch((error: unknown) => {
        book.check("runs to its end", false, error instanceof Error ? (error.stack ?? error.message) : String(error));
      });
      if (book.failed.length > 0) await bench.keepEvidence();
    }
    if (keep) book.note(`lab ${lab.name} stays up`);
  });
  await writeReport(title, book);
  process.stdout.write(summary(book));
  return book.failed.length === 0;
}
