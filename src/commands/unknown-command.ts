/** Help of a command that there is not: that is wrong usage, and no reason to print the help of all. */
import { commands } from "./definitions.ts";

/** Options of the program that take a value. */
const valued = new Set(["--language"]);

/** The arguments as the program is to read them: an unknown command alone, without the help that was asked of it. */
export function withoutHelpOfUnknown(args: readonly string[]): readonly string[] {
  const at = args.findIndex((arg, index) => !arg.startsWith("-") && !valued.has(args[index - 1] ?? ""));
  const name = args[at];
  if (name === undefined) return args;
  const asked = name === "help" ? args.slice(at + 1).find((arg) => !arg.startsWith("-")) : name;
  if (asked === undefined || asked === "help" || commands.has(asked)) return args;
  return [...args.slice(0, at), asked];
}
