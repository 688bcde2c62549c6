/** Runs proofs one after the other in one lab and leaves a report. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Bench, type Proof } from "./bench.ts";
import { Book } from "./book.ts";
import { quickestSuite, wantedSuite } from "./kernel.ts";
import type { Lab } from "./lab.ts";
import { reportDirectory } from "./places.ts";
import { summary, writeReport } from "./report.ts";
import { withLab } from "./session.ts";

/** Labs at a time: hosts that wait for each other leave the processors to those of another lab. */
const places = 2;

interface Proving {
  /** The labs stay up. */
  readonly keep: boolean;
  /** What is to be said of the choice of proofs, above their results. */
  readonly remark: string | undefined;
}

/** Runs them all, each group in a lab of its own; a failed one stops none of the others. True when all passed. */
export async function prove(
  title: string,
  groups: readonly (readonly Proof[])[],
  { keep, remark }: Proving,
): Promise<boolean> {
  const book = new Book();
  const directory = join(reportDirectory, title);
  await rm(directory, { recursive: true, force: true });
  const waiting = [...groups.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, proofs] = next;
      const suite = proofs.some(({ xtables, long }) => xtables || long) ? wantedSuite() : await quickestSuite();
      await withLab(`${title}-${process.pid}-${index}`, keep, suite, async (lab) => {
        for (const proof of proofs) await one(lab, book, join(directory, proof.name), proof);
        if (keep) process.stdout.write(`lab ${lab.name} stays up\n`);
      });
    }
  };
  await Promise.all(Array.from({ length: places }, work));
  await writeReport(title, book);
  process.stdout.write(summary(book, remark));
  return book.failed.length === 0;
}

async function one(lab: Lab, book: Book, directory: string, proof: Proof): Promise<void> {
  const chapter = book.begin(proof.name, proof.title);
  const bench = new Bench(lab, chapter, directory);
  await proof.run(bench).catch((error: unknown) => {
    chapter.check("runs to its end", false, error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
  chapter.end();
  if (chapter.failed) await bench.keepEvidence();
}
