/** What a run says beside what `status` reads of it. */
import { type Run, readReport } from "../status/index.ts";

export interface Heard {
  /** Null: it said nothing that is a report. */
  readonly run: Run | null;
  /** The number in the head of the script whose apply was last; empty: none, or not told. */
  readonly madeFrom: string;
  /** How many instances of VRRP the host is master of. */
  readonly masterOf: number;
  /** Resources that were brought about, or are to be. */
  readonly changed: number;
}

/** @param lines of one run with `--json` */
export function hear(lines: readonly string[]): Heard {
  const { runs } = readReport("", lines.map((line) => `${line}\n`).join(""));
  let madeFrom = "";
  let masterOf = 0;
  let changed = 0;
  for (const fields of lines.map(fieldsOf)) {
    const { event, state, result, sha256 } = fields;
    if (event === "standing" && typeof sha256 === "string") madeFrom = sha256;
    else if (event === "director" && state === "master") masterOf += 1;
    else if (event === "resource" && (result === "changed" || result === "pending")) changed += 1;
  }
  return { run: runs.at(-1) ?? null, madeFrom, masterOf, changed };
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
