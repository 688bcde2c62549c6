import { statSync } from "node:fs";
import { resolve } from "node:path";
import { safe } from "../../diagnostics/excerpt.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import { programs } from "../../generated/templates.ts";
import { version } from "../../generated/version.ts";
import { languageOf } from "../../language/index.ts";
import { jsonLine } from "../../terminal/json.ts";
import { type Problem, printProblem, problemToJson, systemMessage } from "../../terminal/problem.ts";
import type { Output, Terminal } from "../../terminal/terminal.ts";
import { earlierRuntimes, type Proof, verifyBundle as proofsOf, type Result, resultOf } from "../../verify/index.ts";
import { readFolder } from "./folder.ts";
import type { VerifyOptions } from "./options.ts";
import { rebuild } from "./rebuild.ts";

const codes: Readonly<Record<Result, ExitCode>> = {
  ok: exitCode.ok,
  refused: exitCode.findings,
  "not-proven": exitCode.differs,
};

/** Proves a bundle, and says what of it is so, what is not, and what could not be checked. */
export async function verifyBundle(directory: string, options: VerifyOptions, terminal: Terminal): Promise<ExitCode> {
  const { out, err } = terminal;
  const { allowedSigners, description, leastSerial = null, json } = options;
  const problem = lacking(directory, true) ?? (allowedSigners === undefined ? null : lacking(allowedSigners, false));
  if (problem !== null) {
    if (json) out.write(jsonLine({ result: "not-proven", proofs: [], problems: [problemToJson(problem)] }));
    else printProblem(problem, err);
    return problem.exitCode;
  }
  const folder = readFolder(directory);
  const { checkSsh } = await import("../../sign/check.ts");
  const proofs = proofsOf(folder, {
    ssh: allowedSigners === undefined ? null : (text, signature) => checkSsh(text, signature, resolve(allowedSigners)),
    leastSerial,
    runtimes: new Map([...earlierRuntimes, ...(await ownRuntimes()).map((sum) => [sum, version] as const)]),
    rebuilt: await rebuild(directory, folder, description),
  });
  const result = resultOf(proofs);
  if (json) out.write(jsonLine({ result, proofs, problems: [] }));
  else print(proofs, result, directory, out);
  return codes[result];
}

/** The runtimes that this lvsgen writes, in either language. */
async function ownRuntimes(): Promise<readonly string[]> {
  const chinese = await languageOf("zh");
  return [programs, chinese.runtime?.programs ?? {}].flatMap((all) => Object.values(all).map(({ sha256 }) => sha256));
}

function lacking(path: string, isDirectory: boolean): Problem | null {
  let message: string | null = null;
  try {
    const stats = statSync(path);
    if (stats.isDirectory() !== isDirectory) message = isDirectory ? "is no directory" : "it is a directory";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    message = systemMessage(code);
  }
  if (message === null) return null;
  const hint = isDirectory ? "name a directory that build made" : "name a file of allowed signers (ssh-keygen(1))";
  return { code: "CANNOT_READ", file: path, message, hint, exitCode: exitCode.noInput };
}

const words: Readonly<Record<Result, string>> = { ok: "ok", refused: "refused", "not-proven": "not proven" };

const verdicts: Readonly<Record<Result, string>> = {
  ok: "proven: all of it is as it should be",
  refused: "refused: something is false, run nothing of it",
  "not-proven": "not proven: something could not be checked",
};

/** Lines that a person reads; --json has all of them. */
const most = 40;

function print(proofs: readonly Proof[], result: Result, directory: string, { write, colors, language }: Output): void {
  const { terminal: say } = language;
  // Of a description that is another one, each file is: that is told once.
  const isOfOther = proofs.some(
    (one) => one.subject === "description" && one.path === null && one.result === "refused",
  );
  const shown = proofs.filter((one) => !isOfOther || one.subject !== "description" || one.path === null);
  const color = { ok: colors.green, refused: colors.red, "not-proven": colors.yellow };
  for (const { result: one, path, message, hint } of shown.slice(0, most)) {
    const place = path === null || one === "ok" ? "" : `${safe(path)}${say(": ")}`;
    write(`${color[one](say(words[one]))}  ${place}${safe(say(message))}\n`);
    if (hint !== null) write(`  ${colors.cyan(`= ${say("help: ")}`)}${safe(say(hint))}\n`);
  }
  if (shown.length > most) write(say(`… and ${shown.length - most} more\n`));
  write(`${safe(directory)}${say(": ")}${color[result](say(verdicts[result]))}\n`);
}
