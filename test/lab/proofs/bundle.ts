/** What `lvsgen build` writes for a description: the only thing that the proofs run on hosts. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "jsonc-parser";
import { must } from "../command.ts";
import { sources } from "../places.ts";

const repository = join(sources, "../..");

/** The part of a description that proofs vary. */
export interface Description {
  hosts: Record<string, { address: string; address6?: string; gateway?: string; [key: string]: unknown }>;
  services: {
    name: string;
    scheduler?: string;
    realservers: { host: string; weight?: number; mode?: string }[];
    [key: string]: unknown;
  }[];
  [key: string]: unknown;
}

const scripts = ["director.sh", "realserver.sh", "nfs.sh", "client-test.sh"] as const;
export type Script = (typeof scripts)[number];

/** One line of `RUNBOOK.md`: a script and the host to run it on. */
export interface Step {
  readonly host: string;
  readonly script: Script;
}

export interface Bundle {
  readonly directory: string;
  readonly description: Description;
  /** In the order of `RUNBOOK.md`. */
  readonly steps: readonly Step[];
}

/** The description of the procedure's cluster. */
export async function procedure(): Promise<Description> {
  return parse(await readFile(join(repository, "examples/kgc-debian12.json"), "utf8"), [], {
    allowTrailingComma: true,
  }) as Description;
}

/** Compiles a description into `directory`; with a former bundle, its runbook is that of the change from there. */
export async function build(description: Description, directory: string, since?: string): Promise<Bundle> {
  const [input, out] = [join(directory, "cluster.json"), join(directory, "out")];
  await mkdir(directory, { recursive: true });
  await writeFile(input, JSON.stringify(description, null, 2));
  await must(process.execPath, [
    await program(),
    "build",
    input,
    "-o",
    out,
    ...(since === undefined ? [] : ["--since", since]),
  ]);
  const runbook = await readFile(join(out, "RUNBOOK.md"), "utf8");
  return { directory: out, description, steps: stepsOf(runbook) };
}

/** The command `lvsgen` of this checkout, as `npm run build` makes it. */
export async function program(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(repository, "package.json"), "utf8")) as { bin: { lvsgen: string } };
  return join(repository, manifest.bin.lvsgen);
}

/** Reads the runbook as its reader does, in either language: a heading names the script, the lines to tick under it the hosts. */
export function stepsOf(runbook: string): Step[] {
  const [, order = ""] = runbook.split(/\n## (?:The first installation|首次安装)\n/);
  const [chapter = ""] = order.split("\n## ");
  return chapter.split("\n### ").flatMap((section) => {
    const script = scripts.find((name) => section.split("\n")[0]?.includes(`\`${name}\``));
    if (script === undefined) return [];
    return [...section.matchAll(/^- \[ \] ([^\s（]+)(?: \(|（)/gm)].map(([, host = ""]) => ({ host, script }));
  });
}

/** The text of a file as the bundle says that it will stand on the host. */
export function artifact(bundle: Bundle, host: string, path: string): Promise<string> {
  return readFile(join(bundle.directory, "files", host, path), "utf8");
}
