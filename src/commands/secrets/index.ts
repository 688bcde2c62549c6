import { createHash } from "node:crypto";
import { secrets as secretsOf } from "../../compile.ts";
import { safe } from "../../diagnostics/excerpt.ts";
import { isError, toJson } from "../../diagnostics/index.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import type { SecretsFile } from "../../secrets/index.ts";
import type { Signature } from "../../sign/index.ts";
import { printFindings } from "../../terminal/findings.ts";
import { jsonLine } from "../../terminal/json.ts";
import { type Problem, printProblem, problemToJson } from "../../terminal/problem.ts";
import { fromSignProblem } from "../../terminal/sign-problem.ts";
import type { Output, Terminal } from "../../terminal/terminal.ts";
import { table } from "../../terminal/text.ts";
import { readDescription } from "../input.ts";
import { sourcesBeside } from "../sources.ts";
import type { SecretsOptions } from "./options.ts";
import { type WrittenSecrets, writeSecrets } from "./write.ts";

/** Writes the secrets of each host into a file of its own, and says which; nothing of their texts is ever shown. */
export async function secrets(
  file: string | undefined,
  options: SecretsOptions,
  { out, err }: Terminal,
): Promise<ExitCode> {
  const { output, json } = options;
  const input = await readDescription(file);
  if (input.kind === "problem") {
    if (json) out.write(jsonLine({ diagnostics: [], problems: [problemToJson(input.problem)], files: [] }));
    else printProblem(input.problem, err);
    return input.problem.exitCode;
  }
  const { description } = input;
  const { files, cluster, diagnostics } = await secretsOf(description.text, {
    file: description.file,
    readSource: sourcesBeside(description.file),
  });
  const found = diagnostics.filter(isError);
  const signed = files === null || cluster === null ? null : await signaturesOf(files, cluster, options);
  const unsigned = signed !== null && "problem" in signed ? signed.problem : null;
  const written =
    files === null || cluster === null || signed === null || "problem" in signed
      ? null
      : writeSecrets(output, cluster, files, signed.signatures);
  const problems = unsigned !== null ? [unsigned] : written === null ? [] : problemsOf(written, output);
  if (json)
    out.write(
      jsonLine({
        diagnostics: found.map(toJson),
        problems: problems.map(problemToJson),
        files: (written?.files ?? []).map((one) => ({ ...one, ...placeOf(one.name, files ?? []) })),
      }),
    );
  else {
    printFindings(found, description, err);
    for (const problem of problems) printProblem(problem, err, problem.exitCode === exitCode.ok ? "warning" : "error");
    if (written !== null) out.write(listing(written, files ?? [], output, out));
  }
  if (unsigned !== null) return unsigned.exitCode;
  if (written === null) return exitCode.findings;
  return written.problem?.exitCode ?? exitCode.ok;
}

/** A signature for each file, with the serial of the bundle that it goes with; none where none is asked for. */
async function signaturesOf(
  files: readonly SecretsFile[],
  cluster: string,
  { sign: key, serial }: SecretsOptions,
): Promise<{ readonly signatures: ReadonlyMap<string, Signature> } | { readonly problem: Problem }> {
  const signatures = new Map<string, Signature>();
  if (key === undefined || serial === undefined) return { signatures };
  const { sign } = await import("../../sign/make.ts");
  for (const { name, text } of files) {
    const sum = createHash("sha256").update(text).digest("hex");
    const made = await sign({ cluster, serial, sum }, key, { what: "secrets", file: name });
    if ("problem" in made) return { problem: fromSignProblem(made) };
    signatures.set(name, made);
  }
  return { signatures };
}

function placeOf(name: string, files: readonly SecretsFile[]): { host?: string; paths?: readonly string[] } {
  const found = files.find((one) => one.name === name);
  return found === undefined ? {} : { host: found.host, paths: found.paths };
}

function problemsOf({ problem, isOpen }: WrittenSecrets, output: string): Problem[] {
  if (problem !== null) return [problem];
  if (!isOpen) return [];
  return [
    {
      code: "OPEN_TO_OTHERS",
      file: output,
      message: "others may read what was written: modes cannot be set there",
      hint: "let nobody else have the medium, and write over the files when the hosts have them",
      exitCode: exitCode.ok,
    },
  ];
}

function listing(
  { files, problem }: WrittenSecrets,
  secrets: readonly SecretsFile[],
  output: string,
  { colors, language: { terminal: say } }: Output,
): string {
  if (files.length === 0) return problem === null ? say("no host has a secret\n") : "";
  const rows = files.map(({ name, change }) => [
    `${safe(output)}/${safe(name)}`,
    say(change),
    (secrets.find((one) => one.name === name)?.paths ?? []).map(safe).join(" "),
  ]);
  const heading = ["FILE", "", "SECRETS"].map((title) => (title === "" ? "" : colors.dim(say(title))));
  return `${table([heading, ...rows], "  ")}\n`;
}
