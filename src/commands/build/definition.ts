import { type Command, Option } from "commander";
import type { Add } from "../command.ts";
import { oneDescription } from "../default-file.ts";
import { serialOption } from "../serial.ts";
import type { BuildOptions } from "./options.ts";

export const buildCommand: Add = (program, terminal, finish) => {
  program
    .command("build")
    .summary("compile a description into scripts")
    .description(
      "Compiles a description into scripts. Writes only what differs, removes what a former build wrote and this one does not, and touches nothing else.",
    )
    .argument("[file]", oneDescription)
    .option("-o, --output <dir>", "directory to write to", "out")
    .option(
      "--since <bundle>",
      "make RUNBOOK.md for the change from this bundle: a directory, a revision of git, or REVISION:PATH (default: what stands in the output directory)",
    )
    .option("--no-since", "make RUNBOOK.md as if nothing had been there before")
    .option("--per-host", "also make hosts/HOST/ for each host: what this host needs, and no file of another one")
    .option("--check", "compare without writing; exit 1 when the output is stale")
    .addOption(new Option("--watch", "build again whenever the description changes").conflicts(["check"]))
    .option("--force", "replace and remove also what no build of lvsgen wrote, or what was changed since")
    .option("--strict", "stop at warnings too, but for those that the description acknowledges")
    .addOption(
      new Option(
        "--sign <key>",
        "sign SHA256SUMS with this key: a private key, or the public one (.pub) of a key that ssh-agent has",
      ).conflicts(["check", "watch"]),
    )
    .addOption(
      new Option(
        "--serial <number>",
        "a number that is higher than that of every bundle before (default: the one of the signature in the output directory and 1)",
      ).argParser(serialOption),
    )
    .option("--json", "print one JSON object for tools")
    .option("-q, --quiet", "print errors only")
    .addHelpText(
      "after",
      `
Examples:
  lvsgen build
  lvsgen build examples/kgc.json -o out
  lvsgen build --sign ~/.ssh/release  then hosts can prove who made it
  lvsgen build --since HEAD           the change since the last commit
  lvsgen build --per-host             then carry out/hosts/web1 to web1 alone
  lvsgen build --check || echo "run lvsgen build and commit out/"
  generate-cluster | lvsgen build - -o /srv/lvs`,
    )
    .action(async (file: string | undefined, options: BuildOptions, command: Command) => {
      if (options.serial !== undefined && options.sign === undefined)
        command.error("error: option '--serial <number>' counts signatures: it goes with --sign");
      const { build } = await import("./index.ts");
      finish(await build(file, options, terminal));
    });
};
