# ---- a file that lvsgen names itself: nobody else's may stand there -------------------------------------------------

# What brings up addresses and units at boot. (Files of the description are meant to replace what is there.)
is_own_name() { # PATH
  case $1 in
    /etc/sysconfig/network-scripts/ifcfg-*:* | /etc/exports.d/lvsgen-*) ;;
    /etc/keepalived/* | /etc/logrotate.d/lvsgen) ;;
    /etc/network/* | /etc/netplan/* | /etc/NetworkManager/* | /etc/systemd/*) [[ $1 == *"lvsgen-$cluster-$role"* ]] ;;
    *) return 1 ;;
  esac
}

file_obstacle() { # PATH, with $state and $text
  local others holder
  if [[ ${secret_texts[$1]:-} == withheld ]]; then
    secret_obstacle "$1"
    [[ -z $obstacle ]] || return 0
  fi
  is_own_name "$1" || return 0
  find_same_rotation "$1"
  if [[ $others ]]; then
    obstacle="$others: logrotate takes no log that two of its files name, and leaves out one of the two with all that is in it"
    obstacle+=$'\n'"Take that out of the file: lvsgen brings a rotation of its logs along."
    return 0
  fi
  find_same_aliases "$1"
  if [[ $others ]]; then
    adoptable=1
    obstacle="${others// /, } brings the same address up"$'\n'"Of two such files the network scripts refuse one: move it away, or let --adopt do so."
    return 0
  fi
  find_same_stanzas "$1"
  if [[ $others ]]; then
    obstacle="$others"
    obstacle+=$'\n'"With both, ifup fails where the address is there already, or gives it another length at the next boot. Take that out of the file; what is live may stay."
    return 0
  fi
  if file_same_as_described "$1" || [[ $have == absent || $have == unreachable ]]; then return 0; fi
  # Two clusters that number their aliases from the same number: the second would take the address of the first from the next boot.
  if [[ $1 != /etc/logrotate.d/lvsgen ]] && held_elsewhere "file $1" && [[ $holder != "${state_dir%/*}"/* ]]; then
    obstacle="it is of ${holder#"$state_home"/}, with something else in it"
    case $1 in
      /etc/exports.d/*)
        adoptable=1
        obstacle+=$'\n'"A host has one set of options for a path and a client: describe the same in both, and let --adopt write it for both."
        ;;
      /etc/keepalived/*) obstacle+=$'\n'"A host runs one keepalived: let one cluster describe all services of its directors." ;;
      *) obstacle+=$'\n'"Another number for the aliases of this host, or none: \"alias\" in the description." ;;
    esac
    return 0
  fi
  if is_ours "$1" || is_as_packaged "$1"; then return 0; fi
  adoptable=1
  obstacle='it is there, and lvsgen did not write it'$'\n'"Look at it: $root$1. If nobody needs it, move it away, or let --adopt take its place."
  [[ $1 != */ifcfg-* ]] || obstacle+=$'\n'"Another number for the aliases of this host: \"alias\" in the description."
}

file_same_as_described() { # PATH, with $state and $text -> $have
  file_probe "$1"
  file_same "$1"
}

