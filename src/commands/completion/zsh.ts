import type { CommandDescription, OptionDescription, ProgramDescription, Value } from "./describe.ts";

/** A completion script for zsh: for a directory of `fpath` as `_lvsgen`, or to be sourced. */
export function zshCompletion({ name, options, commands }: ProgramDescription): string {
  return `#compdef ${name}
# zsh completion for ${name}, printed by: ${name} completion zsh
_${name}() {
  local context state line
  typeset -A opt_args
  _arguments -C ${options.map(optionSpec).join(" ")} '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      local -a commands=(
${commands.map(({ name, summary }) => `        ${quoted(`${name}:${summary}`)}`).join("\n")}
      )
      _describe -t commands '${name} command' commands
      ;;
    argument)
      case $words[1] in
${commands.map(commandCase).join("\n")}
      esac
      ;;
  esac
}
if [[ $funcstack[1] == _${name} ]]; then
  _${name} "$@"
else
  compdef _${name} ${name}
fi
`;
}

function commandCase({ name, options, operand }: CommandDescription): string {
  const action = actionOf(operand);
  const operands = action === null ? "" : ` ${quoted(`*:${operand.kind}:${action}`)}`;
  return `        ${name}) _arguments ${options.map(optionSpec).join(" ")}${operands} ;;`;
}

/** `'(-o --output)'{-o,--output}'[summary]:directory:_files -/'`, after zshcompsys(1). */
function optionSpec({ flags, summary, value, isRepeatable }: OptionDescription): string {
  const exclusion = isRepeatable ? "'*'" : quoted(`(${flags.join(" ")})`);
  const alternatives = flags.length > 1 ? `{${flags.join(",")}}` : flags.join("");
  const action = actionOf(value);
  const argument = action === null ? "" : `:${value.kind}:${action}`;
  return `${exclusion}${alternatives}${quoted(`[${summary.replaceAll(/[[\]:\\]/g, "\\$&")}]${argument}`)}`;
}

function actionOf(value: Value): string | null {
  switch (value.kind) {
    case "none":
      return null;
    case "words":
      return `(${value.words.join(" ")})`;
    case "file":
      return "_files";
    case "directory":
      return "_files -/";
    case "text":
      return " ";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
