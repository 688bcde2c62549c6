# ---- completion: what bash offers behind this script's name ------------------------------------------------------------
#
# `completion` prints functions and words for an interactive shell: those whose names begin with _lvsgen_, as they stand here, and one that
# is made of the rows of `offer` and `accept`. The words behind an option, or a command, come from `option_NAME_words` and
# `command_NAME_words` where a program has such a function: it sets `candidates`, or `code` that does so when somebody asks.

offer completion 'print completion for bash, to be read so: source <(bash FILE completion)' shows plain

completion_command() {
  local name answers=_lvsgen_${cluster//-/_}_$role function
  printf '# Completion for bash. Read it into a shell: source <(bash %s completion)\n' "$script"
  printf 'declare -gA _lvsgen_scripts\n'
  while IFS= read -r function; do declare -f "$function"; done < <(compgen -A function _lvsgen_ || :)
  print_answers "$answers"
  printf '_lvsgen_register %q %s\n' "${script_path##*/}" "$answers"
}

print_answers() { # FUNCTION
  local name option taking
  local -a candidates
  printf '%s () \n{ \n    case "$*" in\n' "$1"
  candidates=("${commands[@]}") # never empty
  print_answer commands
  candidates=("${options[@]}" --help --version) # never empty
  print_answer 'options '
  for name in "${commands[@]}"; do # never empty
    candidates=()
    for option in "${options[@]}"; do # never empty
      ! suits "$name" "$option" || candidates+=("$option")
    done
    candidates+=(--help --version)
    print_answer "options $name"
  done
  for option in "${options[@]}"; do # never empty
    [[ -z ${option_value[$option]:-} ]] || find_answer "value $option" "option_${option#--}" "${option_value[$option]}"
  done
  for name in "${commands[@]}"; do # never empty
    [[ -z ${operand_of[$name]:-} ]] || find_answer "operand $name" "command_$name" "${operand_of[$name]}"
  done
  printf '        *) return 1 ;;\n    esac\n}\n'
}

find_answer() { # QUESTION FUNCTION WHAT: as --help calls it
  local code=''
  local -a candidates=()
  if declare -F "${2//-/_}_words" >/dev/null; then
    "${2//-/_}_words"
  elif [[ $3 == ?(FILE\|)DIR ]]; then
    code='directories=1'
  fi
  [[ $3 != *,... ]] || code+=${code:+ }several=1
  print_answer "$1" "$code"
}

print_answer() { # QUESTION [CODE], with ${candidates[@]}
  local word quoted list=''
  for word in ${candidates[@]+"${candidates[@]}"}; do
    printf -v quoted %q "$word"
    list+=${list:+ }$quoted
  done
  printf "        '%s') candidates=(%s)%s ;;\n" "$1" "$list" "${2:+; $2}"
}

# ---- of the interactive shell: nothing here is called by the script, and nothing of the script's is called here --------

declare -A _lvsgen_scripts=() # NAME of a script -> the function that answers for it

# Behind `bash SCRIPT`, too. Whoever completes `sudo` asks here in turn, as the package bash-completion does, which is asked for a
# command when that is first completed (-D); sudo is completed here where nobody does.
_lvsgen_register() { # SCRIPT FUNCTION
  local spec
  _lvsgen_scripts[$1]=$2
  complete -F _lvsgen_complete -- "$1"
  spec=$(complete -p bash 2>/dev/null) || :
  if [[ $spec != *' -F _lvsgen_complete '* ]]; then
    _lvsgen_former='' # the function that completed it before
    if [[ $spec == *' -F '* ]]; then _lvsgen_former=${spec##* -F } _lvsgen_former=${_lvsgen_former%% *}; fi
    complete -F _lvsgen_complete bash
  fi
  if ! complete -p sudo >/dev/null 2>&1 && ! complete -p -D >/dev/null 2>&1; then complete -F _lvsgen_complete sudo; fi
}

# By the line and not by COMP_WORDS, for readline has words end at = and : as well.
_lvsgen_complete() { # COMMAND WORD FORMER-WORD -> ${COMPREPLY[@]}
  local IFS=$' \t\n' line=${COMP_LINE:0:COMP_POINT} answers='' command='' option='' rest='' several='' directories=''
  local lead='' known='' current word name broken i behind=0
  local -a words=() candidates=()
  COMPREPLY=()
  read -r -a words <<<"$line" || :
  [[ $line != *[[:blank:]] ]] || words+=('')
  for ((i = 0; i < ${#words[@]} - 1; i++)); do
    name=${words[i]##*/}
    case $name in
      sudo | bash | -*) continue ;;
      ?*) answers=${_lvsgen_scripts[$name]:-} ;;
    esac
    break
  done
  if [[ -z $answers ]]; then
    if [[ ${1##*/} == bash && ${_lvsgen_former:-} ]] && declare -F "$_lvsgen_former" >/dev/null; then
      "$_lvsgen_former" "$@"
      return
    fi
    compopt -o bashdefault -o default 2>/dev/null || :
    return 0
  fi
  for ((i++; i < ${#words[@]} - 1; i++)); do
    word=${words[i]}
    if [[ $option ]]; then
      option=''
    elif [[ $rest || $word != -* ]]; then
      if [[ $command ]]; then behind=$((behind + 1)); else command=$word; fi
    elif [[ $word == -- ]]; then
      rest=1
    elif "$answers" value "$word"; then
      option=$word
    fi
  done
  candidates=() several='' directories='' current=${words[${#words[@]} - 1]}
  if [[ $option ]]; then
    "$answers" value "$option" || :
  elif [[ -z $rest && $current == -*=* ]]; then
    lead=${current%%=*}= current=${current#*=}
    "$answers" value "${lead%=}" || :
  elif [[ -z $rest && $current == -* ]]; then
    "$answers" options "$command" || :
  elif [[ -z $command ]]; then
    "$answers" commands || :
  elif ((behind == 0)); then
    "$answers" operand "$command" || :
  fi
  if [[ $several && $current == *,* ]]; then
    lead+=${current%,*}, known=,${current%,*}, current=${current##*,}
  fi
  if [[ $directories ]]; then
    compopt -o filenames 2>/dev/null || :
    while IFS= read -r word; do candidates+=("$word"); done < <(compgen -d -- "$current" || :)
  fi
  # readline replaces only what stands behind the last character at which it breaks words.
  word=$lead$current
  broken=${word%"${word##*["${COMP_WORDBREAKS-}"]}"}
  for word in ${candidates[@]+"${candidates[@]}"}; do
    if [[ $word == "$current"* && $known != *",$word,"* ]]; then
      [[ $directories || $word != *[!A-Za-z0-9_./:@%+=-]* ]] || printf -v word %q "$word"
      word=$lead$word
      COMPREPLY+=("${word#"$broken"}")
    fi
  done
}
