/** The command line of ipvsadm(8) 1.24 to 1.31, as popt reads it: clusters, `-w1`, `--weight=1`, an argument that may be missing. */
import type { Word } from "../word.ts";

export type Command =
  | "add-service"
  | "edit-service"
  | "delete-service"
  | "clear"
  | "list"
  | "add-server"
  | "edit-server"
  | "delete-server"
  | "zero"
  | "restore"
  | "save"
  | "set"
  | "start-daemon"
  | "stop-daemon"
  | "help";

type Argument = "none" | "word" | "maybe";

interface Known {
  readonly name: string;
  readonly short?: string;
  readonly argument: Argument;
  readonly command?: Command;
}

const known: readonly Known[] = [
  { name: "add-service", short: "A", argument: "none", command: "add-service" },
  { name: "edit-service", short: "E", argument: "none", command: "edit-service" },
  { name: "delete-service", short: "D", argument: "none", command: "delete-service" },
  { name: "clear", short: "C", argument: "none", command: "clear" },
  { name: "list", short: "L", argument: "none", command: "list" },
  { name: "list", short: "l", argument: "none", command: "list" },
  { name: "add-server", short: "a", argument: "none", command: "add-server" },
  { name: "edit-server", short: "e", argument: "none", command: "edit-server" },
  { name: "delete-server", short: "d", argument: "none", command: "delete-server" },
  { name: "zero", short: "Z", argument: "none", command: "zero" },
  { name: "restore", short: "R", argument: "none", command: "restore" },
  { name: "save", short: "S", argument: "none", command: "save" },
  { name: "set", argument: "none", command: "set" },
  { name: "start-daemon", argument: "word", command: "start-daemon" },
  { name: "stop-daemon", argument: "word", command: "stop-daemon" },
  { name: "help", short: "h", argument: "none", command: "help" },
  { name: "tcp-service", short: "t", argument: "word" },
  { name: "udp-service", short: "u", argument: "word" },
  { name: "sctp-service", argument: "word" },
  { name: "fwmark-service", short: "f", argument: "word" },
  { name: "ipv6", short: "6", argument: "none" },
  { name: "scheduler", short: "s", argument: "word" },
  { name: "pe", argument: "word" },
  { name: "persistent", short: "p", argument: "maybe" },
  { name: "netmask", short: "M", argument: "word" },
  { name: "real-server", short: "r", argument: "word" },
  { name: "gatewaying", short: "g", argument: "none" },
  { name: "ipip", short: "i", argument: "none" },
  { name: "masquerading", short: "m", argument: "none" },
  { name: "weight", short: "w", argument: "word" },
  { name: "u-threshold", short: "x", argument: "word" },
  { name: "l-threshold", short: "y", argument: "word" },
  { name: "ops", short: "o", argument: "none" },
  { name: "sched-flags", short: "b", argument: "word" },
  { name: "tun-type", argument: "word" },
  { name: "tun-port", argument: "word" },
  { name: "tun-nocsum", argument: "none" },
  { name: "tun-csum", argument: "none" },
  { name: "tun-remcsum", argument: "none" },
  { name: "numeric", short: "n", argument: "none" },
  { name: "connection", short: "c", argument: "none" },
  ...["mcast-interface", "syncid", "sync-maxlen", "mcast-group", "mcast-port", "mcast-ttl"].map(
    (name): Known => ({ name, argument: "word" }),
  ),
  ...["timeout", "daemon", "stats", "rate", "exact", "thresholds", "persistent-conn", "sort", "nosort"].map(
    (name): Known => ({ name, argument: "none" }),
  ),
];

/** What a line is about: one of them. */
const subjects = ["tcp-service", "udp-service", "sctp-service", "fwmark-service"];

const byName = new Map(known.map((one) => [one.name, one]));
const byLetter = new Map(known.flatMap((one) => (one.short === undefined ? [] : [[one.short, one] as const])));

export interface CommandLine {
  readonly command: { readonly name: Command; readonly word: Word } | null;
  /** The argument of each option; the option itself where it takes none. */
  readonly options: ReadonlyMap<string, Word>;
  /** What belongs to no option. */
  readonly rest: readonly Word[];
  /** What ipvsadm does not know, or knows and finds nothing behind. */
  readonly wrong: { readonly word: Word; readonly reason: string } | null;
}

export function parseCommandLine(words: readonly Word[]): CommandLine {
  const options = new Map<string, Word>();
  const rest: Word[] = [];
  let command: CommandLine["command"] = null;
  let wrong: CommandLine["wrong"] = null;
  let index = 0;

  const put = (name: string, argument: Word, word: Word): void => {
    if (options.has(name)) wrong ??= { word, reason: `${word.text} stands twice on the line` };
    else if (subjects.includes(name) && subjects.some((one) => options.has(one)))
      wrong ??= { word, reason: "a second service on the line" };
    options.set(name, argument);
  };

  const take = (option: Known, word: Word, attached: string | null): void => {
    if (option.command !== undefined) {
      if (command !== null) wrong ??= { word, reason: "a second command on the line" };
      command ??= { name: option.command, word };
      if (option.argument === "none") return;
    }
    if (option.argument === "none") {
      put(option.name, word, word);
      return;
    }
    const next = words[index];
    const isThere = next !== undefined && !/^-./.test(next.text);
    if (attached !== null && attached !== "") put(option.name, { ...word, text: attached }, word);
    else if (isThere && (option.argument === "word" || /^[0-9]+$/.test(next.text))) {
      put(option.name, next, word);
      index++;
    } else if (option.argument === "maybe") put(option.name, { ...word, text: "" }, word);
    else wrong ??= { word, reason: `${word.text} has nothing behind it` };
  };

  while (index < words.length) {
    const word = words[index] as Word;
    index++;
    const { text } = word;
    if (!/^-./.test(text)) rest.push(word);
    else if (text.startsWith("--")) {
      const equals = text.indexOf("=");
      const option = byName.get(text.slice(2, equals < 0 ? undefined : equals));
      if (option === undefined) wrong ??= { word, reason: `ipvsadm has no option ${text.slice(0, 40)}` };
      else take(option, word, equals < 0 ? null : text.slice(equals + 1));
    } else {
      for (let at = 1; at < text.length; at++) {
        const option = byLetter.get(text.charAt(at));
        if (option === undefined) {
          wrong ??= { word, reason: `ipvsadm has no option -${text.charAt(at)}` };
          break;
        }
        const attached = text.slice(at + 1);
        const takesRest = option.argument !== "none" && (option.argument === "word" || /^[0-9]*$/.test(attached));
        take(option, word, takesRest ? attached : null);
        if (takesRest) break;
      }
    }
  }
  const [more] = rest;
  const name = (command as CommandLine["command"])?.name;
  if (more !== undefined && name !== "set" && name !== undefined)
    wrong ??= { word: more, reason: "a word that belongs to no option" };
  return { command, options, rest, wrong };
}
