# ---- what else changes the table at a boot, or again and again ------------------------------------------------------------
#
# A host that was a director by hand has it in a script: `ipvsadm -C`, and then the rules. rc.local runs it, or a unit, or cron, after what
# brings lvsgen's table back. What clears the table is refused, and what sets a described service; services of others are their matter.

service_rivals() { # FILE that brings the table about, with its $text
  local i changers='' starters='' called=''
  local -a services=() text_lines=()
  local -A calls=()
  if [[ $1 == */keepalived.conf ]]; then
    for ((i = 0; i < ${#r_kind[@]}; i++)); do [[ ${r_kind[i]} != service ]] || text_lines+=("${r_name[i]}"); done
  else
    services_in "$text"
  fi
  services=(${text_lines[@]+"${text_lines[@]}"})
  find_boot_scripts
  find_units
  find_cron
  look_into "$starters"
  read_called
  look_into "$called"
  # Where keepalived is described its file is lvsgen's, or is taken over.
  [[ $watched_file ]] || look_into_daemon keepalived /etc/keepalived/keepalived.conf
  look_into_daemon ldirectord /etc/ha.d/ldirectord.cf /etc/ldirectord.cf
  [[ $changers ]] || return 0
  obstacle="the table is changed by others as well: ${changers%; }"
  obstacle+=$'\n'"Take it out there: a boot brings this table back without it. What starts services of others may stay, where it clears nothing."
}

service_lasting() { # -> ${lasting[@]}: nothing is taken away for it
  lasting=()
}

# rc.local, where systemd runs it; scripts of SysV that no unit stands for; what ifupdown does for its interfaces.
find_boot_scripts() { # added to $starters
  local file link name
  if ! is_masked_at_boot rc-local.service; then
    for file in /etc/rc.d/rc.local /etc/rc.local; do
      [[ ! -x $root$file ]] || { starts "$file" '' && break; }
    done
  fi
  for link in "$root"/etc/rc[2-5].d/S* "$root"/etc/rc.d/rc[2-5].d/S*; do
    name=${link##*/S??}
    [[ $name != @(ipvsadm|keepalived|ldirectord) ]] || continue
    find_unit_file "$name.service" || starts "/etc/init.d/$name" ''
  done
  for file in "$root"/etc/network/interfaces "$root"/etc/network/interfaces.d/*; do
    starts "${file#"$root"}" interfaces
  done
}

# Units that a boot starts, by themselves or by a timer of the same name.
find_units() { # added to $starters
  local link name file
  for link in "$root"/etc/systemd/system/*.wants/* "$root"/etc/systemd/system/*.requires/*; do
    name=${link##*/}
    [[ $name == *.@(service|timer) && $name != @(ipvsadm|keepalived|ldirectord).service && $name != lvsgen-* ]] || continue
    name=${name%.*}
    [[ $name != *@* ]] || name=${name%%@*}@
    if find_unit_file "$name.service"; then starts "$file" unit; fi
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

# Cron passes over what editors and packages leave in its directories, and Debian's over every name with a point (cron(8)).
find_cron() { # added to $starters
  local file
  for file in "$root"/etc/cron.d/* "$root"/etc/cron.hourly/* "$root"/etc/cron.daily/*; do
    [[ $file != *@(~|.bak|.disabled|.dpkg-*|.rpmnew|.rpmorig|.rpmsave|.swp) ]] || continue
    [[ ! -e $root/etc/debian_version || ${file##*/} != *.* ]] || continue
    starts "${file#"$root"}" ''
  done
  for file in /etc/crontab /var/spool/cron/root /var/spool/cron/crontabs/root; do starts "$file" ''; done
}

starts() { # FILE unit|interfaces|'', added to $starters
  local content name=$1
  [[ -z $2 ]] || name+=$'\1'$2
  [[ -f $root$1 && $starters != *$'\1'"$name"$'\n'* ]] || return 0
  ! read_text "$root$1" || starters+=$'\1'$name$'\n'$content$'\n'
}

# Scripts among the files that those name: what has `#!`, or stands behind the name of a shell. No script of lvsgen's own, which says what
# it looks for; and none of a share, whose server may not answer.
read_called() { # with ${calls[@]} -> $called
  local path head content mounted type
  local -a shares=()
  if [[ -z $root ]]; then
    while read -r _ mounted type _; do
      [[ $type != @(nfs*|cifs|smb*|ceph|glusterfs|fuse*|9p) ]] || shares+=("$mounted")
    done </proc/self/mounts
  fi
  for path in ${calls[@]+"${!calls[@]}"}; do
    [[ $path != @(/proc|/sys|/dev|/run)/* && $path != */@(ipvsadm|ipvsadm-save|ipvsadm-restore) ]] || continue
    if lies_on_share "$path" || [[ ! -f $root$path || ! -r $root$path ]]; then continue; fi
    head=''
    { IFS= read -r -d '' -n 1048576 head <"$root$path"; } 2>/dev/null || :
    [[ $head == '#!'* || ${calls[$path]} == 'shell '* ]] || continue
    [[ $head != *$'\nlvsgen_runtime='* ]] || continue
    called+=$'\1'"$path (${calls[$path]#* })"$'\n'"$head"$'\n'
  done
}

lies_on_share() { # PATH, with ${shares[@]}
  local mounted
  for mounted in ${shares[@]+"${shares[@]}"}; do [[ $1 != "$mounted"/* ]] || return 0; done
  return 1
}

# -> added to $changers, with the first line of each file that changes the table; ${calls[PATH]}: `shell FILE` or `word FILE`, which names it
look_into() { # TEXTS, each behind U+0001 and its file's name
  local line path
  local -a text_lines=()
  [[ $1 ]] || return 0
  split_lines "$(table_changes "$1" || :)"
  for line in "${text_lines[@]}"; do # never empty
    case $line in
      'calls '*)
        line=${line#calls } path=${line%% *}
        [[ ${calls[$path]:-} == 'shell '* ]] || calls[$path]=${line#* }
        ;;
      *' '*) changers+="$line; " ;;
    esac
  done
}

# What writes described services by a file of its own, where a boot starts it: the one takes back what the other sets.
look_into_daemon() { # NAME FILE...
  local link file content line name=$1 included
  local -a text_lines=()
  for link in "$root"/etc/systemd/system/*.wants/"$1.service" "$root"/etc/systemd/system/*.requires/"$1.service"; do
    [[ ! -L $link ]] || break
  done
  if [[ ! -L $link ]] || ! find_unit_file "$1.service" || [[ ! -s $root$file ]]; then return 0; fi
  shift
  for file in "$@"; do
    # What lvsgen wrote goes with the apply that describes no health checks any more.
    if ! read_text "$root$file" || [[ $content == '# lvsgen-'* ]]; then continue; fi
    if [[ $name == keepalived && $'\n'$content == *$'\n'*([[:blank:]])include* ]]; then
      for included in "$root"/etc/keepalived/*.conf "$root"/etc/keepalived/*/*.conf; do
        [[ ! -f $included || $included == "$root$file" ]] || content+=$'\n'$(cat -- "$included" 2>/dev/null)
      done
    fi
    split_lines "$(described_by_daemon || :)"
    for line in "${text_lines[@]}"; do # never empty
      [[ ! $line ]] || changers+="$file: $line; "
    done
  done
}
