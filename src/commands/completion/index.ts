import type { Command } from "commander";
import schema from "../../../schema/cluster.schema.json" with { type: "json" };
import { catalogue } from "../../diagnostics/index.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { bashCompletion } from "./bash.ts";
import { describeProgram, type Words } from "./describe.ts";
import { zshCompletion } from "./zsh.ts";

export type Shell = "bash" | "zsh";

/** Prints a script that completes commands, options, codes and the values that the schema knows. */
export function completion(shell: Shell, program: Command, { out }: Terminal): ExitCode {
  const description = describeProgram(program, words());
  out.write(shell === "bash" ? bashCompletion(description) : zshCompletion(description));
  return exitCode.ok;
}

function words(): Words {
  const { platform, mode, scheduler, protocol } = schema.$defs;
  return {
    options: new Map([
      ["--platform", platform.enum],
      ["--mode", mode.enum],
      ["--scheduler", scheduler.enum],
      ["--protocol", protocol.enum],
    ]),
    operands: new Map([
      ["explain", Object.keys(catalogue)],
      ["completion", ["bash", "zsh"] satisfies Shell[]],
    ]),
  };
}
