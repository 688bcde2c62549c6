# ---- --collect: what this host has of its own, as a folder for `lvsgen import` ------------------------------------------
#
# It is asked of hosts that nothing describes yet. Files are read, never written; what sounds like a secret stays here.

collected=0 kept_back=0
longest_file=1048576

# What `lvsgen import` reads (docs/import.md).
collected_files=(
  /etc/os-release /etc/hostname /etc/hosts /etc/fstab /etc/exports '/etc/exports.d/*.exports' /etc/sysctl.conf '/etc/sysctl.d/*.conf' /etc/rc.local /etc/rc.d/rc.local
  /etc/network/interfaces '/etc/network/interfaces.d/*' '/etc/netplan/*.yaml' '/etc/sysconfig/network-scripts/ifcfg-*' '/etc/NetworkManager/system-connections/*'
  '/etc/systemd/network/*.network' '/etc/systemd/network/*.netdev' '/etc/systemd/network/*.link' '/etc/keepalived/*' /etc/ha.d/ldirectord.cf /etc/ldirectord.cf /etc/sysconfig/ipvsadm /etc/ipvsadm.rules
)

# A new folder: nobody can have put anything into it.
collect_value() { # OPTION
  [[ $value && ! -e $value && ! -L $value ]] || bad_usage "$1: $value is there already; name a new folder"
}

collect() {
  local pattern file
  umask 077
  mkdir -- "$collect_dir" || die 1 "cannot make the folder $collect_dir" 'Name one in a directory that you may write in, such as /root/lvs1.'
  ((EUID == 0)) || say "$script: without root, what only root may read is left out"
  for pattern in "${collected_files[@]}"; do # never empty
    while IFS= read -r file; do
      take_file "$file"
    done < <(compgen -G "$pattern" || :)
  done
  take_table
  say "$bold%s$plain" "collected: $collected file(s) in $collect_dir, $kept_back line(s) with secrets in them left out"
  say "Read them before you carry them on. Then, where lvsgen is: lvsgen import $collect_dir -o cluster.yaml"
  event summary command collect files "$collected" secrets "$kept_back" folder "$collect_dir"
  ((collected > 0)) || exit 1
}

# The live table, where there is one: a file may be older.
take_table() {
  local content
  command -v ipvsadm >/dev/null && ((EUID == 0)) || return 0
  [[ -e /proc/net/ip_vs ]] || { tell_collected left 'the live IPVS table' 'the module ip_vs is not loaded' && return 0; }
  content=$(ipvsadm-save -n 2>/dev/null) || { tell_collected left 'the live IPVS table' 'ipvsadm-save failed' && return 0; }
  [[ $content ]] || return 0
  write_collected /ipvsadm-save.rules "$content"$'\n' 0
  tell_collected taken 'the live IPVS table' "as ipvsadm-save.rules"
}

take_file() { # PATH
  local content size secrets text
  case ${1##*/} in
    *~ | *.bak | *.old | *.orig | *.rpmnew | *.rpmsave | *.rpmorig | *.dpkg-* | *.key | *.pem) return 0 ;;
  esac
  # (Also one behind a link, as /etc/os-release is; nothing that would wait.)
  if [[ ! -f $1 ]]; then
    [[ -d $1 ]] || tell_collected left "$1" 'no file'
  elif [[ ! -r $1 ]]; then
    tell_collected left "$1" 'it cannot be read'
  elif ! size=$(stat -L -c %s -- "$1" 2>/dev/null) || ((size > longest_file)); then
    tell_collected left "$1" 'larger than 1 MiB'
  elif ! read_text "$1"; then
    tell_collected left "$1" 'it is no text'
  else
    leave_secrets_out "$1" "$content"
    write_collected "$1" "$text" "$secrets" || return 0
    tell_collected taken "$1" "$( ((secrets == 0)) || printf '%s line(s) with secrets left out' "$secrets")"
  fi
}

write_collected() { # PATH TEXT SECRETS
  { mkdir -p -- "$collect_dir${1%/*}" && printf '%s' "$2" >"$collect_dir$1"; } || die 1 "cannot write $collect_dir$1" 'What was collected so far is in the folder.'
  collected=$((collected + 1)) kept_back=$((kept_back + $3))
}

tell_collected() { # taken|left WHAT WHY
  local color=$dim padded
  event collect result "$1" what "$2" why "$3"
  [[ $1 == taken ]] || color=$yellow
  printf -v padded '%-8s' "$1"
  say "$color$padded$plain %s" "$2${3:+  ($3)}"
}

# What stands behind such a key is a secret: in keepalived.conf, keyfiles, netplan, fstab, WireGuard's files, ldirectord.cf.
secret_keys='(pass(w(or)?d|phrase|wd)?|auth_pass|auth_hmac|pwd|secret|psk|token|communit(y|ies)|credentials?|(private|preshared|shared|pre-shared|wep|wpa|wireless|api|auth|access|encryption|fastopen)[-_]?key[0-9a-z_-]*|wep-key[0-9]*|key_passwd[0-9]*|leap-password|login|username|identity)'

# A line that holds one keeps its key. -> $text, and $secrets: how many there were
leave_secrets_out() { # PATH TEXT
  local line rest=$2 inside='' keys=1 head=''
  local by_key="^(.*[^A-Za-z0-9]|)([A-Za-z0-9._-]*${secret_keys}[\"']?([[:blank:]]*[=:][[:blank:]]*|[[:blank:]]+))[^[:blank:]{].*\$"
  local account='^(.*://)[^/@[:blank:]]+@(.*)$'
  local mail='^(.*[^A-Za-z0-9._+-])?[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(.*)$'
  text='' secrets=0
  # There a word is the name of a host or a path.
  [[ $1 != /etc/@(hosts|hostname|exports|exports.d/*|os-release) ]] || keys=''
  shopt -s nocasematch
  while [[ $rest ]]; do
    line=${rest%%$'\n'*}
    rest=${rest#"$line"}
    rest=${rest#$'\n'}
    if [[ $line == *-----BEGIN*KEY----- ]]; then inside=1; fi
    if [[ $inside ]]; then
      [[ $line != *-----END*KEY----- ]] || inside=''
      secrets=$((secrets + 1)) line='# (left out)'
    elif [[ $keys && $line =~ $by_key ]]; then
      # What stands behind the first of them goes.
      while [[ $line =~ $by_key ]]; do line=${BASH_REMATCH[1]} head=${BASH_REMATCH[1]}${BASH_REMATCH[2]}; done
      line="$head(left_out)" secrets=$((secrets + 1))
    elif [[ $line =~ $account ]]; then
      line="${BASH_REMATCH[1]}(left_out)@${BASH_REMATCH[2]}" secrets=$((secrets + 1))
    elif [[ $line =~ $mail && $line != *'://'* ]]; then
      line="${BASH_REMATCH[1]}(left_out)${BASH_REMATCH[3]}" secrets=$((secrets + 1))
    fi
    text+=$line$'\n'
  done
  shopt -u nocasematch
}
