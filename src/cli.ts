#!/usr/bin/env node
/** The command `lvsgen`: runs what the command line asks for and sets the exit code. */
import { CommanderError } from "commander";
import { createProgram } from "./commands/program.ts";
import { withoutHelpOfUnknown } from "./commands/unknown-command.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { languageOf } from "./language/index.ts";
import { languageFor } from "./terminal/language.ts";
import { endProcess, processTerminal, type Terminal } from "./terminal/terminal.ts";

async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCode.ok;
  const program = createProgram(args, terminal, (reached) => {
    code = reached;
  });
  try {
    await program.parseAsync(withoutHelpOfUnknown(args), { from: "user" });
    return code;
  } catch (error) {
    // commander has printed its message by now; help and version that were asked for are no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    terminal.err.write(bugReport(error));
    return exitCode.internal;
  }
}

function bugReport(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = process.env.LVSGEN_DEBUG && error instanceof Error ? `${error.stack}\n` : "";
  return `${stack}lvsgen: internal error: ${message}\nThis is a bug in lvsgen. LVSGEN_DEBUG=1 shows where it happened; please report it with the description that causes it.\n`;
}

const args = process.argv.slice(2);
languageOf(languageFor(args, process.env))
  .then((language) => main(args, processTerminal(args, language)))
  .then(endProcess);
