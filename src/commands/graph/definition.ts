import { Option } from "commander";
import type { GraphFormat } from "../../graph/index.ts";
import type { Add } from "../command.ts";
import { defaultFilesText } from "../default-file.ts";
import type { GraphOptions } from "./options.ts";

const formats: readonly GraphFormat[] = ["svg", "mermaid", "dot"];

export const graphCommand: Add = (program, terminal, finish) => {
  program
    .command("graph")
    .summary("draw the cluster")
    .description(
      "Draws the cluster: networks, hosts, virtual addresses, services, and the way of a packet there and back. Prints it, or writes it to a file.",
    )
    .argument("[file]", `the description (JSONC or YAML), - for standard input (default: ${defaultFilesText})`)
    .addOption(
      new Option(
        "--format <format>",
        "svg for people, mermaid for Markdown, dot for Graphviz (default: by the end of the output file, else svg)",
      ).choices(formats),
    )
    .option("-o, --output <file>", "file to write, - for standard output", "-")
    .option("--force", "replace the file if it exists")
    .addHelpText(
      "after",
      `
Examples:
  lvsgen graph > topology.svg
  lvsgen graph examples/nat.json -o nat.svg
  lvsgen graph --format mermaid
  lvsgen graph --format dot | dot -Tpdf > topology.pdf`,
    )
    .action(async (file: string | undefined, options: GraphOptions) => {
      const command = await import("./index.ts");
      finish(await command.graph(file, options, terminal));
    });
};
