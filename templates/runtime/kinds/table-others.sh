# ---- what else changes the table at a boot, or again and again ------------------------------------------------------------
#
# A host that was a director by hand has it in a script: `ipvsadm -C`, and then the rules. rc.local runs it, or a unit, or cron, after what
# brings lvsgen's table back. What clears the table is refused, and what sets a described service; services of others are their matter.

table_rivals() { # FILE that brings the table about
  local changers='' starters='' called='' is_kept=$1 first
  local -a services=() text_lines=()
  local -A calls=() orders=() started=()
  [[ $described_table ]] || is_kept=''
  load_described_table
  services_in "$described_table"
  services=(${text_lines[@]+"${text_lines[@]}"})
  # Of a long table each copy counts.
  [[ $is_kept ]] || described_table=''
  find_boot_scripts
  find_units
  find_cron
  first=${#starters}
  look_into "$starters"
  # What those start by name.
  look_into "${starters:first}"
  # Where keepalived is described its file is lvsgen's, or is taken over.
  [[ $watched_file ]] || look_into_daemon keepalived /etc/keepalived/keepalived.conf
  look_into_daemon ldirectord /etc/ha.d/ldirectord.cf /etc/ldirectord.cf
  read_called
  look_into "$called"
  [[ $changers ]] || return 0
  obstacle="the table is changed by others as well: ${changers%; }"
  obstacle+=$'\n'"Take it out there: a boot brings this table back without it. What starts services of others may stay, where it clears nothing."
  obstacle+=$'\n'"A line that is meant, or never runs, is left alone with the comment '# lvsgen: meant' behind it or on the line before."
}

table_lasting() { # -> ${lasting[@]}: nothing is taken away for it
  lasting=()
}

# rc.local, where systemd runs it; scripts of SysV that no unit stands for; what ifupdown and NetworkManager do for their interfaces.
find_boot_scripts() { # added to $starters
  local file link name script
  if ! is_masked_at_boot rc-local.service; then
    for file in /etc/rc.d/rc.local /etc/rc.local; do
      [[ ! -x $root$file ]] || { starts "$file" '' && break; }
    done
  fi
  for link in "$root"/etc/rc[2-5].d/S* "$root"/etc/rc.d/rc[2-5].d/S*; do
    name=${link##*/S??} script=/etc/init.d/${link##*/S??}
    [[ $name != @(ipvsadm|keepalived|ldirectord) && -x $root$script ]] || continue
    find_unit_file "$name.service" || starts "$script" ''
  done
  if ! is_masked_at_boot NetworkManager.service && ! is_masked_at_boot NetworkManager-dispatcher.service; then
    for file in "$root"/etc/NetworkManager/dispatcher.d/* "$root"/etc/NetworkManager/dispatcher.d/pre-up.d/*; do
      if [[ -x $file && $file != *@(/50-lvsgen-*|~|.bak|.rpmnew|.rpmorig|.rpmsave|.swp) ]]; then starts "${file#"$root"}" dispatcher; fi
    done
  fi
  runs_ifupdown || return 0
  # run-parts(8) takes no name with a point.
  for file in "$root"/etc/network/if-pre-up.d/* "$root"/etc/network/if-up.d/*; do
    if [[ -x $file && ${file##*/} != *.* ]]; then starts "${file#"$root"}" ''; fi
  done
  for file in "$root"/etc/network/interfaces "$root"/etc/network/interfaces.d/*; do
    starts "${file#"$root"}" interfaces
  done
}

# Its file stays where another program has taken the network over.
runs_ifupdown() {
  ! is_masked_at_boot networking.service && [[ ! -d $root/usr/sbin || -x $root/usr/sbin/ifup || -x $root/sbin/ifup ]]
}

# Cron passes over what editors and packages leave in its directories, and Debian's over every name with a point (cron(8)).
find_cron() { # added to $starters
  local file
  for file in "$root"/etc/cron.d/* "$root"/etc/cron.hourly/* "$root"/etc/cron.daily/* "$root"/etc/cron.weekly/* "$root"/etc/cron.monthly/*; do
    [[ $file != *@(~|.bak|.disabled|.dpkg-*|.rpmnew|.rpmorig|.rpmsave|.swp) ]] || continue
    [[ ! -e $root/etc/debian_version || ${file##*/} != *.* ]] || continue
    if [[ $file == */cron.d/* ]]; then starts "${file#"$root"}" cron; elif [[ -x $file ]]; then starts "${file#"$root"}" ''; fi
  done
  for file in /etc/crontab /var/spool/cron/root /var/spool/cron/crontabs/root; do starts "$file" cron; done
  starts /etc/anacrontab anacron
}

starts() { # FILE unit|cron|anacron|interfaces|dispatcher|'', added to $starters
  local content name=$1
  [[ -z $2 ]] || name+=$'\1'$2
  # What the kernel makes as it is read, and may keep whoever reads waiting, has no size.
  [[ -f $root$1 && -s $root$1 && -z ${started[$1]:-} ]] || return 0
  started[$1]=1
  if ! read_text "$root$1"; then
    # A shell passes over a NUL.
    [[ $content == '#!'* ]] || return 0
    content=$(tr -d '\0' <"$root$1" || :)
  fi
  starters+=$'\1'$name$'\n'$content$'\n'
}

# Scripts among the files that those name: what has `#!` and may be run, or stands behind the name of a shell; and rules that are loaded. No
# script of lvsgen's own, which says what it looks for; and none of a share, whose server may not answer.
read_called() { # with ${calls[@]} and ${orders[@]} -> $called
  local path how head mounted type
  local -a shares=()
  if [[ -z $root ]]; then
    while read -r _ mounted type _; do
      [[ $type != @(nfs*|cifs|smb*|ceph|glusterfs|fuse*|9p|autofs|lustre|gpfs|beegfs|ocfs2|gfs2) ]] || shares+=("$mounted")
    done </proc/self/mounts
  fi
  for path in ${calls[@]+"${!calls[@]}"}; do
    how=${calls[$path]%% *}
    [[ $path != @(/proc|/sys|/dev|/run)/* && $path != */@(ipvsadm|ipvsadm-save|ipvsadm-restore) ]] || continue
    [[ -z ${started[$path]:-} && " ${table_files[*]+"${table_files[*]}"} " != *" $path "* ]] || continue
    if lies_on_share "$path" || [[ ! -f $root$path || ! -r $root$path || ! -s $root$path ]]; then continue; fi
    [[ $how != word || -x $root$path ]] || continue
    head=''
    { IFS= read -r -d '' -n 1048576 head <"$root$path"; } 2>/dev/null || :
    [[ $how != word || $head == '#!'* ]] || continue
    [[ $head != *$'\nlvsgen_runtime='* ]] || continue
    called+=$'\1'"$path (${calls[$path]#* })"
    if [[ $how == rules ]]; then called+=$'\1'rules; elif [[ ${orders[$path]:-} ]]; then called+=$'\1'told${orders[$path]}; fi
    called+=$'\n'$head$'\n'
  done
}

