import { statSync } from "node:fs";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import { version } from "../../generated/version.ts";
import { type Overview, overview, page, resultOf } from "../../status/index.ts";
import { jsonLine } from "../../terminal/json.ts";
import { type Problem, printProblem, problemToJson, systemMessage } from "../../terminal/problem.ts";
import { printStatus } from "../../terminal/status.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { chooseBundle } from "./bundle.ts";
import { type Found, readReports } from "./folder.ts";
import type { StatusOptions } from "./options.ts";
import { foreignPage, writePage } from "./write-page.ts";

const codes: Readonly<Record<ReturnType<typeof resultOf>, ExitCode>> = {
  0: exitCode.ok,
  1: exitCode.findings,
  2: exitCode.differs,
  3: exitCode.unknown,
};

/** Says how the hosts stand, by what came back from them. */
export async function status(places: readonly string[], options: StatusOptions, terminal: Terminal): Promise<ExitCode> {
  const { out, err } = terminal;
  const { json, html, olderThan = null } = options;
  const fail = (problem: Problem): ExitCode => {
    if (json) out.write(jsonLine({ rows: [], counts: {}, passedOver: [], problems: [problemToJson(problem)] }));
    else printProblem(problem, err);
    return problem.exitCode;
  };
  const lacking = places.map(missing).find((problem) => problem !== null);
  if (lacking) return fail(lacking);
  const inTheWay = html === undefined ? null : foreignPage(html);
  if (inTheWay !== null) return fail(inTheWay);
  const found = readReports(places);
  const chosen = chooseBundle(options.bundle, found.bundles);
  if (chosen.kind === "problem") return fail(chosen.problem);
  const bundle = chosen.kind === "bundle" ? chosen : null;
  const now = new Date();
  const seen = overview(found.runs, {
    expected: bundle?.expected ?? null,
    now: Math.floor(now.getTime() / 1000),
    olderThan,
  });
  const time = `${now.toISOString().slice(0, 19)}+00:00`;
  if (html !== undefined) {
    const { name, terminal: say } = out.language;
    const text = page({
      overview: seen,
      flaws: found.flaws,
      time,
      bundle: bundle?.directory ?? null,
      version,
      language: name === "zh" ? "zh-CN" : name,
      say,
    });
    const problem = writePage(html, text);
    if (problem !== null) return fail(problem);
  }
  if (json) out.write(jsonLine(toJson(seen, found, time, bundle?.directory ?? null)));
  else printStatus({ overview: seen, flaws: found.flaws, page: html ?? null }, terminal);
  return codes[
    resultOf(
      seen,
      found.flaws.every(({ kind }) => kind !== "broken"),
    )
  ];
}

function toJson({ rows, counts, others }: Overview, { flaws }: Found, time: string, bundle: string | null) {
  return { format: 1, time, bundle, counts, rows, otherClusters: others, passedOver: flaws, problems: [] };
}

function missing(place: string): Problem | null {
  let message: string;
  try {
    const stats = statSync(place);
    if (stats.isDirectory() || stats.isFile()) return null;
    message = "is neither a file nor a directory";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    message = systemMessage(code);
  }
  const hint = "name the directory that the reports were copied to";
  return { code: "CANNOT_READ", file: place, message, hint, exitCode: exitCode.noInput };
}
