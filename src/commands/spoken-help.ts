/** Help in the language of the terminal: what commander puts together is said piece by piece, and breaks between Han characters. */
import { type Command, Help, type HelpConfiguration } from "commander";
import { columns } from "../diagnostics/width.ts";
import { hasHan, wrapColumns } from "../diagnostics/wrap.ts";
import type { Say } from "../language/index.ts";

/** How help is set; nothing where it is in English. */
export function helpIn(say: Say): HelpConfiguration {
  const plain = new Help();
  const usage = (text: string): string => text.replaceAll(/\[(?:options|command)\]/g, (word) => say(word));
  return {
    // Behind a title commander puts a blank, which punctuation of full width has none of.
    formatHelp: (command: Command, helper: Help) => plain.formatHelp(command, helper).replace(/^(\S*\uff1a) /, "$1"),
    styleTitle: say,
    commandUsage: (command: Command) => usage(plain.commandUsage(command)),
    subcommandTerm: (command: Command) => usage(plain.subcommandTerm(command)),
    commandDescription: (command: Command) => say(plain.commandDescription(command)),
    subcommandDescription: (command: Command) => say(plain.subcommandDescription(command)),
    optionDescription: (option) => say(plain.optionDescription(option)),
    argumentDescription: (argument) => say(plain.argumentDescription(argument)),
    displayWidth: columns,
    boxWrap: (text: string, width: number) =>
      hasHan(text) ? wrapColumns(text, width).join("\n") : plain.boxWrap(text, width),
  };
}
