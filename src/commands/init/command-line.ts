/** The command that goes on where the questions were left. */
import type { Answers, NamedAddress } from "./answers.ts";
import type { InitOptions } from "./options.ts";

/** Columns of a line; what is longer alone stays whole. */
const limit = 58;

/** `lvsgen init` with all that was answered as options, broken where the shell lets it be. */
export function commandLine(
  answers: Partial<Answers>,
  { output, force }: Pick<InitOptions, "output" | "force">,
): string {
  const lines = ["lvsgen init --ask"];
  for (const words of [...optionsOf(answers), ...fileOptions(output, force)]) {
    const text = words.map(shellWord).join(" ");
    const last = lines.at(-1) ?? "";
    if (`${last} ${text} \\`.length <= limit) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(`  ${text}`);
  }
  return lines.join(" \\\n");
}

function optionsOf(answers: Partial<Answers>): string[][] {
  const one = (option: string, text: string | number | null = null): string[][] =>
    text === null ? [] : [[option, String(text)]];
  const each = (option: string, words: readonly string[] = []): string[][] => words.map((word) => [option, word]);
  const hosts = (option: string, list: readonly NamedAddress[] = []): string[][] =>
    list.map(({ name, cidr }) => [option, `${name}=${cidr}`]);
  return [
    ...one("--name", answers.name),
    ...one("--platform", answers.platform),
    ...one("--interface", answers.interface),
    ...hosts("--director", answers.directors),
    ...one("--vip", answers.vip),
    ...one("--protocol", answers.protocol),
    ...one("--port", answers.port),
    ...one("--mode", answers.mode),
    ...one("--scheduler", answers.scheduler),
    ...hosts("--realserver", answers.realServers),
    ...one("--check-path", answers.checkPath),
    ...each("--package", answers.packages),
    ...each("--unit", answers.units),
    ...hosts("--client", answers.clients),
  ];
}

function fileOptions(output: string, force: true | undefined): string[][] {
  return [...(output === "cluster.json" ? [] : [["-o", output]]), ...(force === true ? [["--force"]] : [])];
}

/** One word for any POSIX shell. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_.,:=/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
