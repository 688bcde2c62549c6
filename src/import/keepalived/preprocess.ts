/**
 * What keepalived's parser does before it knows a single keyword: includes, `@` conditions, `$` parameters, sequences. All of
 * it in bounds, since a parameter may stand for two of itself.
 */
import { lineOf, type Place, placeText } from "../place.ts";
import { type Input, linesOf, type Reading } from "../reading.ts";
import { deepestInclude, longestLine, mostCharacters, mostIncludes, mostLines, mostSubstitutions } from "./bounds.ts";
import { conditional } from "./conditions.ts";
import {
  type Definition,
  definitionOf,
  firstParameter,
  includePattern,
  type SourceLine,
  withoutComment,
} from "./lines.ts";
import { isSequence, readSequence } from "./sequences.ts";

export function preprocess(input: Input, reading: Reading): SourceLine[] {
  const { ledger, id, files } = reading;
  const produced: SourceLine[] = [];
  const definitions = new Map<string, Definition>();
  let made = 0;
  let characters = 0;
  let isFull = false;
  let included = 0;
  let open: { readonly name: string; readonly definition: Definition } | null = null;
  const missed = (place: Place, reason: string, remedy: string): void => ledger.missed(place, reason, remedy);

  /** Lines that still have to go through the parser, the next one last. */
  const work = (first: SourceLine): void => {
    const stack: { readonly line: SourceLine; readonly rounds: number }[] = [{ line: first, rounds: 0 }];
    // Counted when it is made, not when its turn comes: what waits takes room as well.
    const push = (line: SourceLine, rounds: number): void => {
      if (isFull) return;
      made++;
      characters += line.text.length;
      isFull = made > mostLines || characters > mostCharacters;
      if (isFull)
        missed(line.place, "what the parameters and sequences make of this is too long", "write it out, in parts");
      else stack.push({ line, rounds });
    };
    for (let next = stack.pop(); next !== undefined && !isFull; next = stack.pop()) {
      const { rounds } = next;
      let { line } = next;
      if (line.text.startsWith("@")) {
        const rest = conditional(line, id, ledger);
        if (rest === null) continue;
        line = { ...line, text: rest };
      }
      if (open !== null) {
        continueDefinition(line);
        continue;
      }
      if (define(line)) continue;
      if (rounds > mostSubstitutions || line.text.length > longestLine) {
        missed(line.place, "its parameters stand for themselves", "write out what they stand for");
        continue;
      }
      if (isSequence(line.text)) {
        const sequence = readSequence(withNumbers(line.text));
        if (sequence === null) {
          missed(line.place, "a sequence that cannot be read", "write out its lines");
          continue;
        }
        ledger.taken(line.place);
        for (const values of [...sequence.rounds].reverse()) {
          if (isFull) break;
          let { rest } = sequence;
          for (const [name, value] of values)
            rest = rest.replaceAll(new RegExp(`\\$(?:\\{${name}\\}|${name}(?![\\w]))`, "g"), () => value);
          push({ text: rest, place: via(line.place, "a sequence") }, rounds + 1);
        }
        continue;
      }
      const parameter = firstParameter(line.text, isKnown);
      if (parameter === null) {
        produced.push(line);
        continue;
      }
      const before = line.text.slice(0, parameter.start);
      const after = line.text.slice(parameter.end);
      const values = linesFor(parameter.name, line.place);
      const [one] = values;
      if (values.length < 2) {
        const text = withoutComment(`${before}${one?.text ?? ""}${after}`).text;
        // Where the words stand is no longer what the line shows.
        if (text !== "") push({ text, place: { ...line.place, column: 1, length: 0 } }, rounds + 1);
        else ledger.taken(line.place);
        continue;
      }
      ledger.taken(line.place);
      const lines = values.map((value, index) => ({
        text: `${index === 0 ? before : ""}${value.text}${index === values.length - 1 ? after : ""}`,
        place: via(value.place, `$${parameter.name} at ${placeText(line.place)}`),
      }));
      for (const value of lines.reverse()) if (value.text.trim() !== "") push(value, rounds + 1);
    }
  };

  const isKnown = (name: string): boolean =>
    definitions.has(name) || name === "_PWD" || name === "_INSTANCE" || name === "_HASH" || name === "_BANG";

  const linesFor = (name: string, place: Place): readonly SourceLine[] => {
    const definition = definitions.get(name);
    if (definition !== undefined) {
      definition.isUsed = true;
      return definition.lines;
    }
    const slash = place.file.lastIndexOf("/");
    const text =
      { _PWD: slash < 0 ? "." : place.file.slice(0, slash), _INSTANCE: id ?? "", _HASH: "\\#", _BANG: "\\!" }[name] ??
      "";
    return [{ text, place }];
  };

  /** Numbers of a sequence may be parameters themselves. */
  const withNumbers = (text: string): string => {
    const end = text.indexOf(")") + 1;
    let head = text.slice(0, end);
    for (let round = 0; round < 8; round++) {
      const parameter = firstParameter(head.replace(/,/g, ", ").replace(/\)/g, " )"), isKnown);
      if (parameter === null) break;
      const spaced = head.replace(/,/g, ", ").replace(/\)/g, " )");
      head = `${spaced.slice(0, parameter.start)}${linesFor(parameter.name, lineOf(input.file, 1))[0]?.text ?? ""}${spaced.slice(parameter.end)}`;
    }
    return head + text.slice(end);
  };

  const define = (line: SourceLine): boolean => {
    const found = definitionOf(line.text);
    if (found === null) return false;
    const lines = found.value === "" && found.goesOn ? [] : [{ text: found.value, place: line.place }];
    const definition: Definition = { lines, place: line.place, isUsed: false };
    definitions.set(found.name, definition);
    ledger.taken(line.place);
    if (found.goesOn) open = { name: found.name, definition };
    return true;
  };

  const continueDefinition = (line: SourceLine): void => {
    const goesOn = line.text.endsWith("\\");
    const text = goesOn ? line.text.slice(0, -1).trimEnd() : line.text;
    // The value of a parameter may be a password, on whichever line it stands.
    ledger.hide(line.place);
    if (text !== "") open?.definition.lines.push({ text, place: line.place });
    ledger.taken(line.place);
    if (!goesOn) open = null;
  };

  const readFile = (file: string, text: string, depth: number, above: readonly string[]): void => {
    const lines = linesOf(text);
    ledger.open({ file, kind: "keepalived", lines });
    lines.forEach((raw, index) => {
      const place = lineOf(file, index + 1);
      if (raw.includes("\0")) {
        missed(place, "a line with a NUL in it, which keepalived leaves out", "see what was meant");
        return;
      }
      if (raw.trim() === "") {
        open = null;
        return;
      }
      const { text: line, hasOpenQuote } = withoutComment(raw);
      if (line === "") return;
      if (hasOpenQuote) missed(place, "a quote that does not end on its line", "end it");
      const pattern = includePattern(line);
      if (pattern !== null) include(pattern, place, depth, above);
      else work({ text: line, place: { ...place, column: raw.length - raw.trimStart().length + 1 } });
    });
  };

  const include = (pattern: string, place: Place, depth: number, above: readonly string[]): void => {
    const answer = files.find(pattern, place.file);
    const found = "leftOut" in answer ? answer.files : answer;
    if ("leftOut" in answer)
      for (const { file, reason } of answer.leftOut)
        missed(place, `${file} was not read: ${reason}`, "copy it beside the file that is imported, or name it too");
    if ("refused" in found) {
      missed(
        place,
        `"${pattern}" was not read: ${found.refused}`,
        "copy it beside the file that is imported, or name it too",
      );
      return;
    }
    if (found.length === 0) missed(place, `no file is "${pattern}"`, "copy it beside the file that is imported");
    for (const file of found) {
      if (above.includes(file)) missed(place, `${file} includes itself`, "take one of the includes out");
      else if (depth >= deepestInclude)
        missed(place, "includes within includes, too deep to be meant", "put the files together");
      else if (included >= mostIncludes) {
        missed(place, `more than ${mostIncludes} files are included`, "put the files together");
        return;
      } else {
        included++;
        const text = files.read(file);
        if (text === null) missed(place, `${file} cannot be read`, "copy it beside the file that is imported");
        else {
          ledger.taken(place);
          readFile(file, text, depth + 1, [...above, file]);
        }
      }
    }
  };

  readFile(input.file, input.text, 0, [input.file]);
  for (const [name, { isUsed, lines, place }] of definitions)
    if (!isUsed) for (const line of [{ place }, ...lines]) ledger.ignored(line.place, `nothing uses $${name}`);
  return produced;
}

function via(place: Place, text: string): Place {
  return { ...place, column: 1, length: 0, via: text.length > 80 ? `${text.slice(0, 80)}…` : text };
}
