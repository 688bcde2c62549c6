# ---- lasting: what files bring about at the next boot ---------------------------------------------------------
#
# What a file brings about at the next boot is of another kind, which has its path as the trait `lasts`: that kind is asked for
# what else here decides the same at boot (KIND_rivals PATH), and takes that away (KIND_oust PATH). So it is found wherever the file is
# written, below --root too.

kinds_that_last='' # once they were asked for

# Kinds that a file at this path makes last.
lasting_kinds() { # PATH -> ${words[@]}
  local lasting
  local -a all
  if [[ -z $kinds_that_last ]]; then
    split_words "$all_kinds"
    for lasting in "${words[@]}"; do # never empty
      ! has "$lasting" lasts || kinds_that_last+="$lasting "
    done
    kinds_that_last+=' '
  fi
  split_words "$kinds_that_last"
  all=(${words[@]+"${words[@]}"}) words=()
  for lasting in ${all[@]+"${all[@]}"}; do
    # shellcheck disable=SC2053 # a pattern
    [[ $1 != ${traits["$lasting lasts"]} ]] || words+=("$lasting")
  done
}

# What several roles have in their parts of such a file counts once there, as it is written.
lines_once() { # PATH, with $content -> $content
  local kind
  local -a words
  lasting_kinds "$1"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_once" || "${kind}_once"
  done
}

# And as each role has written its own, as it is compared.
lines_each() { # PATH, with $content -> $content
  local kind
  local -a words
  lasting_kinds "$1"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_each" || "${kind}_each"
  done
}

# What was taken away for the sake of the next boot is away for what files bring about then: `lasts KIND NAME`, by the name that KIND_oust
# took it away for. The page says it in every run, also in one that does not describe the live state: below --root, and with --only.
lasting_keys() { # INDEX in r_kind, added to $keys
  local text=${r_text[$1]} path kind name escaped
  local -a words lasting
  [[ $text ]] && has "${r_kind[$1]}" path || return 0
  path_of "${r_kind[$1]}" "${r_name[$1]}"
  lasting_kinds "$path"
  for kind in ${words[@]+"${words[@]}"}; do
    lasting=()
    "${kind}_lasting"
    for name in ${lasting[@]+"${lasting[@]}"}; do
      escape "$name"
      keys+="lasts $kind $escaped"$'\n'
    done
  done
}

# Does a boot leave a unit out, for somebody has masked it? (What `mask --runtime` does, ends with the boot.)
is_masked_at_boot() { # UNIT
  [[ -e $root/etc/systemd/system/$1 && ! -s $root/etc/systemd/system/$1 ]]
}

# What the next boot would make otherwise than the file at a path says, though all of it is as described now.
report_rivals() { # INDEX
  local j kind=${r_kind[$1]} name=${r_name[$1]} state=${r_state[$1]} text=${r_text[$1]} path obstacle adoptable
  local -a words
  has "$kind" path && is_function "${kind}_text" || return 0
  path_of "$kind" "$name"
  lasting_kinds "$path"
  for ((j = 0; j < ${#words[@]}; j++)); do
    obstacle='' adoptable=''
    "${words[j]}_rivals" "$path"
    [[ $obstacle ]] || continue
    failure=$obstacle
    report_failure "$kind" "$name"
  done
  failure=''
}
