import { InvalidArgumentError } from "commander";
import type { Add } from "../command.ts";
import type { StatusOptions } from "./options.ts";

function days(text: string): number {
  if (!/^[0-9]{1,4}$/.test(text) || Number(text) < 1)
    throw new InvalidArgumentError("It has to be a whole number of days from 1 to 9999.");
  return Number(text);
}

export const statusCommand: Add = (program, terminal, finish) => {
  program
    .command("status")
    .summary("say how all hosts stand, by their reports")
    .description(
      "Reads what the scripts wrote with --report, in these directories and all below them, and says of each role of each host how it stands: as described, drained, old, confirm pending, pending, never seen, failed. Ends with 0 where all is as described, 1 where something differs, 2 where something failed or was never seen, and 3 where there is nothing to tell of.",
    )
    .argument("<dirs...>", "directories with reports, or reports")
    .option(
      "--bundle <dir>",
      "the bundle that the hosts are to have (default: the one in these directories, where there is one)",
    )
    .option("--older-than <days>", "count a role as old that has not reported for so long", days)
    .option("--html <file>", "also write one page for a browser, which needs nothing else")
    .option("--json", "print one JSON object for tools")
    .addHelpText(
      "after",
      `
Examples:
  lvsgen status /media/usb/reports --bundle out
  lvsgen status reports --bundle out --older-than 7 --html status.html
  lvsgen status reports --json | jq '.rows[] | select(.state != "as-described")'`,
    )
    .action(async (places: readonly string[], options: StatusOptions) => {
      const { status } = await import("./index.ts");
      finish(await status(places, options, terminal));
    });
};
