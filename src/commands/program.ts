import { Command, Option } from "commander";
import { safe } from "../diagnostics/excerpt.ts";
import { exitCode, exitMeanings } from "../exit-code.ts";
import { version } from "../generated/version.ts";
import { languageNames, type Say } from "../language/index.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Add, Finish } from "./command.ts";
import { commands } from "./definitions.ts";
import { helpIn } from "./spoken-help.ts";

/** Columns of help. */
const helpWidth = 80;

/**
 * The command tree, or as much of it as `args` call for; `finish` is called once when it has parsed a command and run it.
 */
export function createProgram(args: readonly string[], terminal: Terminal, finish: Finish): Command {
  const { name, terminal: say } = terminal.err.language;
  const program = new Command("lvsgen")
    .description(
      "Compiles one description of a Linux Virtual Server cluster into idempotent bash scripts, one per role.",
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .option("--color", "use colours even when the output is not a terminal")
    .option("--no-color", "use no colours (also: a non-empty NO_COLOR)")
    .addOption(
      new Option(
        "--language <language>",
        "language of findings, explain, help, what commands print, and comments that init and import write (default: that of LC_ALL, LC_MESSAGES or LANG where it is zh_CN.UTF-8, else en)",
      ).choices(languageNames),
    )
    .configureHelp({ showGlobalOptions: true, ...(name === "en" ? {} : helpIn(say)) })
    .configureOutput({
      // Notes behind the help are one text.
      writeOut: (text) => terminal.out.write(say(text)),
      // Longer lines are hard to read, and the examples are written for so many.
      getOutHelpWidth: () => Math.min(terminal.out.columns ?? helpWidth, helpWidth),
      getErrHelpWidth: () => Math.min(terminal.err.columns ?? helpWidth, helpWidth),
      writeErr: (text) =>
        terminal.err.write(
          text
            .split("\n")
            .map((line) => safe(say(line)))
            .join("\n"),
        ),
    })
    .addHelpText("after", programNotes(say));
  for (const add of calledFor(args)) add(program, terminal, finish);
  for (const command of [program, ...program.commands]) {
    const path = command === program ? "lvsgen" : `lvsgen ${command.name()}`;
    command.exitOverride().showHelpAfterError(`Run "${path} --help" for usage.`);
  }
  return program;
}

/** The one command that the first argument names; `completion` is about all of them, and so are help and a misspelt name. */
function calledFor([name = ""]: readonly string[]): readonly Add[] {
  const named = name === "completion" ? undefined : commands.get(name);
  return named ? [named] : [...commands.values()];
}

const examples = `Examples:
  lvsgen init                          ask, and write a first cluster.json
  lvsgen build                         compile cluster.json into out/
  lvsgen build web.yaml -o out/web     another description, another directory
  lvsgen build --check                 does cluster.json still give this out/?
  lvsgen graph > topology.svg          a picture of the cluster
  lvsgen diff HEAD~1                   what a change does, and what to run where
  lvsgen explain VIP_IS_HOST_ADDRESS   what a finding means and how to fix it`;

function programNotes(say: Say): string {
  const exits = Object.entries(exitCode).map(
    ([name, code]) => `  ${String(code).padStart(2)}  ${say(exitMeanings[name as keyof typeof exitCode])}`,
  );
  return `\n${say(examples)}\n\n${say("Exit codes:")}\n${exits.join("\n")}`;
}