# A sample that a package brought along, and nobody has touched: rpm knows what it was.
is_as_packaged() { # PATH
  local said
  [[ $1 == /etc/keepalived/* && -z $root ]] && command -v rpm >/dev/null && rpm -qf -- "$1" >/dev/null 2>&1 || return 1
  said=$(rpm -Vf --nodeps --nomtime -- "$1" 2>/dev/null) || :
  [[ $'\n'$said$'\n' != *" $1"$'\n'* ]]
}

# Has a role a record of it (also one whose apply did not get as far as taking it away), or does another one hold it?
is_ours() { # PATH
  local escaped holder
  load_roles
  escape "$1"
  [[ ${roles_with["file $escaped"]:-} ]] || held_elsewhere "file $1"
}

# Lines of others that have logrotate put lvsgen's logs aside. (It reads no file whose name ends like one of these: `taboo` in logrotate(8).)
find_same_rotation() { # PATH -> $others
  local file content line number
  others=''
  [[ $1 == /etc/logrotate.d/lvsgen ]] || return 0
  for file in "$root/etc/logrotate.conf" "$root"/etc/logrotate.d/*; do
    [[ $file != "$root$1" && -f $file && $file != *@(~|,v|.bak|.cfsaved|.disabled|.dpkg-*|.rpmnew|.rpmorig|.rpmsave|.swp|.ucf-*) ]] || continue
    if is_ours "${file#"$root"}" || ! read_text "$file"; then continue; fi
    number=0
    while IFS= read -r line; do
      number=$((number + 1))
      [[ $line == *([[:blank:]])'#'* || $line != */var/log/lvsgen/* ]] || others+="${others:+, }line $number of ${file#"$root"} names lvsgen's logs as well"
    done <<<"$content"
  done
}

alias_address() { # PATH TEXT -> $address; fails where it is no file of an alias
  [[ $1 == */ifcfg-*:* && $2 == *$'\nIPADDR='* ]] || return 1
  address=${2#*$'\nIPADDR='} address=${address%%$'\n'*}
}

# Other roles have to know which addresses the files of this one bring up, and what an export is as.
file_holds() { # INDEX, added to $keys
  local address
  ! alias_address "${r_name[$1]}" "${r_text[$1]}" || keys+="brings $address"$'\n'
}

file_agrees() { # PATH
  [[ $1 == /etc/exports.d/lvsgen-* ]]
}

# Other alias files with the address of this one, on whichever interface. -> $others
find_same_aliases() { # PATH, with $text
  local address file content line holder
  others=''
  alias_address "$1" "$text" || return 0
  for file in "${root}${1%/*}"/ifcfg-*:*; do
    [[ $file != "$root$1" && -f $file && $file != *@(~|.bak|.old|.orig|.rpmnew|.rpmorig|.rpmsave) ]] || continue
    read_text "$file" || continue
    while IFS= read -r line; do
      line=${line//[\"\'$'\r']/}
      [[ $line == "IPADDR=$address" || $line == "IPADDR0=$address" ]] || continue
      file=${file#"$root"}
      # That of another cluster or role, or of a former label.
      is_ours "$file" || others+=${others:+ }$file
      break
    done <<<"$content"
  done
}

# IPADDR1= and the like in the files of the interfaces themselves, which --adopt does not take away. -> $others
find_numbered() { # PATH of an alias, with $address
  local file content line number
  for file in "${root}${1%/*}"/ifcfg-*; do
    [[ ${file##*/} != *:* && -f $file && $file != *@(~|.bak|.old|.orig|.rpmnew|.rpmorig|.rpmsave) ]] || continue
    if is_ours "${file#"$root"}" || ! read_text "$file"; then continue; fi
    number=0
    while IFS= read -r line; do
      number=$((number + 1))
      [[ ${line//[\"\'$'\r']/} == IPADDR*([0-9])="$address" ]] || continue
      others+="${others:+, }line $number of ${file#"$root"} brings up $address as well: $line"
    done <<<"$content"
  done
}

# Lines of others in files of ifupdown that bring up an address of this one, or of the network scripts. -> $others
find_same_stanzas() { # PATH, with $text
  local address file content line number addresses=' '
  others=''
  if alias_address "$1" "$text"; then
    find_numbered "$1"
    return
  fi
  [[ $1 == /etc/network/interfaces.d/* ]] || return 0
  while IFS= read -r line; do
    [[ $line != *' address replace '* ]] || { line=${line#*' address replace '} && addresses+="${line%%/*} "; }
  done <<<"$text"
  for file in "$root/etc/network/interfaces" "$root"/etc/network/interfaces.d/*; do
    # What stands at its own place, this one takes the place of.
    if [[ $file == "$root$1" || ! -f $file ]] || is_ours "${file#"$root"}" || ! read_text "$file"; then continue; fi
    number=0
    while IFS= read -r line; do
      number=$((number + 1))
      ! brings_up_one "$line" || others+="${others:+, }line $number of ${file#"$root"} brings up $address as well: ${line#"${line%%[![:space:]]*}"}"
    done <<<"$content"
  done
}

# `address A`, or a command of `up` (interfaces(5)): ip address add, or ifconfig, as older procedures have it.
brings_up_one() { # LINE, with $addresses -> $address
  local word
  local by_ip='(^|[[:blank:]/;])ip[[:blank:]](.*[[:blank:]])?a[dres]*[[:blank:]]+(add|append|change|replace)[[:blank:]]'
  local by_ifconfig='(^|[[:blank:]/;])ifconfig[[:blank:]]'
  local -a words=()
  [[ $1 == *[![:blank:]]* ]] || return 1
  split_words "$1"
  case ${words[0]} in
    address) ;;
    up | pre-up | post-up) [[ $1 =~ $by_ip || $1 =~ $by_ifconfig ]] || return 1 ;;
    *) return 1 ;;
  esac
  for word in "${words[@]:1}"; do # never empty
    address=${word%%/*}
    [[ $addresses != *" $address "* ]] || return 0
  done
  return 1
}

file_adopt() { # PATH, with $text
  local others file address
  local -a words=()
  find_same_aliases "$1"
  split_words "$others"
  alias_address "$1" "$text" || return 0
  for file in ${words[@]+"${words[@]}"}; do displace_file "$file" "file $address" || return 1; done
}

# Any file of lvsgen's that brings up the address needs those of others away.
file_away() { # ADDRESS -> $key
  key="brings $1"
}
