import { type Command, Option } from "commander";
import type { Add } from "../command.ts";
import { oneDescription } from "../default-file.ts";
import { serialOption } from "../serial.ts";
import type { SecretsOptions } from "./options.ts";

export const secretsCommand: Add = (program, terminal, finish) => {
  program
    .command("secrets")
    .summary("write the secrets of each host into a file of its own")
    .description(
      "Writes the texts of files with secret: true into a directory for its owner alone, a file secrets-HOST for each host that has any. Each goes to its host beside the scripts; build needs none of them.",
    )
    .argument("[file]", oneDescription)
    .option("-o, --output <dir>", "directory for the files", "secrets")
    .option("--sign <key>", "sign each with this key, as build does: for hosts that run nothing unsigned")
    .addOption(
      new Option("--serial <number>", "with --sign: the serial of the bundle that they go with").argParser(
        serialOption,
      ),
    )
    .option("--json", "print one JSON object for tools")
    .addHelpText(
      "after",
      "\nExamples:\n  lvsgen secrets\n  lvsgen secrets cluster.yaml -o /media/usb/secrets\n  SITE_KEY=$(pass show site/key) && export SITE_KEY && lvsgen secrets\n  lvsgen secrets --sign ~/.ssh/release --serial 8",
    )
    .action(async (file: string | undefined, options: SecretsOptions, command: Command) => {
      if ((options.sign === undefined) !== (options.serial === undefined))
        command.error("error: options '--sign <key>' and '--serial <number>' go together");
      const { secrets } = await import("./index.ts");
      finish(await secrets(file, options, terminal));
    });
};
