# ---- the commands of this script ------------------------------------------------------------------------------

commands=()                # in the order in which --help tells of them
declare -A command_has=()  # `COMMAND TRAIT` -> 1
declare -A command_text=() # COMMAND -> what it does
declare -A operand_of=()   # COMMAND -> the operand that it takes

# The command NAME is the function NAME_command. It `shows` what the script holds, without root and wherever it runs; or it `reads`
# this host, without the lock; or it changes something. Options that only some commands take are named as well.
offer() { # `NAME [OPERAND]` TEXT TRAIT...
  local name=${1%% *} trait
  commands+=("$name")
  command_text[$name]=$2
  [[ $1 == "$name" ]] || operand_of[$name]=${1#* }
  shift 2
  for trait in "$@"; do command_has["$name $trait"]=1; done
}

# Which take this option, for who gave it to another.
takers() { # OPTION -> $taking
  local name
  taking=''
  for name in "${commands[@]}"; do # never empty
    [[ -z ${command_has["$name $1"]:-} ]] || taking+=${taking:+, }$name
  done
}
