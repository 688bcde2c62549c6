/** RUNBOOK.md as somebody reads it who knows nothing else: which command on which host, in which folder, and what has to be seen. */

/** A line to type, and what stands behind it. */
export interface Line {
  readonly host: string;
  readonly command: string;
  readonly folder: "this" | "former";
  /** Exit code and closing line; null where the runbook names none, as for what goes back. */
  readonly expected: { readonly code: number; readonly closing: string } | null;
}

export interface Chapter {
  /** One after the other, as they stand there. */
  readonly lines: readonly Line[];
  /** From the end of it, in the order that it says. */
  readonly back: readonly Line[];
}

/** A chapter by its heading, such as `This change`. */
export function readChapter(runbook: string, heading: string): Chapter {
  const chapter = part(runbook, `\n## ${heading}\n`, "\n## ");
  const steps = chapter.split("\n### ").slice(1);
  return {
    lines: steps.flatMap((step) => toType(step, step.startsWith("In the former folder") ? "former" : "this")),
    back: steps.map(toGoBack).findLast((lines) => lines.length > 0) ?? [],
  };
}

function part(text: string, from: string, to: string): string {
  const begins = text.indexOf(from);
  if (begins < 0) throw new Error(`RUNBOOK.md has no ${from.trim()}`);
  const [found = ""] = text.slice(begins + from.length).split(to);
  return found;
}

/** Lines to tick, each with its commands below it. */
function toType(step: string, folder: Line["folder"]): Line[] {
  return step
    .split(/^- \[ \] /m)
    .slice(1)
    .flatMap((item) => {
      const [, host = ""] = /^([^\s,]+)/.exec(item) ?? [];
      return [...item.matchAll(/^ {6}(\S.*?) +# (\d+) {2}(.*)$/gm)].map(
        ([, command = "", code = "", closing = ""]): Line => {
          return { host, command, folder, expected: { code: Number(code), closing } };
        },
      );
    });
}

/** `1. `COMMAND` on HOST, HOST [in the former folder]`. */
function toGoBack(step: string): Line[] {
  const [, after = ""] = step.split("\nBack from here");
  return [...after.matchAll(/^\d+\. `([^`]+)` on (.+?)( in the former folder)?$/gm)].flatMap(
    ([, command = "", hosts = "", former]) =>
      hosts
        .split(", ")
        .map((host): Line => ({ host, command, folder: former === undefined ? "this" : "former", expected: null })),
  );
}

/** Is that the line that the runbook shows? `…` stands for what does not matter. */
export function isClosing(said: string, closing: string): boolean {
  if (closing === "no line begins with not ok") return !/^not ok/m.test(said);
  const words = closing.split("…").map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${words.join("\\d+")}$`).test(said.trimEnd().split("\n").at(-1) ?? "");
}
