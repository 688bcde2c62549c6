import { InvalidArgumentError, Option } from "commander";
import { standardSizes } from "../../rollout/batches.ts";
import type { Add } from "../command.ts";
import { serialOption } from "../serial.ts";
import type { RolloutOptions } from "./options.ts";

function count(text: string): number {
  if (!/^[0-9]{1,4}$/.test(text) || Number(text) < 1)
    throw new InvalidArgumentError("It has to be a whole number from 1 to 9999.");
  return Number(text);
}

function batch(text: string): RolloutOptions["batch"] {
  const [, digits = "", isShare] = /^([0-9]{1,4})(%)?$/.exec(text) ?? [];
  const number = Number(digits);
  if (digits === "" || number < 1 || (isShare && number > 100))
    throw new InvalidArgumentError("It has to be a number of hosts, such as 5, or a share, such as 25%.");
  return isShare ? { kind: "share", percent: number } : { kind: "hosts", count: number };
}

const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})$/;

function host(text: string, former: readonly string[] = []): readonly string[] {
  if (!hostName.test(text)) throw new InvalidArgumentError("It has to be the name of a host of the description.");
  return [...former, text];
}

function step(text: string, former: readonly number[] = []): readonly number[] {
  return [...former, count(text)];
}

function sshName(text: string, former: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const at = text.indexOf("=");
  const [name, target] = [text.slice(0, at), text.slice(at + 1)];
  // What begins with - would be an option of ssh.
  if (!hostName.test(name) || !/^[^-\s\p{Cc}][^\s\p{Cc}]*$/u.test(target))
    throw new InvalidArgumentError(
      "It has to be HOST=NAME, with the name or the user@name that ssh is to be called with.",
    );
  return new Map([...former, [name, target]]);
}

function absolute(text: string): string {
  if (!text.startsWith("/")) throw new InvalidArgumentError("It has to be an absolute path on the hosts.");
  return text;
}

export const rolloutCommand: Add = (program, terminal, finish) => {
  program
    .command("rollout")
    .summary("take a change to many hosts, batch by batch")
    .description(
      "Says in which batches the change of a bundle goes to its hosts, and how far it is: one host first, then so many that each service keeps most of its real servers, directors one at a time. With --ssh it goes there: it stops at the first failure, and goes on where it was when it is called again. Ends with 0 where nothing is left, 1 where something is, and 2 where something failed or its end is not known.",
    )
    .argument("<dir>", "a directory that build made")
    .option("--ssh", "run the scripts on the hosts, by the system's ssh and its configuration")
    .option("--sudo", "the user of ssh is not root: run them by sudo, which must not ask")
    .option(
      "--ssh-name <host=name>",
      "what ssh is called with for a host (default: its name); give it once for each",
      sshName,
    )
    .option(
      "--state <dir>",
      "where is written down how far it is, with the reports (default: rollout-state beside the directory)",
    )
    .option("--canary <number>", "real servers that go first", count, standardSizes.canary)
    .addOption(
      new Option("--batch <size>", "of each service's real servers at once: a share, such as 25%, or a number of hosts")
        .argParser(batch)
        .default(standardSizes.batch, "25%"),
    )
    .option("--max-parallel <number>", "hosts of a batch that are worked on at once", count, 5)
    .option("--stop-after <batch>", "stop when this batch is done", count)
    .option("--only <host>", "go to this host alone; give it once for each", host)
    .option("--without <host>", "pass over this host, which is dead, say; give it once for each", host)
    .option("--done <step>", "say that a step by hand is done; give it once for each", step)
    .option("--first", "go to every host, as for hosts that have nothing yet")
    .option("--packages <dir>", "a folder on the hosts that packages are installed from", absolute)
    .option("--secrets <dir>", "the directory of lvsgen secrets: each host gets its own file for the run")
    .option("--former <dir>", "the former bundle, where a step needs its scripts")
    .option("--allowed-signers <file>", "who may sign the bundle; without it a signature is not asked for")
    .option("--least-serial <number>", "the lowest serial that is not an old bundle's", serialOption)
    .option("--markdown", "print a form with a box for each host")
    .option("--json", "print JSON for tools: one object, with --ssh one a line")
    .addHelpText(
      "after",
      `
Examples:
  lvsgen rollout out
  lvsgen rollout out --markdown > form.md
  lvsgen rollout out --ssh --stop-after 1
  lvsgen rollout out --ssh --batch 10%
  lvsgen status rollout-state --bundle out`,
    )
    .action(async (directory: string, options: RolloutOptions) => {
      const { rollout } = await import("./index.ts");
      finish(await rollout(directory, options, terminal));
    });
};
