/** The lines of a shell script, or of a tutorial, that call ipvsadm; and what else of it says something of the cluster. */
import { ipvsTable } from "../ipvsadm/table.ts";
import { lineOf, type Place } from "../place.ts";
import { type Input, linesOf, type Reading } from "../reading.ts";
import { serviceTable } from "../services.ts";
import { plainWords, type Word } from "../word.ts";
import { changesTable } from "./calls.ts";
import { otherCommand } from "./host-commands.ts";
import { expand, hereDocument, logicalLine, splitCommands } from "./lines.ts";
import { isIpvsadm, withoutPrefix } from "./prefix.ts";
import { stopParts } from "./stop-parts.ts";

/** A loop whose words are known runs so many lines at most. */
const mostRuns = 100_000;

interface Loop {
  readonly variable: string;
  readonly values: readonly string[];
  readonly commands: { readonly words: readonly Word[]; readonly place: Place }[];
  /** Loops within it that have not ended. */
  inner: number;
}

export function readScript(input: Input, reading: Reading): void {
  const { file, text } = input;
  const { ledger } = reading;
  const lines = linesOf(text);
  ledger.open({ file, kind: "shell", lines });
  const services = serviceTable(reading.facts.services);
  const table = ipvsTable(reading, services, true);
  const variables = new Map<string, string>();
  let loop: Loop | null = null;
  let runs = 0;
  const isStopping = stopParts();
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
    if (expanded.some(({ text }) => /^(?:-R|--restore)$/.test(text))) {
      ledger.missed(place, fromElsewhere.reason, fromElsewhere.remedy);
      return;
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
    const texts = words.map((word) => expand(word.text, variables) ?? word.text);
    if (texts.some((text) => /(?:^|\/)ipvsadm-restore$/.test(text))) {
      ledger.missed(place, fromElsewhere.reason, fromElsewhere.remedy);
      return;
    }
    if (changesTable(texts)) {
      ledger.missed(place, "a call of ipvsadm by way of another command", "write the line as ipvsadm gets it");
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
      if (loop !== null && loop.inner > 0) {
        loop.inner--;
        ledger.ignored(place, "the end of a loop");
      } else loop === null ? ledger.ignored(place, "the end of a loop") : end(place);
      return;
    }
    while (/^(?:do|then|else|\{)$/.test(words[0]?.text ?? "")) words = words.slice(1);
    if (loop !== null && /^(?:for|while|until|select)$/.test(words[0]?.text ?? "")) loop.inner++;
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
          inner: 0,
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
    const { text: logical, last } = logicalLine(lines, first);
    const place = lineOf(file, first + 1);
    for (index = last; index > first; index--)
      ledger.ignored(lineOf(file, index + 1), `it belongs to line ${first + 1}`);
    index = last;
    // Arguments of other programs may be an account, on whichever line they stand.
    const isOurs = /ipvsadm|\b(?:ip|ifconfig|ip6?tables|sysctl)\b/i.test(logical);
    if (!isOurs) for (let line = first + 1; line <= last; line++) ledger.hide(lineOf(file, line + 1));
    if (isStopping(logical)) {
      if (/ipvsadm\S*\s(?:.*\s)?(?:-[AaEe]|--(?:add|edit)-(?:service|server))(?=\s|$)/.test(logical))
        ledger.missed(place, "it adds to the table where the script seems to stop", "see whether the table has it");
      else {
        if (!isOurs && /[^\s;})]/.test(logical.replace(/^[^)]*\)/, ""))) ledger.hide(place);
        ledger.ignored(place, "what the script does to stop");
      }
      continue;
    }
    const prompt = isScript
      ? null
      : /^\s*(?:\[[^\]\n]{0,80}\]\s?[#$]|[\w.-]{1,40}@[\w.-]{1,40}:\S{0,80}[#$]|\$)\s+/.exec(logical);
    const commands = splitCommands(prompt === null ? logical : logical.slice(prompt[0].length), file, first + 1);
    const end = hereDocument(logical);
    const heads = commands.map((words) => withoutPrefix(words)[0]?.text ?? "");
    if (end !== null) {
      const isRestore = heads.some((name) => isIpvsadm(name) || /ipvsadm-restore$/.test(name));
      for (index++; index < lines.length && lines[index]?.trim() !== end; index++) {
        const inner = lineOf(file, index + 1);
        const text = lines[index] ?? "";
        if (isRestore) ipvsadm(plainWords(text, file, index + 1), inner);
        else if (changesTable(text.split(/\s+/)))
          ledger.missed(inner, "a call of ipvsadm that another command reads", "write it as a line of its own");
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

const fromElsewhere = {
  reason: "rules that ipvsadm-restore reads from elsewhere",
  remedy: "import the file that they stand in, or what ipvsadm-save -n prints",
};
