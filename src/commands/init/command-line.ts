/** The command that goes on where the questions were left. */
import type { LanguageName } from "../../language/index.ts";
import type { Answers, ListKey, NamedAddress } from "./answers.ts";
import type { InitOptions } from "./options.ts";
import { none } from "./read.ts";

/** Columns of a line; what is longer alone stays whole. */
const limit = 58;

/** What is answered by no question. */
export interface Around extends Pick<InitOptions, "output" | "force"> {
  /** Left out: the one that the environment asks for. */
  readonly language?: LanguageName;
}

/**
 * `lvsgen init` with all that was answered as options, broken where the shell lets it be.
 *
 * @param open lists of hosts that were not ended
 */
export function commandLine(
  answers: Partial<Answers>,
  { output, force, language }: Around,
  open: readonly ListKey[] = [],
): string {
  const lines = ["lvsgen init --ask"];
  for (const words of [
    ...optionsOf(answers, open),
    ...fileOptions(output, force),
    ...(language === undefined ? [] : [["--language", language]]),
  ]) {
    const text = words.map(shellWord).join(" ");
    const last = lines.at(-1) ?? "";
    if (`${last} ${text} \\`.length <= limit) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(`  ${text}`);
  }
  return lines.join(" \\\n");
}

function optionsOf(answers: Partial<Answers>, open: readonly ListKey[]): string[][] {
  const one = (option: string, text: string | number | null = null): string[][] =>
    text === null ? [] : [[option, String(text)]];
  const each = (option: string, words: readonly string[] | undefined): string[][] =>
    (words?.length === 0 ? [none] : (words ?? [])).map((word) => [option, word]);
  const hosts = (option: string, list: readonly NamedAddress[] | undefined): string[][] =>
    each(
      option,
      list?.map(({ name, cidr }) => `${name}=${cidr}`),
    );
  const more = (option: string, key: ListKey): string[][] => (open.includes(key) ? [[option]] : []);
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
    ...more("--more-realservers", "realServers"),
    ...one("--check-path", answers.checkPath),
    ...each("--package", answers.packages),
    ...each("--unit", answers.units),
    ...hosts("--client", answers.clients),
    ...more("--more-clients", "clients"),
  ];
}

function fileOptions(output: string, force: true | undefined): string[][] {
  return [...(output === "cluster.json" ? [] : [["-o", output]]), ...(force === true ? [["--force"]] : [])];
}

/** One word for any POSIX shell. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_.,:=/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
