# ---- kinds: what the engine knows of them --------------------------------------------------------------------
#
# The file of a kind begins with its declaration; templates/runtime/README.md says what each trait means, and which
# functions a kind may have. The engine asks for traits and functions, and never for a kind by its name.

all_kinds='' # what `want` and --only take
declare -A traits=() # `KIND TRAIT` -> its value; TRAIT -> the kind that has it, where one has

kind() { # NAME TRAIT[=VALUE]...
  local name=$1 trait
  shift
  for trait in "$@"; do traits["$name ${trait%%=*}"]=${trait#*=} traits[${trait%%=*}]=$name; done
  has "$name" recorded || all_kinds+=${all_kinds:+ }$name
}

has() { # KIND TRAIT [VALUE]
  [[ ${traits["$1 $2"]:-} && (-z ${3:-} || ${traits["$1 $2"]} == "$3") ]]
}

# Does it lie at its path as a directory?
is_directory() { # KIND
  has "$1" parent || has "$1" folder
}

declare -A is_defined=() # by name: yes or no, once it was asked for; none is defined later

is_function() { # NAME
  if [[ -z ${is_defined[$1]:-} ]]; then
    if declare -F "$1" >/dev/null; then is_defined[$1]=yes; else is_defined[$1]=no; fi
  fi
  [[ ${is_defined[$1]} == yes ]]
}

# Where a resource lies, of a kind with a path.
path_of() { # KIND NAME -> $path
  path=$2
  ! is_function "$1_path" || "$1_path" "$2"
}

# Is its path lvsgen's as a whole, with a text of lvsgen's in it?
writes_whole() { # KIND
  has "$1" path whole && is_function "$1_written"
}

# What a change of this kind makes stale of the facts.
forget_snapshots() { # KIND
  local fact
  local -a words
  if has "$1" stale all; then
    loaded=()
    return 0
  fi
  split_words "${traits["$1 stale"]:-}"
  for fact in ${words[@]+"${words[@]}"}; do loaded[$fact]=''; done
}
