import type { Command } from "commander";
import type { ExitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Called with the exit code of the command that ran. */
export type Finish = (code: ExitCode) => void;

/** Adds a command to the program. */
export type Add = (program: Command, terminal: Terminal, finish: Finish) => void;
