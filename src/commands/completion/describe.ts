/** What there is to complete, taken from the command tree itself so that it cannot lag behind. */
import type { Command, Option } from "commander";

/** Words to complete where the command tree does not know them. */
export interface Words {
  /** By long option. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** By command, for its operand. */
  readonly operands: ReadonlyMap<string, readonly string[]>;
}

export interface ProgramDescription {
  readonly name: string;
  readonly options: readonly OptionDescription[];
  readonly commands: readonly CommandDescription[];
}

export interface CommandDescription {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionDescription[];
  readonly operand: Value;
}

export interface OptionDescription {
  /** `-o` and `--output`, or one of them. */
  readonly flags: readonly string[];
  readonly summary: string;
  readonly value: Value;
  readonly isRepeatable: boolean;
}

export type Value =
  | { readonly kind: "none" }
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "file" }
  | { readonly kind: "directory" }
  /** Something that only the user can know. */
  | { readonly kind: "text" };

export function describeProgram(program: Command, words: Words): ProgramDescription {
  const help = program.createHelp();
  const options = (command: Command): OptionDescription[] =>
    help.visibleOptions(command).map((option) => describeOption(option, words));
  const shared = options(program);
  const commands = program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: [...options(command), ...shared.filter(({ flags }) => flags.some((flag) => flag.endsWith("color")))],
    operand: operandOf(command, words),
  }));
  return { name: program.name(), options: shared, commands };
}

function describeOption(option: Option, words: Words): OptionDescription {
  const flags = [option.short, option.long].filter((flag) => flag !== undefined);
  return {
    flags,
    summary: option.description,
    value: optionValue(option, words),
    isRepeatable: option.parseArg !== undefined,
  };
}

function optionValue(option: Option, words: Words): Value {
  if (!option.required && !option.optional) return { kind: "none" };
  const known = option.argChoices ?? words.options.get(option.long ?? "");
  if (known !== undefined) return { kind: "words", words: known };
  if (option.flags.includes("<dir>")) return { kind: "directory" };
  return { kind: /<(?:file|key)>/.test(option.flags) ? "file" : "text" };
}

function operandOf(command: Command, words: Words): Value {
  const operand = command.registeredArguments[0];
  if (operand === undefined) return { kind: "none" };
  const known = words.operands.get(command.name());
  if (known !== undefined) return { kind: "words", words: known };
  return { kind: operand.name().startsWith("dir") ? "directory" : "file" };
}
