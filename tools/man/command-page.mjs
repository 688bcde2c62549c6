/** lvsgen(1): the command tree of help, with what help has no room for. */

import { commandTexts } from "./texts.mjs";
import {
  bold,
  example,
  filled,
  italic,
  literal,
  paragraph,
  paragraphs,
  prose,
  section,
  subsection,
  term,
} from "./troff.mjs";

/** Columns of an example: those of a terminal, less the margin. */
const exampleWidth = 72;

/**
 * @param {Awaited<ReturnType<typeof import("./source.mjs").commandTree>>} tree
 * @param {typeof import("./words.mjs").englishWords} words
 * @returns {string[]} the parts of the page
 */
export function commandPage({ program, afterHelp, defaultFiles, exits }, words) {
  const { say } = words;
  const { commands } = program;
  const help = program.createHelp();
  const files = [
    term(defaultFiles.map(italic).join(", "), prose(say(commandTexts.defaultFiles))),
    ...commandTexts.files.map(([name, text]) => term(italic(name), prose(say(text)))),
  ];
  return [
    section(say("name")),
    filled(`${program.name()} \\- ${literal(words.summary(program.description()))}`),
    section(say("synopsis")),
    synopsis(program, commands, words),
    section(say("description")),
    paragraphs(commandTexts.description.map((text) => prose(say(text)))),
    section(say("commands")),
    ...commands.flatMap((command) => [subsection(command.name()), ...commandParts(command, help, afterHelp, words)]),
    section(say("options")),
    filled(literal(say("Of every command:"))),
    ...optionTerms(help, program, words),
    section(say("exit status")),
    ...exits.map(({ code, meaning }) => term(bold(String(code)), prose(say(meaning)))),
    section(say("environment")),
    ...commandTexts.environment.map(([name, text]) => term(bold(name), prose(say(text)))),
    section(say("files")),
    ...files,
    section(say("examples")),
    examples(afterHelp(program)),
    section(say("see also")),
    filled(commandTexts.seeAlso.map(([name, number]) => `${bold(name)}(${number})`).join(", ")),
  ];
}

/** `[options] [file]` as manual pages write it, a line a command. */
function synopsis(program, commands, { say }) {
  const rows = commands.map((command) => {
    const operands = command.registeredArguments.map((argument) => {
      const word = `${italic(argument.name())}${argument.variadic ? "..." : ""}`;
      return argument.required ? word : `[${word}]`;
    });
    return [bold(`${program.name()} ${command.name()}`), `[${italic(say("option"))}...]`, ...operands].join(" ");
  });
  return [".nf", ...rows, ".fi"].join("\n");
}

function commandParts(command, help, afterHelp, words) {
  const { say } = words;
  const operands = help
    .visibleArguments(command)
    .map((argument) => term(italic(argument.name()), prose(say(help.argumentDescription(argument)))));
  return [
    synopsis(command.parent, [command], words),
    paragraph(prose(say(command.description()))),
    ...operands,
    ...optionTerms(help, command, words),
    ".PP",
    examples(afterHelp(command)),
  ];
}

/** `--help` is said once, of every command. */
function optionTerms(help, command, { say }) {
  return help
    .visibleOptions(command)
    .filter(({ long }) => command.parent === null || long !== "--help")
    .map((option) => term(flags(option), prose(say(help.optionDescription(option)))));
}

/** `-o, --output <dir>` */
function flags({ flags: text }) {
  return text
    .split(/(<[^>]+>)/)
    .map((part) => (part.startsWith("<") ? italic(part.slice(1, -1)) : part))
    .map((part) => (part.startsWith("\\fI") ? part : part.replaceAll(/-[\w-]+/g, (flag) => bold(flag))))
    .join("");
}

/** The lines below `Examples:` of help. */
function examples(text) {
  const [, block = ""] = /^(?:Examples?:|示例：)\n((?: {2}.*\n?)*)/m.exec(text) ?? [];
  const lines = block
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.slice(2));
  if (lines.length === 0) throw new Error(`help without an example:\n${text}`);
  return example(explained(lines).flatMap(folded));
}

/** What help says to the right of a command stands as a comment over it, where there is no room for both. */
function explained(lines) {
  if (lines.every((line) => line.length <= exampleWidth)) return lines;
  return lines.flatMap((line, index) => {
    const [, command, words] = /^(\S.*?) {2,}([^#\s].*)$/.exec(line) ?? [];
    return words === undefined ? [line] : [...(index === 0 ? [] : [""]), `# ${words}`, command];
  });
}

function folded(line) {
  if (line.length <= exampleWidth) return [line];
  const end = line.lastIndexOf(" ", exampleWidth - 2);
  const before = line.lastIndexOf(" --", exampleWidth - 2);
  const at = before > 0 ? before : end;
  return [`${line.slice(0, at)} \\`, ...folded(`    ${line.slice(at + 1)}`)];
}
