import type { CommandDescription, ProgramDescription, Value } from "./describe.ts";

/**
 * A completion script for bash 3.2 and later. Where it offers nothing, `-o default` makes bash complete
 * file names.
 */
export function bashCompletion({ name, options, commands }: ProgramDescription): string {
  const names = commands.map((command) => command.name);
  return `# bash completion for ${name}, printed by: ${name} completion bash
_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command="" words="" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${names.join(" | ")})
        command=\${COMP_WORDS[i]}
        break
        ;;
    esac
  done
  case $command:$previous in
${commands.flatMap(optionValues).join("\n")}
    *)
      case $command:$current in
        :-*) words="${options.flatMap(({ flags }) => flags).join(" ")}" ;;
        :*) words="${names.join(" ")} help" ;;
${commands.flatMap(commandWords).join("\n")}
      esac
      ;;
  esac
  while IFS="" read -r i; do
    COMPREPLY+=("$i")
  done < <(compgen -W "$words" -- "$current")
}
complete -o bashdefault -o default -F _${name} ${name}
`;
}

function optionValues({ name, options }: CommandDescription): string[] {
  return options
    .filter(({ value }) => value.kind !== "none")
    .map(
      ({ flags, value }) => `    ${flags.map((flag) => `${name}:${flag}`).join(" | ")}) words="${wordsOf(value)}" ;;`,
    );
}

function commandWords({ name, options, operand }: CommandDescription): string[] {
  const flags = options.flatMap((option) => option.flags).join(" ");
  return [`        ${name}:-*) words="${flags}" ;;`, `        ${name}:*) words="${wordsOf(operand)}" ;;`];
}

function wordsOf(value: Value): string {
  return value.kind === "words" ? value.words.join(" ") : "";
}
