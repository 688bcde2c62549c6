import type { Add } from "../command.ts";
import { serialOption } from "../serial.ts";
import type { VerifyOptions } from "./options.ts";

export const verifyBundleCommand: Add = (program, terminal, finish) => {
  program
    .command("verify-bundle")
    .summary("prove who made a bundle, and that it is whole")
    .description(
      "Proves a directory that build made: its signature, its serial, the sum of every file, that its scripts carry the runtime of a release of lvsgen, and that the description gives the same bytes again. Ends with 1 where something is false, and with 2 where something could not be checked.",
    )
    .argument("<dir>", "the directory")
    .option("--allowed-signers <file>", "who may sign: a file of allowed signers as ssh-keygen has them")
    .option("--least-serial <number>", "the lowest serial that is not an old bundle's", serialOption)
    .option("--description <file>", "the description that it was built from (default: the one beside the directory)")
    .option("--json", "print one JSON object for tools")
    .addHelpText(
      "after",
      `
Examples:
  lvsgen verify-bundle out
  lvsgen verify-bundle out --allowed-signers signers --least-serial 8
  lvsgen verify-bundle out --description cluster.yaml --json | jq .proofs`,
    )
    .action(async (directory: string, options: VerifyOptions) => {
      const { verifyBundle } = await import("./index.ts");
      finish(await verifyBundle(directory, options, terminal));
    });
};
