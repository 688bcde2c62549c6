/** What the options of the command line answer. */
import { type Answers, type NamedAddress, pathClash } from "./answers.ts";
import type { InitOptions } from "./options.ts";
import { namesIn, oneDirector, plainText, type Read, readHosts, readPort, readWords, value, wrong } from "./read.ts";

/** What the options of the command line answer already. */
export function fromOptions(options: InitOptions): Read<Partial<Answers>> {
  const { name, platform, interface: nic, vip, protocol, mode, scheduler, checkPath } = options;
  const answers: { -readonly [K in keyof Answers]?: Answers[K] } = given({
    name,
    platform,
    interface: nic,
    vip: vip === undefined ? vip : plainText(vip),
    protocol,
    mode,
    scheduler,
    checkPath,
  });
  const clash = pathClash(answers);
  if (clash !== null) return wrong(clash);
  const lists = [
    ["directors", "lvs", options.director, "lvs1=192.168.80.10/24"],
    ["realServers", "web", options.realserver, "web1=192.168.80.12/24"],
    ["clients", "pc", options.client, "pc=192.168.80.200/24"],
  ] as const;
  const textOf = (texts: readonly string[] = []): string => texts.map(plainText).join(" ");
  const names = lists.flatMap(([, , texts]) => namesIn(textOf(texts)));
  const all: NamedAddress[] = [];
  for (const [key, stem, texts, example] of lists) {
    if (texts === undefined) continue;
    const hosts = readHosts(textOf(texts), stem, all, names, example);
    if (hosts.kind === "wrong") return hosts;
    const [first, second] = hosts.value;
    if (key === "directors" && first !== undefined && second !== undefined)
      return wrong(`--director: ${oneDirector(`${first.name}=${first.cidr}`)}`);
    answers[key] = hosts.value;
    all.push(...hosts.value);
  }
  if (options.port !== undefined) {
    const port = readPort(plainText(options.port));
    if (port.kind === "wrong") return port;
    answers.port = port.value;
  }
  for (const [key, texts] of [["packages", options.package] as const, ["units", options.unit] as const]) {
    if (texts === undefined) continue;
    const words = readWords(textOf(texts));
    if (words.kind === "wrong") return words;
    answers[key] = words.value;
  }
  return value(answers);
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys that are undefined. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, one]) => one !== undefined)) as Given<T>;
}
