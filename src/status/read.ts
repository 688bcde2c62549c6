import type { Difference, Flaw, Run, Standing } from "./run.ts";
import { secondsOf } from "./time.ts";

/** What a file says: several runs where `--json` was appended to one. */
export interface Read {
  readonly runs: readonly Run[];
  readonly flaw: Flaw | null;
}

/** Of what this lvsgen knows; a script raises it where the same words come to mean something else. */
const newestFormat = 1;

/** More differences of one run are counted and not kept; longer texts are cut. */
const mostDifferences = 500;
const longestText = 2000;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the JSON lines of a report. Whatever stands there, it gives an answer: lines that are none of a script's are a flaw, and
 * what came before them counts as a run that breaks off.
 *
 * @param path the file, for messages
 */
export function readReport(path: string, text: string): Read {
  const runs: Run[] = [];
  let draft: Draft | null = null;
  let flaw: Flaw | null = null;
  const keep = (): void => {
    if (draft !== null) runs.push(draft.run());
    draft = null;
  };
  const lines = text.split("\n");
  // What stands behind the last line end is no whole line.
  const rest = lines.pop() ?? "";
  if (text === "") return { runs, flaw: { path, kind: "broken", why: "is empty" } };
  for (const [index, line] of lines.entries()) {
    const fields = objectOf(line.endsWith("\r") ? line.slice(0, -1) : line);
    if (fields?.["event"] === "run") {
      keep();
      const begun = beginning(path, fields);
      if (typeof begun === "string") {
        flaw = { path, kind: "broken", why: begun };
        break;
      }
      draft = begun;
    } else if (fields === null || typeof fields["event"] !== "string" || draft === null) {
      const isFirst = index === 0;
      flaw = isFirst
        ? { path, kind: "foreign", why: "is no report of lvsgen's" }
        : { path, kind: "broken", why: `line ${index + 1} is not one that a script writes` };
      break;
    } else draft.add(fields);
  }
  keep();
  if (flaw === null && rest !== "" && runs.length === 0)
    flaw = rest.startsWith('{"event":"run"')
      ? { path, kind: "broken", why: "breaks off in its first line" }
      : { path, kind: "foreign", why: "is no report of lvsgen's" };
  return { runs, flaw };
}

function objectOf(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** Numbers are texts as well: a host may be called 7. */
function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/** A run as far as it is read. */
interface Draft {
  readonly add: (fields: Fields) => void;
  readonly run: () => Run;
}

/** What the first line begins; a text: why it cannot be taken. */
function beginning(path: string, first: Fields): Draft | string {
  const time = textOf(first["time"]);
  const at = secondsOf(time);
  const [run, role, cluster, command] = ["run", "role", "cluster", "command"].map((key) => textOf(first[key]));
  if (at === null || !run || !role || !cluster || !command) return "does not say who tells, or when";
  const { format } = first;
  if (typeof format !== "number") return "does not say in which format it is";
  if (format > newestFormat) return `is of format ${format}, and this lvsgen knows none above ${newestFormat}`;
  const differences: Difference[] = [];
  let more = 0;
  let code: number | null = null;
  let error: string | null = null;
  let standing: Standing | null = null;
  let drained: readonly string[] | null = null;
  const keep = (result: Difference["result"], kind: unknown, name: unknown, detail: unknown): void => {
    if (differences.length >= mostDifferences) more += 1;
    else differences.push({ result, kind: textOf(kind), name: textOf(name), detail: textOf(detail) });
  };
  return {
    add: (fields) => {
      const { event, result } = fields;
      if (event === "resource" && (result === "pending" || result === "failed"))
        keep(result, fields["kind"], fields["name"], fields["detail"]);
      else if (event === "test" && result === "failed")
        keep("failed", "service", fields["service"], fields["description"]);
      else if (event === "finding" && fields["level"] === "stop")
        keep("failed", "finding", fields["check"], fields["what"]);
      else if (event === "error") error = textOf(fields["message"]);
      else if (event === "standing")
        standing = {
          generation: typeof fields["generation"] === "number" ? fields["generation"] : 0,
          isInterrupted: fields["state"] === "interrupted",
          isUnconfirmed: fields["confirm"] === "pending",
        };
      else if (event === "drained") drained = textOf(fields["servers"]).split(" ").filter(Boolean);
      else if (event === "end" && typeof fields["code"] === "number") code = fields["code"];
    },
    run: () => ({
      path,
      run,
      host: textOf(first["host"]),
      isUndescribed: textOf(first["undescribed"]) !== "",
      machine: textOf(first["machine"]),
      role,
      cluster,
      command,
      bundle: textOf(first["bundle"]),
      lvsgen: textOf(first["lvsgen"]),
      time,
      at,
      uptime: Number.parseFloat(textOf(first["uptime"])) || 0,
      root: textOf(first["root"]),
      only: textOf(first["only"]),
      isDry: textOf(first["dry_run"]) !== "",
      code,
      error,
      differences,
      more,
      standing,
      drained,
    }),
  };
}
