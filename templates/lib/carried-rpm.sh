# ---- carried rpms: rpm itself says what is lacking, and the folder is asked for that ------------------------------

# With these files an `rpm -U --test` passes. Whatever the host has in a version that satisfies stays as it is.
plan_rpms() { # NAME... -> ${carried_plan[@]}
  local output='' name lacking_names=''
  local -A rpm_of=() rpms_providing=() planned=()
  index_rpms || return 1
  for name; do
    if [[ ${rpm_of[$name]:-} ]]; then plan_rpm "${rpm_of[$name]}"; else lacking_names+=" $name"; fi
  done
  if [[ $lacking_names ]]; then
    lacks_packages "there is no package$lacking_names in it"
    return
  fi
  while ! output=$(cd -- "$carried" && rpm -U --test -- "${carried_plan[@]/#/./}" 2>&1); do # never empty
    plan_needed "$output" || return 1
  done
}

plan_rpm() { # FILE: fails where it is in the plan already
  [[ -z ${planned[$1]:-} ]] || return 1
  planned[$1]=1
  carried_plan+=("$1")
}

# Names, and what each file provides, in one process.
index_rpms() { # -> $rpm_of $rpms_providing
  local line file='' name number=-1
  local -a files=()
  for file in "${carried_files[@]}"; do # never empty
    [[ $file != *.noarch.rpm && $file != *".$architecture.rpm" ]] || files+=("$file")
  done
  if ((${#files[@]} == 0)); then
    lacks_packages "there are none for $architecture in it"
    return
  fi
  while IFS= read -r line; do
    case $line in
      'name '*)
        number=$((number + 1)) file=${files[number]}
        rpm_of[${line#name }]=$file
        ;;
      'provides '*) rpms_providing[${line#provides }]+=" $file" ;;
    esac
  done < <(if cd -- "$carried"; then rpm -qp --nosignature --qf 'name %{NAME}\n[provides %{PROVIDENAME}\n]' -- "${files[@]/#/./}" 2>/dev/null || :; fi) # never empty
  ((number + 1 == ${#files[@]})) && return 0
  failure="rpm cannot read the packages in $carried"
  return 1
}

# Takes from what `rpm -U --test` printed what it lacks, and plans a file for each; fails where nothing new helps.
plan_needed() { # OUTPUT
  local line need by progress='' needed_line='^[[:space:]]+(.+) is needed by (\(installed\) )?(.+)$'
  local -a unmet=()
  while IFS= read -r line; do
    [[ $line =~ $needed_line ]] || continue
    need=${BASH_REMATCH[1]} by=${BASH_REMATCH[3]}
    unmet+=("$need is needed by $by")
    # An upgrade that an installed package does not go with brings that one's own upgrade along.
    [[ -z ${BASH_REMATCH[2]} ]] || need=${by%-*-*}
    ! plan_capability "$need" || progress=1
  done <<<"$1"
  [[ -z $progress ]] || return 0
  if ((${#unmet[@]})); then
    lacks_packages 'something that they depend on is not in it' "${unmet[@]}" # never empty
  else
    failure="rpm refuses the packages in $carried"$'\n'$1$'\n''Nothing was installed.'
  fi
  return 1
}

# The first file not planned yet that provides it: a name with a version, a path, or `(one or another)`.
plan_capability() { # NEED
  local capability file
  local -a words=()
  split_words "${1%% *}"
  [[ $1 != '('* ]] || split_words "${1//[()]/ }"
  for capability in ${words[@]+"${words[@]}"}; do
    split_words "${rpms_providing[$capability]:-}"
    for file in ${words[@]+"${words[@]}"}; do
      ! plan_rpm "$file" || return 0
    done
    [[ $capability == /* ]] || continue
    for file in "${carried_files[@]}"; do # never empty
      rpm -qpl --nosignature -- "$carried/$file" 2>/dev/null | grep -Fqx -e "$capability" || continue
      ! plan_rpm "$file" || return 0
    done
  done
  return 1
}
