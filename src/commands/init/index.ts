import { analyse } from "../../compile.ts";
import { safe } from "../../diagnostics/excerpt.ts";
import { isError, type LocatedDiagnostic, label } from "../../diagnostics/index.ts";
import { columns as columnsOf } from "../../diagnostics/width.ts";
import { broken } from "../../diagnostics/wrap.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import { languageNames, languageOf, type Say } from "../../language/index.ts";
import type { Cluster } from "../../model.ts";
import { languageFor } from "../../terminal/language.ts";
import { type Problem, printProblem } from "../../terminal/problem.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { defaultFile } from "../default-file.ts";
import { inTheWay, writeNewFile } from "../new-file.ts";
import { type Answers, complete, type ListKey, missingOptions } from "./answers.ts";
import { commandLine, shellWord } from "./command-line.ts";
import { clusterText, schemaFile } from "./describe.ts";
import { fromOptions } from "./from-options.ts";
import type { InitOptions } from "./options.ts";
import { pictureText } from "./picture.ts";
import { isSchemaFile, schemaBeside, writeSchema } from "./schema-file.ts";

/** Writes a first description. It is compiled before it is written, so that what is written builds. */
export async function init(options: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const { output } = options;
  if (isSchemaFile(output))
    return misused(
      `-o ${output}: ${schemaFile} is the name of the schema beside a description; choose another`,
      terminal,
    );
  const obstacle = output === "-" ? null : inTheWay(output, options.force === true);
  if (obstacle !== null) return fail(obstacle, terminal);
  const reading = fromOptions(options);
  if (reading.kind === "wrong") return misused(reading.message, terminal);
  const known = reading.value;
  const missing = missingOptions(known);
  const open = openLists(options);
  const asks = [...(options.ask === true ? ["--ask"] : []), ...open.map(([option]) => option)];
  const isAsking = asks.length > 0 || missing.length > 0;
  if (!isAsking || !terminal.isInteractive) {
    if (missing.length > 0) return misused(`missing: ${missing.join(", ")}`, terminal);
    if (isAsking) return misused(`${asks[0]}: there is no terminal to ask in`, terminal);
    return described(known, options, terminal);
  }
  const [{ ask }, { judge }, { prompts, columnsOf: sizeOf }] = await Promise.all([
    import("./ask.ts"),
    import("./judge.ts"),
    import("./prompts.ts"),
  ]);
  const lists = open.map(([, key]) => key);
  const asked = await ask(known, judge, prompts(sizeOf(process.stdout), terminal.out.language), lists);
  if (asked.isComplete) return described(asked.answers, options, terminal);
  goesOn(asked.answers, options, terminal, asked.open);
  return exitCode.findings;
}

/** The lists that are to be asked on, with the options that say so. */
function openLists({ moreRealservers, moreClients }: InitOptions): readonly (readonly [string, ListKey])[] {
  return [
    ...(moreRealservers === true ? [["--more-realservers", "realServers"] as const] : []),
    ...(moreClients === true ? [["--more-clients", "clients"] as const] : []),
  ];
}

async function described(given: Partial<Answers>, options: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const { output } = options;
  const answers = complete(given);
  if (answers === null) throw new Error("an answer is missing that was asked for");
  const beside = output === "-" ? null : schemaBeside(output, await Promise.all(languageNames.map(languageOf)));
  const form = {
    language: /\.ya?ml$/i.test(output) ? "yaml" : "jsonc",
    namesSchema: beside !== null && beside.state !== "foreign",
  } as const;
  const { language } = terminal.out;
  const text = clusterText(answers, form, language);
  const { cluster, diagnostics } = await analyse(text, { file: output });
  if (cluster === null) {
    printFound(diagnostics.filter(isError), terminal);
    const nothing = "Nothing was written: the description that these answers give would not build.";
    terminal.err.write(`${language.init(nothing)}\n`);
    goesOn(given, options, terminal);
    return exitCode.findings;
  }
  printFound(diagnostics, terminal);
  if (beside === null) {
    terminal.out.write(text);
    return exitCode.ok;
  }
  const problem = writeNewFile(output, text, options.force === true);
  if (problem !== null) {
    goesOn(given, options, terminal);
    return fail(problem, terminal);
  }
  const schemaProblem = writeSchema(beside, language);
  if (schemaProblem !== null) printProblem(schemaProblem, terminal.err);
  if (beside.state === "foreign")
    terminal.err.write(
      `${language.init(`${safe(beside.file)} is not what "lvsgen schema" prints; it was left alone.`)}\n`,
    );
  terminal.out.write(nextText(output, cluster, diagnostics, language.init));
  return schemaProblem?.exitCode ?? exitCode.ok;
}

function nextText(output: string, cluster: Cluster, warnings: readonly LocatedDiagnostic[], say: Say): string {
  const isDefault = output === "cluster.json" && defaultFile().kind === "file";
  const file = isDefault ? "" : ` ${safe(shellWord(output.startsWith("-") ? `./${output}` : output))}`;
  const [builds, ...more] = buildsText(warnings);
  return `${[`${safe(output)} written. ${builds}`, ...more].map(say).join("\n")}

${pictureText(cluster, say)}
${say("Next:")}
  lvsgen validate${file}
  lvsgen build${file}
  lvsgen graph${file} -o topology.svg
`;
}

function buildsText(warnings: readonly LocatedDiagnostic[]): readonly string[] {
  const [first] = warnings;
  if (first === undefined) return ["It builds as it is."];
  const builds = warnings.length === 1 ? "It builds, with 1 warning." : `It builds, with ${warnings.length} warnings.`;
  return [builds, `"lvsgen explain ${first.code}" says more.`];
}

/** Findings without lines of a file that does not exist. */
function printFound(found: readonly LocatedDiagnostic[], { err }: Terminal): void {
  const { columns, colors, language } = err;
  const { terminal: say, finding } = language;
  const [colon, help] = [say(": "), `= ${say("help: ")}`];
  for (const { severity, code, message, hint } of found) {
    const kind = `${say(severity)}[${code}]${colon}`;
    const said = broken(safe(finding(message)), { columns, start: columnsOf(kind), indent: 4 });
    const indent = 2 + columnsOf(help);
    const remedy = broken(safe(finding(hint)), { columns, start: indent, indent });
    const paint = severity === "error" ? colors.red : colors.yellow;
    err.write(`${label(paint, kind)}${said}\n  ${label(colors.cyan, help)}${remedy}\n`);
  }
}

function goesOn(
  answers: Partial<Answers>,
  options: InitOptions,
  { err }: Terminal,
  open: readonly ListKey[] = [],
): void {
  const { name } = err.language;
  const around = name === languageFor([], process.env) ? options : { ...options, language: name };
  const lines = commandLine(answers, around, open).split("\n").map(safe).join("\n");
  const head = err.language.init("This goes on from there with what was answered:");
  err.write(`${head}\n\n${lines}\n\n`);
}

function fail(problem: Problem, { err }: Terminal): ExitCode {
  printProblem(problem, err);
  return problem.exitCode;
}

function misused(message: string, { err }: Terminal): ExitCode {
  const { init, terminal: say } = err.language;
  err.write(`${say("error")}${say(": ")}${safe(init(message))}\n${say('Run "lvsgen init --help" for usage.')}\n`);
  return exitCode.usage;
}
