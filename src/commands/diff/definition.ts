import { Option } from "commander";
import type { Add } from "../command.ts";
import type { DiffOptions } from "./options.ts";

export const diffCommand: Add = (program, terminal, finish) => {
  program
    .command("diff")
    .summary("say what a change does to connections")
    .description(
      "Compares two descriptions, bundles or revisions of git: what changes, service by service and host by host, what it does to the connections of clients and why, and in which order the scripts are to run. Ends with 2 where something differs.",
    )
    .argument(
      "[old]",
      "a description, a directory that build made, a revision of git, or REVISION:PATH (default: HEAD)",
    )
    .argument("[new]", "the same; default: the description that is here now")
    .addOption(new Option("--json", "print one JSON object for tools").conflicts(["markdown"]))
    .option("--markdown", "print Markdown for a merge request")
    .addHelpText(
      "after",
      `
Examples:
  lvsgen diff                          what is not committed yet
  lvsgen diff HEAD~1                   the last commit, and that
  lvsgen diff v1.2 clusters/shop.json  from a tag, of another description
  lvsgen diff out                      what a build would change in out/
  lvsgen diff old.json new.json
  lvsgen diff --markdown origin/main > comment.md`,
    )
    .action(async (old: string | undefined, next: string | undefined, options: DiffOptions) => {
      const command = await import("./index.ts");
      finish(await command.diff(old, next, options, terminal));
    });
};