lies_on_share() { # PATH, with ${shares[@]}
  local mounted
  for mounted in ${shares[@]+"${shares[@]}"}; do [[ $1 != "$mounted"/* ]] || return 0; done
  return 1
}

# -> added to $changers, with the first line of each file that changes the table; ${calls[PATH]}: `word|shell|rules FILE`, which names it, and
# ${orders[PATH]} what it is told to do
look_into() { # TEXTS, each behind U+0001 and its file's name
  local line path how answer
  local -a text_lines=()
  [[ $1 ]] || return 0
  whole_answer "$(table_changes "$1" || :)"
  split_lines "${answer%$'\n'}"
  for line in "${text_lines[@]}"; do # never empty
    case $line in
      'calls '*)
        line=${line#calls } path=${line%% *} line=${line#* } how=${line%% *}
        [[ $how != *,* ]] || orders[$path]+=" ${how#*,}"
        [[ ${calls[$path]:-word} != 'word'* ]] || calls[$path]="${how%,*} ${line#* }"
        ;;
      'starts '*)
        line=${line#starts } path=${line%% *}
        if find_unit_file "$path.service"; then unit_starts "$path"; elif [[ $path != @(ipvsadm|keepalived|ldirectord) ]]; then starts "/etc/init.d/$path" ''; fi
        ;;
      *' '*) changers+="$line; " ;;
    esac
  done
}

# What writes described services by a file of its own, where a boot starts it: the one takes back what the other sets.
look_into_daemon() { # NAME FILE...
  local link file content line name=$1 included head
  local -a text_lines=()
  for link in "$root"/etc/systemd/system/*.wants/"$1.service" "$root"/etc/systemd/system/*.requires/"$1.service"; do
    [[ ! -L $link ]] || break
  done
  if [[ ! -L $link ]] || ! find_unit_file "$1.service" || [[ ! -s $root$file ]]; then return 0; fi
  shift
  for file in "$@"; do
    # What lvsgen wrote goes with the apply that describes no health checks any more.
    if ! read_text "$root$file" || [[ $content == '# lvsgen-'* ]]; then continue; fi
    look_into_file "$file"
    [[ $name == keepalived ]] || continue
    split_lines "$content"
    for line in "${text_lines[@]}"; do # never empty
      [[ $line =~ ^[[:blank:]]*include[[:blank:]]+([^[:blank:]]+) ]] || continue
      line=${BASH_REMATCH[1]}
      [[ $line == /* ]] || line=/etc/keepalived/$line
      while IFS= read -r included; do
        [[ -f $included ]] || continue
        head=''
        { IFS= read -r -d '' -n 1048576 head <"$included"; } 2>/dev/null || :
        content=$head
        look_into_file "${included#"$root"}"
      done < <(compgen -G "$root$line" || :)
    done
  done
}

look_into_file() { # FILE, with its $content and its daemon's $name, added to $changers
  local answer
  whole_answer "$(described_by_daemon || :)"
  [[ -z $answer ]] || changers+="$1: ${answer%$'\n'}; "
  [[ $name != keepalived ]] || look_into $'\1'"$1"$'\1'"keepalived"$'\n'"$content"$'\n'
}
