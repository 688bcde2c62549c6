/** The lines of a shell script, or of a tutorial, that call ipvsadm; and what else of it says something of the cluster. */
import { ipvsTable } from "../ipvsadm/table.ts";
import { lineOf, type Place } from "../place.ts";
import { type Input, linesOf, type Reading } from "../reading.ts";
import { serviceTable } from "../services.ts";
import { plainWords, type Word } from "../word.ts";
import { otherCommand } from "./host-commands.ts";
import { expand, splitCommands } from "./lines.ts";

/** A loop whose words are known runs so many lines at most. */
const mostRuns = 100_000;

interface Loop {
  readonly variable: string;
  readonly values: readonly string[];
  readonly commands: { readonly words: readonly Word[]; readonly place: Place }[];
}

const keywords =
  /^(?:if|then|else|elif|fi|while|until|case|esac|do|done|function|\{|\}|\(|\)|return|exit|break|continue|shift|local|export|set|\[|\[\[|test|true|false|:|echo|printf|sleep|cd|source|\.|start\)|stop\)|\*\)|;;)$/;

export function readScript(input: Input, reading: Reading): void {
  const { file, text } = input;
  const { ledger } = reading;
  const lines = linesOf(text);
  ledger.open({ file, kind: "shell", lines });
  const services = serviceTable(reading.facts.services);
  const table = ipvsTable(reading, services);
  const variables = new Map<string, string>();
  let loop: Loop | null = null;
  let runs = 0;
  let stopping = false;
  const isScript = lines[0]?.startsWith("#!") === true;

  const ipvsadm = (words: readonly Word[], place: Place): void => {
    const expanded: Word[] = [];
    for (const word of words) {
      const value = expand(word.text, variables);
      if (value === null) {
        ledger.missed(
          place,
          `"${word.text}" is known only when the script runs`,
          "write its value, or the line as ipvsadm gets it",
        );
        return;
      }
      // A variable may hold several words where it stands without quotes.
      for (const one of /\s/.test(value) ? value.split(/\s+/).filter((part) => part !== "") : [value])
        expanded.push({ ...word, text: one });
    }
    const redirection = expanded.findIndex(({ text }) => /^(?:[0-9]*[<>]|&>)/.test(text));
    table.run(redirection < 0 ? expanded : expanded.slice(0, redirection), place);
  };

  const command = (words: readonly Word[], place: Place): void => {
    const [first, ...rest] = withoutPrefix(words);
    if (first === undefined) {
      ledger.ignored(place, "it sets a variable, or begins a part of the script");
      return;
    }
    const name = expand(first.text, variables) ?? first.text;
    if (isIpvsadm(name)) {
      ipvsadm(rest, place);
      return;
    }
    otherCommand(
      name,
      rest.map((word) => ({ ...word, text: expand(word.text, variables) ?? word.text })),
      place,
      reading,
    );
  };

  const assign = (words: readonly Word[], place: Place): boolean => {
    const assignments = words
      .filter(({ text }) => !/^(?:export|local|readonly|declare)$/.test(text))
      .map(({ text }) => /^(\w+)=([\s\S]*)$/.exec(text));
    if (assignments.length === 0 || assignments.some((one) => one === null)) return false;
    for (const one of assignments) {
      const value = expand(one?.[2] ?? "", variables);
      if (value === null) variables.delete(one?.[1] ?? "");
      else variables.set(one?.[1] ?? "", value);
    }
    ledger.taken(place);
    return true;
  };

  const end = (place: Place): void => {
    if (loop === null) return;
    const { variable, values, commands } = loop;
    loop = null;
    ledger.taken(place);
    for (const value of values) {
      variables.set(variable, value);
      for (const one of commands) {
        runs++;
        if (runs > mostRuns) {
          ledger.missed(place, "the loops of this script run too long", "give what ipvsadm-save -n prints");
          return;
        }
        if (!assign(one.words, one.place)) command(one.words, one.place);
      }
    }
  };

  const handle = (all: readonly Word[], place: Place): void => {
    let words = all;
    if (words[0]?.text === "done") {
      loop === null ? ledger.ignored(place, "the end of a loop") : end(place);
      return;
    }
    if (words[0]?.text === "do") words = words.slice(1);
    if (words[0]?.text === "for" && words[2]?.text === "in") {
      const values = words.slice(3).map((word) => expand(word.text, variables));
      const isKnown = values.every((value) => value !== null);
      const isNested = loop !== null;
      if (isKnown && !isNested) {
        ledger.taken(place);
        loop = {
          variable: words[1]?.text ?? "",
          values: values.flatMap((value) => (value ?? "").split(/\s+/)).filter((value) => value !== ""),
          commands: [],
        };
        return;
      }
      ledger.missed(
        place,
        isNested ? "a loop within a loop" : "a loop over what is known only when the script runs",
        "give what ipvsadm-save -n prints",
      );
      return;
    }
    if (words.length === 0) return;
    if (loop !== null) loop.commands.push({ words, place });
    else if (!assign(words, place)) command(words, place);
  };

  for (let index = 0; index < lines.length; index++) {
    const first = index;
    let logical = lines[index] ?? "";
    while (/(?:^|[^\\])(?:\\\\)*\\$/.test(logical) && index + 1 < lines.length) {
      index++;
      logical = `${logical.slice(0, -1)}${lines[index]}`;
      ledger.ignored(lineOf(file, index + 1), `it belongs to line ${first + 1}`);
    }
    const place = lineOf(file, first + 1);
    // Arguments of other programs may be an account, on whichever line they stand.
    if (!/ipvsadm|\b(?:ip|ifconfig|ip6?tables|sysctl)\b/i.test(logical))
      for (let line = first + 1; line <= index; line++) ledger.hide(lineOf(file, line + 1));
    stopping = begins(logical, stopping);
    if (stopping) {
      ledger.ignored(place, "what the script does to stop");
      if (/;;|^\s*\}/.test(logical)) stopping = false;
      continue;
    }
    const prompt = isScript
      ? null
      : /^\s*(?:\[[^\]\n]{0,80}\]\s?[#$]|[\w.-]{1,40}@[\w.-]{1,40}:\S{0,80}[#$]|\$)\s+/.exec(logical);
    const commands = splitCommands(prompt === null ? logical : logical.slice(prompt[0].length), file, first + 1);
    const here = /<<-?\s*["']?(\w+)["']?/.exec(logical);
    const heads = commands.map((words) => withoutPrefix(words)[0]?.text ?? "");
    if (here !== null) {
      const isRestore = heads.some((name) => isIpvsadm(name) || /ipvsadm-restore$/.test(name));
      for (index++; index < lines.length && lines[index]?.trim() !== here[1]; index++) {
        const inner = lineOf(file, index + 1);
        if (isRestore) ipvsadm(plainWords(lines[index] ?? "", file, index + 1), inner);
        else {
          ledger.hide(inner);
          ledger.ignored(inner, "what another command reads");
        }
      }
      ledger.ignored(lineOf(file, index + 1), "the end of what a command reads");
      if (isRestore) {
        ledger.taken(place);
        continue;
      }
    }
    if (commands.length === 0 && !/^\s*(?:#|$)/.test(logical)) ledger.ignored(place, "the shell's own words");
    for (const words of commands) handle(words, place);
  }
  services.finish();
}

/** Whether a line is in the part of an init script that takes the table away, where it is not run. */
function begins(line: string, isStopping: boolean): boolean {
  if (/^\s*["']?(?:stop|down|clear|flush)["']?\)/.test(line)) return true;
  if (/^\s*(?:function\s+)?\w*(?:stop|down|clear|flush)\w*\s*\(\)/i.test(line)) return true;
  return isStopping;
}

function isIpvsadm(name: string): boolean {
  return /^(?:\S*\/)?ipvsadm$/.test(name) || /^\$\{?IPVSADM\}?$/i.test(name);
}

/** Without `sudo`, and without the words of the shell that may stand before a command. */
function withoutPrefix(words: readonly Word[]): readonly Word[] {
  let from = 0;
  while (
    from < words.length &&
    (/^(?:sudo|exec|command|nohup|time|!)$/.test(words[from]?.text ?? "") || keywords.test(words[from]?.text ?? ""))
  )
    from++;
  return words.slice(from);
}
