# ---- program: its commands and options as rows, and how it begins -----------------------------------------------
#
# What --help says, what a command line may have and what is called for it come from the rows of `offer` and `accept`, which stand
# beside the functions that they are about. A program has three functions besides: `introduce` and `conclude`, which print what
# --help says before and after the rows, and `program`, which is called when the command line was read.

command=''  # the one that is meant where none is named
operands=() # what follows it
json='' quiet='' no_color=''

commands=()                # in the order in which --help tells of them
declare -A command_has=()  # `COMMAND TRAIT` -> 1
declare -A command_text=() # COMMAND -> what it does
declare -A operand_of=()   # COMMAND -> the operand that it takes

# The command NAME is the function NAME_command. It `shows` what the script holds, without root and wherever it runs; or it `reads`
# this host, without the lock; or it changes something. What it prints may be `plain`: for others to read as it is, and no run's. Options that only some commands take are named as well.
offer() { # `NAME [OPERAND]` TEXT TRAIT...
  local name=${1%% *} trait
  commands+=("$name")
  command_text[$name]=$2
  [[ $1 == "$name" ]] || operand_of[$name]=${1#* }
  shift 2
  for trait in "$@"; do command_has["$name $trait"]=1; done
}

options=()                    # in the order in which --help tells of them
declare -A option_text=()     # OPTION -> what it does
declare -A option_value=()    # OPTION -> the value that it takes
declare -A option_variable=() # OPTION -> where that goes, or 1 where it takes none
declare -A option_check=()    # OPTION -> the function CHECK_value, which looks at it and may write it another way
declare -A same_option=([-q]=--quiet [--no-colour]=--no-color [-h]=--help [-V]=--version)

# Where there is no VARIABLE, CHECK_value keeps the value.
accept() { # `OPTION [VALUE]` [VARIABLE][:CHECK] TEXT
  local name=${1%% *}
  options+=("$name")
  option_text[$name]=$3
  option_variable[$name]=${2%%:*}
  [[ $1 == "$name" ]] || option_value[$name]=${1#* }
  [[ $2 != *:* ]] || option_check[$name]=${2#*:}_value
}

usage() {
  local name first rest
  introduce
  printf -v rest '%19s' ''
  ((${#commands[@]} == 0)) || { printf '\n' && print_text '' '' Commands; }
  for name in ${commands[@]+"${commands[@]}"}; do
    printf -v first '  %-16s ' "$name${operand_of[$name]:+ ${operand_of[$name]}}"
    print_text "$first" "$rest" "${command_text[$name]}"
  done
  printf -v rest '%23s' ''
  printf '\n'
  print_text '' '' Options
  for name in "${options[@]}"; do # never empty
    printf -v first '  %-20s ' "$name${option_value[$name]:+ ${option_value[$name]}}"
    print_text "$first" "$rest" "${option_text[$name]}"
  done
  printf '  --help, --version\n\n'
  conclude
}

version() {
  printf '%s: cluster %s, role %s, lvsgen %s, format %s, runtime %s, sha256 %s\n' \
    "$script" "$cluster" "$role" "$lvsgen_version" "$lvsgen_format" "$lvsgen_runtime" "$lvsgen_sum"
}

bad_usage() { # MESSAGE
  complain "$1" "See: bash $script --help"
  exit 64
}

in_range() { # OPTION LOWEST HIGHEST, with $value
  if [[ ! $value =~ ^[0-9]{1,6}$ ]] || ((10#$value < $2 || 10#$value > $3)); then
    bad_usage "$1 takes a whole number from $2 to $3, not '$value'"
  fi
  value=$((10#$value))
}

seconds_value() { # OPTION
  in_range "$1" 0 999999
}

existing_value() { # OPTION
  [[ -d $value ]] || bad_usage "$1: no directory $value"
}

parse_options() {
  local argument name rest=''
  local -a options_given=() rest_words=()
  while (($#)); do
    argument=$1
    shift
    if [[ $rest || $argument != -* ]]; then
      rest_words+=("$argument")
      continue
    fi
    name=${argument%%=*}
    name=${same_option[$name]:-$name}
    case $name in
      --)
        [[ $argument == -- ]] || bad_usage "unknown option $argument"
        rest=1
        ;;
      --help | --version)
        [[ $argument != *=* ]] || bad_usage "$name takes no value"
        if [[ $name == --help ]]; then usage; else version; fi
        exit 0
        ;;
      *)
        if takes_next "$name" "$argument" "$@"; then shift; fi
        options_given+=("$name")
        ;;
    esac
  done
  choose_command ${rest_words[@]+"${rest_words[@]}"}
  for name in ${options_given[@]+"${options_given[@]}"}; do goes_with "$name"; done
}

# Sets what an option sets: `--to 3`, `--to=3` or `--diff`. Success where its value was the next argument.
takes_next() { # OPTION ARGUMENT NEXT...
  local value=1 next=''
  [[ ${option_text[$1]:-} ]] || bad_usage "unknown option $1"
  if [[ -z ${option_value[$1]:-} ]]; then
    [[ $2 != *=* ]] || bad_usage "$1 takes no value"
  elif [[ $2 == *=* ]]; then
    value=${2#*=}
  else
    (($# > 2)) || bad_usage "$1 needs a value"
    value=$3 next=1
  fi
  [[ $value ]] || bad_usage "$1 needs a value that is not empty"
  [[ -z ${option_check[$1]:-} ]] || "${option_check[$1]}" "$1"
  [[ -z ${option_variable[$1]} ]] || printf -v "${option_variable[$1]}" %s "$value"
  [[ $next ]]
}

choose_command() { # WORD...
  if ((${#commands[@]} == 0)); then
    (($# == 0)) || bad_usage "no arguments are taken, such as '$1'"
    return 0
  fi
  if (($#)); then
    command=$1
    shift
  fi
  operands=("$@")
  [[ $command != help ]] || { usage && exit 0; }
  [[ $command && ${command_text[$command]:-} ]] || bad_usage "unknown command '$command'; there are: ${commands[*]}" # never empty
  if [[ ${operand_of[$command]:-} ]]; then
    (($# == 1)) || bad_usage "$command takes one argument, ${operand_of[$command]}, not $#"
  else
    (($# == 0)) || bad_usage "$command takes no argument, such as '$1'"
  fi
}

goes_with() { # OPTION
  local taking
  suits "$command" "$1" || bad_usage "$1 goes with $taking, not with $command"
}

# An option that some commands name goes with these alone.
suits() { # COMMAND OPTION -> $taking, the commands that name it
  local name
  taking=''
  for name in ${commands[@]+"${commands[@]}"}; do
    [[ -z ${command_has["$name $2"]:-} ]] || taking+=${taking:+, }$name
  done
  [[ -z $taking || ${command_has["$1 $2"]:-} ]]
}

search_path=/usr/sbin:/usr/bin:/sbin:/bin file_mask=022

main() {
  local shown
  set -Eeuo pipefail
  shopt -s extglob
  unset -v CDPATH GLOBIGNORE GREP_OPTIONS POSIXLY_CORRECT
  export LC_ALL=C PATH=$search_path
  umask "$file_mask"
  script_path=${BASH_SOURCE[0]}
  visible "${script_path##*/}"
  script=$shown
  parse_options "$@"
  events=${json:+1}${report_to:+1}
  use_colors
  trap 'on_error "$LINENO" "$BASH_COMMAND"' ERR
  trap 'finish "$?"' EXIT
  trap '' PIPE
  program ${operands[@]+"${operands[@]}"}
}
