# ---- settings that something else on this host would make otherwise at the next boot ------------------------------

# Lines of files that count after lvsgen's, and files of another cluster, which has the same host to itself as little as this one.
sysctl_rivals() { # FILE of lvsgen's, with its lines in $text
  local key at shown found='' clashes='' only_ours=1
  local -a wanted_keys=()
  local -A wanted=() final=() final_at=() differs=()
  if is_masked_at_boot systemd-sysctl.service; then
    obstacle='systemd-sysctl.service is masked: nothing sets these at the next boot, and addresses come up without them'
    obstacle+=$'\n'"Let it run at boot again: systemctl unmask systemd-sysctl.service"
    return
  fi
  described_settings
  find_other_clusters "$1"
  find_later "$1"
  for key in ${wanted_keys[@]+"${wanted_keys[@]}"}; do
    [[ ${final[$key]-${wanted[$key]}} != "${wanted[$key]}" ]] || continue
    at=${final_at[$key]}
    shown_setting "$key"
    found+="; at the next boot $at "
    if [[ ${final[$key]} == - ]]; then found+="leaves $shown as the kernel has it"; else found+="sets $shown to ${final[$key]}"; fi
    found+=", and described is ${wanted[$key]}"
    may_oust "${at%:*}" || only_ours=''
  done
  [[ $found$clashes ]] || return 0
  obstacle=$clashes$found obstacle=${obstacle#; }
  if [[ $clashes ]]; then
    obstacle+=$'\n'"A host has one value of a setting: describe the same in both clusters. Where it is to change in both, leave it out of one first (forwarding: \"keep\"), and apply that."
  elif [[ $only_ours ]]; then
    adoptable=1
    obstacle+=$'\n'"Take the line out, or describe what it says; --adopt takes it out, and uninstall puts it back."
  else
    obstacle+=$'\n'"Describe what it says, or see that it is not read: a file of the same name in /etc/sysctl.d takes the place of one in /run or /usr/lib."
  fi
}

# All lines for a setting go that would be otherwise, of each file that makes it so: with the last alone another would be the last.
sysctl_oust() { # FILE of lvsgen's, with its lines in $text
  local file key lines content real shared in_the_way
  local -a wanted_keys=()
  local -A wanted=() final=() final_at=() differs=()
  described_settings
  find_later "$1"
  for file in ${boot_files[@]+"${boot_files[@]}"}; do
    may_oust "$file" || continue
    for key in ${wanted_keys[@]+"${wanted_keys[@]}"}; do
      [[ ${differs["$file $key"]:-} && ${final[$key]} != "${wanted[$key]}" ]] || continue
      if ! walk "$root$file" last || ! read_found; then continue; fi
      sysctl_displaced "$key"
      [[ -z $lines ]] || displace "$file" "sysctl $key" "$lines" || return 1
    done
  done
}

sysctl_displaced() { # KEY, with $content -> $lines
  local line key value
  lines=''
  while IFS= read -r line; do
    ! split_boot_setting "$line" || [[ $key != "$1" ]] || lines+=$line$'\n'
  done <<<"$content"
}

# What is taken away for a setting is by its path below /proc/sys, however its line is written.
sysctl_lasting() { # with $text -> ${lasting[@]}
  local -a wanted_keys=()
  local -A wanted=()
  described_settings
  lasting=(${wanted_keys[@]+"${wanted_keys[@]}"})
}

described_settings() { # with $text -> $wanted, by the ${wanted_keys[@]} in their order
  local line key value
  while IFS= read -r line; do
    ! split_boot_setting "$line" || { wanted_keys+=("$key") && wanted[$key]=$value; }
  done <<<"$text"
}

# What packages bring, or a boot, comes again, also where the site made a link to it.
may_oust() { # FILE
  local real shared in_the_way
  [[ $1 != *[[:space:]]* ]] && ! is_of_a_role "$1" && walk "$root$1" last && [[ $real == @(/etc|/usr/local)/* ]]
}

# -> $final and $final_at: for each described setting that they set, what the last line sets it to, and where that is; $differs: where one sets
# it otherwise
find_later() { # FILE
  local file line number key value content='' real shared in_the_way holder
  find_boot_files "${1##*/}"
  for file in ${boot_files[@]+"${boot_files[@]}"}; do
    # Another cluster's is a clash in any order; the same cluster's is mended by that role's script, which was built together with this one.
    if is_of_a_role "$file" && [[ $command != verify || $holder != "${state_dir%/*}"/* ]]; then continue; fi
    if ! walk "$root$file" last || ! read_found; then continue; fi
    number=0
    while IFS= read -r line; do
      number=$((number + 1))
      if ! split_boot_setting "$line" || [[ ! ${wanted[$key]+x} ]]; then continue; fi
      final[$key]=$value final_at[$key]=$file:$number
      [[ $value == "${wanted[$key]}" ]] || differs["$file $key"]=1
    done <<<"$content"
  done
}

# Another cluster's file counts whichever comes first: what one apply sets, the other takes back. -> $clashes
find_other_clusters() { # FILE
  local file line number key value shown content real shared in_the_way holder
  for file in "$root"/etc/sysctl.d/99-zz-lvsgen-*.conf; do
    file=${file#"$root"}
    if [[ $file == "$1" || ! -f $root$file ]] || ! is_of_a_role "$file" || [[ $holder == "${state_dir%/*}"/* ]]; then continue; fi
    if ! walk "$root$file" last || ! read_found; then continue; fi
    number=0
    while IFS= read -r line; do
      number=$((number + 1))
      if ! split_boot_setting "$line" || [[ $value == - || ${wanted[$key]-$value} == "$value" ]]; then continue; fi
      shown_setting "$key"
      clashes+="; $shown is $value for ${holder#"$state_home"/} ($file:$number), and ${wanted[$key]} is described here"
    done <<<"$content"
  done
}

# Does a role of lvsgen's describe it? Its script has it mended.
is_of_a_role() { # FILE -> $holder
  [[ $1 == /etc/sysctl.d/99-zz-lvsgen-* ]] || return 1
  holder=$state_dir
  [[ -z ${described["file $1"]:-} ]] || return 0
  held_elsewhere "file $1" || has_own_record "$1"
}

# Described no longer: it goes with this apply.
has_own_record() { # FILE -> $holder
  local escaped
  load_roles
  escape "$1"
  holder=$state_dir
  [[ ${roles_with["file $escaped"]:-} == *" $cluster/$role "* ]]
}
