/**
 * What the commands take, by name. Every command's code is loaded when it runs, so that `build` pays neither
 * for the questions of `init` nor for the file watcher.
 */
import { Argument } from "commander";
import { buildCommand } from "./build/definition.ts";
import type { Add } from "./command.ts";
import type { Shell } from "./completion/index.ts";
import { defaultFilesText, oneDescription } from "./default-file.ts";
import { diffCommand } from "./diff/definition.ts";
import { graphCommand } from "./graph/definition.ts";
import { importCommand } from "./import/definition.ts";
import type { InitOptions } from "./init/options.ts";
import { rolloutCommand } from "./rollout/definition.ts";
import { secretsCommand } from "./secrets/definition.ts";
import { statusCommand } from "./status/definition.ts";
import type { ValidateOptions } from "./validate.ts";
import { verifyBundleCommand } from "./verify-bundle/definition.ts";

const shells: readonly Shell[] = ["bash", "zsh"];

const validate: Add = (program, terminal, finish) => {
  program
    .command("validate")
    .summary("check descriptions without building")
    .description("Checks descriptions and reports every error and warning at once.")
    .argument("[files...]", `descriptions, - for standard input (default: ${defaultFilesText})`)
    .option("--strict", "stop at warnings too, but for those that the description acknowledges")
    .option("--json", "print one JSON object for tools")
    .option("-q, --quiet", "print errors only")
    .addHelpText(
      "after",
      "\nExamples:\n  lvsgen validate\n  lvsgen validate clusters/*.json\n  lvsgen validate --json | jq .diagnostics",
    )
    .action(async (files: readonly string[], options: ValidateOptions) => {
      const command = await import("./validate.ts");
      finish(await command.validate(files, options, terminal));
    });
};

const packages: Add = (program, terminal, finish) => {
  program
    .command("packages")
    .summary("list the packages that the hosts need")
    .description(
      "Lists the packages that the hosts need. The bundle's fetch-packages.sh downloads them with all that they depend on.",
    )
    .argument("[file]", oneDescription)
    .option("--json", "print one JSON object for tools")
    .addHelpText("after", "\nExamples:\n  lvsgen packages\n  lvsgen packages --json | jq '.platforms[].packages[]'")
    .action(async (file: string | undefined, options: { readonly json?: true }) => {
      const command = await import("./packages.ts");
      finish(await command.packages(file, options, terminal));
    });
};

const explain: Add = (program, terminal, finish) => {
  program
    .command("explain")
    .summary("say what a finding means and how to fix it")
    .description("Says why a finding matters, what it looks like on the wire, and how to fix it.")
    .argument("[code]", "the code of the finding; without it, all codes are listed")
    .addHelpText("after", "\nExamples:\n  lvsgen explain\n  lvsgen explain VIP_IS_HOST_ADDRESS")
    .action(async (code: string | undefined) => {
      const command = await import("./explain.ts");
      finish(command.explain(code, terminal));
    });
};

const schema: Add = (program, terminal, finish) => {
  program
    .command("schema")
    .summary("print the JSON Schema of the description")
    .description("Prints the JSON Schema (draft 2020-12) of the description; editors complete and check from it.")
    .addHelpText(
      "after",
      '\nExample:\n  lvsgen schema > cluster.schema.json\n  and in cluster.json: "$schema": "./cluster.schema.json"',
    )
    .action(async () => {
      const command = await import("./schema.ts");
      finish(command.printSchema(terminal));
    });
};

const repeated = (value: string, former: readonly string[] | undefined): readonly string[] => [
  ...(former ?? []),
  value,
];

const init: Add = (program, terminal, finish) => {
  program
    .command("init")
    .summary("write a first description")
    .description(
      "Writes a commented description that builds, and the schema for editors beside it. Run in a terminal it asks for all that is not given, unless nothing that is needed is missing: Enter takes what is shown, < goes back, and after Ctrl-C a command is printed that goes on from there.",
    )
    .option("--name <name>", "name of the cluster, a DNS label")
    .option("--platform <platform>", "platform of the hosts, such as el7 or debian12")
    .option("--interface <nic>", "network interface of the hosts")
    .option("--director <name=cidr>", "the director, such as lvs1=192.168.80.10/24", repeated)
    .option("--vip <address>", "the virtual IP address of the service")
    .option("--protocol <protocol>", "tcp, udp or sctp")
    .option("--port <port>", "port of the service")
    .option("--mode <mode>", "forwarding method: dr, tun or nat")
    .option("--scheduler <scheduler>", "scheduler, such as rr or wlc")
    .option("--realserver <name=cidr>", "a real server; give it once for each", repeated)
    .option(
      "--check-path <path>",
      "makes the check HTTP, on any port of tcp: the path that it asks for, such as /health",
    )
    .option("--package <name>", "a package of the real servers; give it once for each, or none", repeated)
    .option("--unit <name>", "a unit that the real servers start; give it once for each, or none", repeated)
    .option("--client <name=cidr>", "a host that runs client-test.sh; give it once for each, or none", repeated)
    .option("--more-realservers", "ask for further real servers")
    .option("--more-clients", "ask for further test clients")
    .option("--ask", "ask for all that is not given, though nothing that is needed is missing")
    .option("-o, --output <file>", "file to write, YAML where it ends in .yaml; - for standard output", "cluster.json")
    .option("--force", "replace the file if it exists")
    .addHelpText(
      "after",
      `
Examples:
  lvsgen init
  lvsgen init -o cluster.yaml
  lvsgen init --name kgc --platform el7 --interface ens33 \\
    --director lvs1=192.168.80.10/24 --vip 192.168.80.188 --port 80 \\
    --realserver web1=192.168.80.12/24 --realserver web2=192.168.80.13/24`,
    )
    .action(async (options: InitOptions) => {
      const command = await import("./init/index.ts");
      finish(await command.init(options, terminal));
    });
};

const lint: Add = (program, terminal, finish) => {
  program
    .command("lint")
    .summary("run shellcheck over the scripts")
    .description(
      "Runs shellcheck over the generated scripts: the one on PATH, else the npm package beside lvsgen's own.",
    )
    .argument("[dir]", "the output directory of build", "out")
    .addHelpText("after", "\nExample:\n  lvsgen build && lvsgen lint")
    .action(async (directory: string) => {
      const command = await import("./lint.ts");
      finish(await command.lint(directory, terminal));
    });
};

const completion: Add = (program, terminal, finish) => {
  program
    .command("completion")
    .summary("print a completion script for a shell")
    .description("Prints a completion script for bash or zsh.")
    .addArgument(new Argument("<shell>").choices(shells))
    .addHelpText(
      "after",
      `
Examples:
  source <(lvsgen completion bash)           # this shell, or in ~/.bashrc
  lvsgen completion bash > /etc/bash_completion.d/lvsgen
  lvsgen completion zsh > "\${fpath[1]}/_lvsgen"`,
    )
    .action(async (shell: Shell) => {
      const command = await import("./completion/index.ts");
      finish(command.completion(shell, program, terminal));
    });
};

/** In the order in which help lists them. */
export const commands: ReadonlyMap<string, Add> = new Map(
  Object.entries({
    build: buildCommand,
    validate,
    "verify-bundle": verifyBundleCommand,
    rollout: rolloutCommand,
    status: statusCommand,
    diff: diffCommand,
    graph: graphCommand,
    packages,
    secrets: secretsCommand,
    explain,
    schema,
    init,
    import: importCommand,
    lint,
    completion,
  }),
);
