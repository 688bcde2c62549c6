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
  [[ $1 == */keepalived.conf ]] || look_into_daemon keepalived "$root"/etc/keepalived/*.conf
  look_into_daemon ldirectord "$root"/etc/ha.d/ldirectord.cf "$root"/etc/ldirectord.cf
  if [[ $changers ]]; then
    obstacle="the table is changed by others as well: ${changers%; }"
    obstacle+=$'\n'"Take it out there: a boot brings this table back without it. What starts services of others may stay, where it clears nothing."
  elif [[ -z $root && -e /sys/class/net/kube-ipvs0 ]]; then
    # (kubernetes/kube-proxy#6)
    obstacle="kube-proxy is at work in this table (kube-ipvs0 is here): it takes out services that it does not know"
    obstacle+=$'\n'"Give Kubernetes another proxy mode on this host, or this role another host."
  fi
}

service_lasting() { # -> ${lasting[@]}: nothing is taken away for it
  lasting=()
}

# rc.local, where systemd runs it, and scripts of SysV that no unit stands for.
find_boot_scripts() { # added to $starters
  local file link name
  if ! is_masked_at_boot rc-local.service; then
    for file in /etc/rc.d/rc.local /etc/rc.local; do
      [[ ! -x $root$file ]] || { starts "$file" '' && break; }
    done
  fi
  for link in "$root"/etc/rc[2-5].d/S* "$root"/etc/rc.d/rc[2-5].d/S*; do
    name=${link##*/S??} file=/etc/init.d/$name
    [[ $name != @(ipvsadm|keepalived|ldirectord) && -f $root$file ]] || continue
    [[ ! -e $root/etc/systemd/system/$name.service && ! -e $root/usr/lib/systemd/system/$name.service && ! -e $root/lib/systemd/system/$name.service ]] || continue
    starts "$file" ''
  done
}

# Units of the site's own that a boot starts.
find_units() { # added to $starters
  local link name
  for link in "$root"/etc/systemd/system/*.wants/*.service "$root"/etc/systemd/system/*.requires/*.service; do
    name=${link##*/}
    [[ $name != lvsgen-* && -f $root/etc/systemd/system/$name ]] || continue
    starts "/etc/systemd/system/$name" unit
  done
}

