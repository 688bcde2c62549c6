# ---- lines of others that --adopt took out of a file: a rollback or an uninstall puts them back --------------------------------
#
# Known from journals alone, so that no apply takes them for something that is described no longer. The name is `PATH WHOSE`; WHOSE
# is what a function of the kind that met them tells them from others by.

kind displaced path=part own recorded stale='stat mount unit'

displaced_path() { # `PATH WHOSE` -> $path
  path=${1%% *}
}

# Takes lines out of a file; what it was is written down first.
displace() { # PATH WHOSE LINES, each with a line end
  local path blob content='' mode=- owner=- group=- line kept='' taken=$'\n'$3
  begin_changes || return 1
  read_for_change "$1" || return 1
  journaled displaced "$1 $2" || { keep_blob "$path" && journal displaced "$1 $2" "saved $blob"; } || return 1
  while IFS= read -r line; do
    [[ $taken == *$'\n'"$line"$'\n'* ]] || kept+=$line$'\n'
  done <<<"${content%$'\n'}"
  replace_file "$path" "$mode" "$kept" "$owner" "$group" || return 1
  note_systemd_file "$1"
  forget_snapshots displaced
}

# A file that is in the way as a whole.
displace_file() { # PATH
  local blob real shared in_the_way
  begin_changes && walk "$root$1" || return 1
  journaled displaced "$1 file" || { keep_blob "$root$real" && journal displaced "$1 file" "saved $blob"; } || return 1
  remove_file "$root$real" || return 1
  note_systemd_file "$1"
  forget_snapshots displaced
}

displaced_probe() { # `PATH WHOSE`
  have=displaced
}

displaced_undone() { # `PATH WHOSE` RECORD
  is_kept_copy "${1%% *}" "${2#saved }"
}

# The very file where nothing else changed; else the lines that were taken out, at its end. KIND_displaced NAME tells them.
displaced_set() { # `PATH WHOSE` RECORD
  local path content='' mode=- owner=- group=- line lines numbers missing='' rest='' now before whose=${1#* } kind
  [[ $2 == 'saved '* ]] || return 0
  read_for_change "${1%% *}" || return 1
  now=$content
  read_kept "${2#saved }" || { failure="the kept copy of ${1%% *} is missing or damaged" && return 1; }
  before=${content%$'\n'} lines=${content%$'\n'}$'\n'
  # A file as a whole is nobody's part.
  kind=${whose%% *}
  [[ $whose != *' '* ]] || "${kind}_displaced" "${whose#* }"
  while IFS= read -r line; do
    if [[ $'\n'$lines != *$'\n'"$line"$'\n'* ]]; then
      rest+=$line$'\n'
    elif [[ $'\n'$now$'\n' != *$'\n'"$line"$'\n'* ]]; then
      missing+=$line$'\n'
    fi
  done <<<"$before"
  if [[ ! -e $path ]] || { [[ $rest == "$now" || $rest == "$now"$'\n' || -z $now ]] && has_rights_of_blob "$path" "${2#saved }"; }; then
    restore_blob "$path" "${2#saved }"
  else
    [[ -z $now || $now == *$'\n' ]] || now+=$'\n'
    replace_file "$path" "$mode" "$now$missing" "$owner" "$group"
  fi && note_systemd_file "${1%% *}"
}
