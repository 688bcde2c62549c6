/** Bundles that follow each other, and what their runbooks say. */
import { type Bundle, compile } from "../../../src/index.ts";
import { textOf } from "../scripts/bundle.ts";

/** What stands in a folder, as `build` reads it. */
export function former(bundle: Bundle) {
  const files = new Map(bundle.files.map(({ path, chunks }) => [path, chunks.join("")]));
  return { manifest: files.get("manifest.json") ?? "", files: () => files };
}

export async function built(description: unknown, before?: Bundle): Promise<Bundle> {
  const options = before === undefined ? {} : { former: former(before) };
  const { bundle, diagnostics } = await compile(JSON.stringify(description), options);
  if (bundle === null) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return bundle;
}

/** The bundle of a description where that of another one stood. */
export async function changed(old: unknown, next: unknown): Promise<Bundle> {
  return built(next, await built(old));
}

/** The runbook's text, and the chapters below `## `. */
export function runbookOf(bundle: Bundle) {
  const text = textOf(bundle, "RUNBOOK.md");
  const chapters = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((chapter) => [chapter.split("\n", 1)[0] ?? "", chapter]),
  );
  const chapter = (name: string): string => chapters.get(name) ?? "";
  return {
    text,
    names: [...chapters.keys()],
    change: chapter("This change"),
    first: chapter("The first installation"),
    chapter,
  };
}

export interface StepText {
  readonly heading: string;
  readonly text: string;
  /** What is typed, in order, with what it ends with: `web1$ bash doctor.sh`. */
  readonly typed: readonly string[];
  /** `1. …` of how to go back. */
  readonly back: readonly string[];
}

/** The numbered steps of a chapter. */
export function stepsOf(chapter: string): readonly StepText[] {
  return chapter
    .split(/^### /m)
    .slice(1)
    .filter((section) => /^[0-9]+\. /.test(section))
    .map((section) => {
      let host = "";
      const typed: string[] = [];
      const lines = section.split("\n");
      const backFrom = lines.findIndex((line) => line.startsWith("Back from here"));
      for (const line of lines) {
        host = /^- \[ \] (\S+)/.exec(line)?.[1] ?? host;
        const command = /^ {6}(bash .*?) +# (.*)$/.exec(line);
        if (command) typed.push(`${host}$ ${command[1]} | ${command[2]}`);
      }
      return {
        heading: lines[0] ?? "",
        text: section,
        typed,
        back: backFrom < 0 ? [] : lines.slice(backFrom + 1).filter((line) => /^[0-9]+\. /.test(line)),
      };
    });
}