find_cron() { # added to $starters
  local file
  for file in "$root"/etc/crontab "$root"/etc/cron.d/* "$root"/var/spool/cron/root "$root"/var/spool/cron/crontabs/root; do
    starts "${file#"$root"}" ''
  done
}

# What writes described services by a file of its own, where a boot starts it: the one takes back what the other sets.
look_into_daemon() { # NAME FILE below $root...
  local link file content line
  local -a text_lines=()
  for link in "$root"/etc/systemd/system/*.wants/"$1.service" "$root"/etc/systemd/system/*.requires/"$1.service"; do
    [[ ! -L $link ]] || break
  done
  [[ -L $link ]] || return 0
  shift
  for file in "$@"; do
    # What lvsgen wrote goes with the apply that describes no health checks any more.
    if ! read_text "$file" || [[ $content == '# lvsgen-'* ]]; then continue; fi
    split_lines "$(described_by_daemon || :)"
    for line in "${text_lines[@]}"; do # never empty
      [[ ! $line ]] || changers+="${file#"$root"}:$line; "
    done
  done
}

# Prints the first described service that a file of keepalived or ldirectord has, `NUMBER WHAT`. (keepalived.conf(5), ldirectord(8))
described_by_daemon() { # with $content and ${services[@]}
  {
    ((${#services[@]} == 0)) || printf '%s\n' "${services[@]}" # never empty
    printf '\n%s\n' "$content"
  } | awk '
    !text && $0 == "" { text = 1; next }
    !text { own[$0] = 1; next }
    { number++ }
    $1 == "virtual_server" {
      sub(/[{].*/, "")
      word = "virtual_server "
      if ($2 == "fwmark") key = "-f " $3
      else if ($2 ~ /:/) key = "[" $2 "]:" $3
      else key = $2 ":" $3
    }
    /^[ \t]*virtual[ \t]*=/ {
      key = $0
      word = "virtual="
      sub(/^[^=]*=[ \t]*/, "", key)
      sub(/[ \t#].*/, "", key)
      if (key ~ /^[0-9]+$/) key = "-f " key
    }
    key != "" {
      if (key in own || key " -6" in own || "-t " key in own || "-u " key in own || "--sctp-service " key in own) {
        print number " " word key
        exit
      }
      key = ""
    }'
}

starts() { # FILE unit|'', added to $starters
  local content name=$1
  [[ -z $2 ]] || name+=$'\1'$2
  [[ $starters != *$'\1'"$name"$'\n'* ]] || return 0
  ! read_text "$root$1" || starters+=$'\1'$name$'\n'$content$'\n'
}

# Scripts among the files that those name.
read_called() { # with ${calls[@]} -> $called
  local path content
  for path in ${calls[@]+"${!calls[@]}"}; do
    if [[ ${path##*/} == ipvsadm* || ! -f $root$path ]] || ! read_text "$root$path" || [[ $content != '#!'* ]]; then continue; fi
    called+=$'\1'"$path (${calls[$path]})"$'\n'"$content"$'\n'
  done
}

# -> added to $changers, with the first line of each file that changes the table; ${calls[PATH]}: by which file it is named
look_into() { # TEXTS, each behind U+0001 and its file's name
  local line
  local -a text_lines=()
  [[ $1 ]] || return 0
  split_lines "$(table_changes "$1" || :)"
  for line in "${text_lines[@]}"; do # never empty
    case $line in
      'calls '*)
        line=${line#calls }
        calls[${line%% *}]=${line#* }
        ;;
      *' '*) changers+="$line; " ;;
    esac
  done
}

# Prints `FILE:NUMBER WHAT`, and `calls PATH FILE` for each path in what is run. (A boot does not take the branch `stop` of a script.)
table_changes() { # TEXTS, with ${services[@]}
  {
    ((${#services[@]} == 0)) || printf '%s\n' "${services[@]}" # never empty
    printf '\n%s' "$1"
  } | awk "$rule_awk"'
    !text && $0 == "" { text = 1; next }
    !text { own[$0] = 1; next }
    /^\001/ {
      file = substr($0, 2)
      unit = sub(/\001unit$/, "", file)
      by = file ~ / \(/ ? substr(file, index(file, " (")) : ""
      sub(/ \(.*/, "", file)
      number = stops = told = 0
      next
    }
    { number++; whole = $0 }
    /^[ \t]*[#;]/ || (unit && !/^Exec(Start|StartPre|StartPost)=/) { next }
    /^[ \t]*\(?["\047]?stop["\047]?\)/ { stops = 1 }
    !stops {
      line = whole
      while (match(line, "/[^] \t\"\047;|&<>()=:,[]+")) {
        print "calls " substr(line, RSTART, RLENGTH) " " file
        line = substr(line, RSTART + RLENGTH)
      }
      line = whole
      while (!told && match(line, /[Ii][Pp][Vv][Ss][Aa][Dd][Mm][}"\047]*[ \t]+-/)) {
        line = substr(line, RSTART + RLENGTH - 1)
        $0 = line
        if ($1 ~ /^(-C|--clear)[;&|)"\047]*$/) { print file ":" number " ipvsadm -C" by; told = 1 }
        gsub(/["\047;]/, "")
        if ($1 !~ /^(-[AEDaed]|--(add|edit|delete)-(service|server))$/) continue
        action = $1
        $1 = "-A"
        key = rule_key()
        if (!told && key != "" && key in own) { print file ":" number " ipvsadm " action " " key by; told = 1 }
      }
    }
    whole ~ /;;/ { stops = 0 }'
}
