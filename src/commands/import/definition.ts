import type { Add } from "../command.ts";
import type { ImportCommandOptions } from "./options.ts";

const repeated = (value: string, former: readonly string[] | undefined): readonly string[] => [
  ...(former ?? []),
  value,
];

export const importCommand: Add = (program, terminal, finish) => {
  program
    .command("import")
    .summary("write a description of what is there already")
    .description(
      "Writes the description of what rules of ipvsadm-save, listings of ipvsadm -L -n, keepalived.conf, ldirectord.cf, scripts that call ipvsadm and a host's own files say. Every line of them is accounted for.",
    )
    .argument(
      "<files...>",
      "files, folders with a host's own files, - for standard input; what they are is seen by their content",
    )
    .option(
      "-o, --output <file>",
      "file to write, YAML where it ends in .yaml, - for standard output (default: cluster.json)",
    )
    .option("--force", "replace the file if it exists")
    .option(
      "--check",
      "write nothing: compare what the description builds with all that was read, from rules to exports; exit 1 when anything differs that is not on purpose, or when it does not build",
    )
    .option("--name <name>", "name of the cluster, a DNS label (default: imported)")
    .option("--platform <platform>", "platform of the hosts, such as el7 or debian12")
    .option("--interface <nic>", "network interface of the hosts")
    .option("--director <name=cidr>", "a director, such as lvs1=192.168.80.10/24", repeated)
    .option(
      "--realserver <name=cidr>",
      "a real server that is to be a host; give it once for each, or for several web[1-9]=…",
      repeated,
    )
    .option("--resolve <name=address>", "what a name in the files stands for; give it once for each", repeated)
    .option("--mark <mark=match>", "the traffic that gets a mark, such as 1=192.0.2.1:80/tcp", repeated)
    .option("--id <id>", "which @ lines of keepalived.conf hold, as keepalived -i")
    .option("--json", "print one JSON object for tools: every line of the inputs with what became of it")
    .option("-q, --quiet", "print errors only")
    .addHelpText(
      "after",
      `
Examples:
  ipvsadm-save -n | lvsgen import -
  lvsgen import keepalived.conf --director lvs1=192.168.80.10/24 --platform el9
  lvsgen import rules.txt --check
  lvsgen import collected/lvs* --check --json | jq .comparison.differences
  lvsgen import collected/lvs1 collected/web1 -o cluster.yaml`,
    )
    .action(async (files: readonly string[], options: ImportCommandOptions) => {
      const command = await import("./index.ts");
      finish(await command.importFiles(files, options, terminal));
    });
};
