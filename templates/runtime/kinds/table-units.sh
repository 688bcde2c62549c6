# ---- units that a boot starts, and may change the table ----------------------------------------------------------------------

# Units that a boot starts, by themselves or by a timer.
find_units() { # added to $starters
  local link name file content
  for link in "$root"/etc/systemd/system/*.wants/* "$root"/etc/systemd/system/*.requires/*; do
    name=${link##*/}
    [[ $name == *.@(service|timer) && $name != lvsgen-* ]] || continue
    # What these pull in, no boot does.
    [[ $link != */@(shutdown|reboot|halt|poweroff|kexec|*sleep|suspend|*hibernate|rescue|emergency|final).target.* ]] || continue
    if [[ $name == *.timer ]]; then
      ! is_masked_at_boot "$name" || continue
      if find_unit_file "$name" && read_text "$root$file" && [[ $'\n'$content =~ $'\n'[[:blank:]]*Unit[[:blank:]]*=[[:blank:]]*([^[:space:]]+[.]service) ]]; then
        name=${BASH_REMATCH[1]}
      fi
    fi
    name=${name%.*}
    [[ $name != *@* ]] || name=${name%%@*}@
    unit_starts "$name"
  done
}

# What a package brings for the table's own programs loads lvsgen's file, or is looked at by itself.
unit_starts() { # NAME, added to $starters
  local file dropped content resets=''
  local -a drops=()
  if [[ $1 == @(*/*|lvsgen-*) ]] || ! find_unit_file "$1.service" || is_masked_at_boot "$1.service"; then return 0; fi
  for dropped in "$root/etc/systemd/system/$1.service.d"/*.conf; do
    [[ ${dropped##*/} == lvsgen-* ]] || drops=("${dropped#"$root"}" ${drops[@]+"${drops[@]}"})
  done
  # An empty one takes back what stands before it: what comes last is read first.
  for dropped in ${drops[@]+"${drops[@]}"}; do
    starts "$dropped" "unit$resets"
    read_text "$root$dropped" || continue
    note_resets "$content"
  done
  [[ $1 == @(ipvsadm|keepalived|ldirectord) && $file != /etc/* ]] || starts "$file" "unit$resets"
}

note_resets() { # TEXT, added to $resets
  local key
  for key in ExecStart ExecStartPre ExecStartPost; do
    [[ ! $'\n'$1$'\n' =~ $'\n'[[:blank:]]*${key}[[:blank:]]*=[[:blank:]]*$'\n' ]] || resets+=" $key"
  done
}

# The one that counts; an empty one, or a link to /dev/null, is that of a unit that is masked.
find_unit_file() { # UNIT -> $file
  for file in etc/systemd/system usr/local/lib/systemd/system usr/lib/systemd/system lib/systemd/system; do
    file=/$file/$1
    [[ ! -e $root$file && ! -L $root$file ]] || return 0
  done
  return 1
}
