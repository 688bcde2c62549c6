# ---- units: the stop of a firewall that takes the rules of others along ------------------------------------------------
#
# nftables.service, EL's iptables.service and firewalld flush all that their tool shows when they stop, not what they loaded alone: the
# networks of containers and the bans of others are gone until those programs start again. (moby#9395, firewalld#863)

# Chains of these are theirs, also where somebody has saved them into the file that the unit loads.
made_by_others='@(DOCKER|KUBE|CNI|NETAVARK|FLANNEL|LIBVIRT|cali|f2b|fail2ban|crowdsec|CROWDSEC)*'

unit_obstacle() { # UNIT, with $state
  local have others=''
  [[ -z $root && $state == *' inactive' && " ${firewall_units[*]} " == *" $1 "* ]] || return 0 # never empty
  unit_probe "$1"
  [[ $have == *' active' ]] || return 0
  find_taken_along "$1"
  [[ $others ]] || return 0
  obstacle="its stop takes the rules of others along, and nothing here brings them back: $others"
  obstacle+=$'\n'"Turn it off by hand when that suits (systemctl disable --now ${1%.service}), and restart what made them, such as docker or fail2ban. Or describe this host's firewall as open, which leaves it on."
}

# What neither the unit's own file or program has made, nor another firewall that is turned off as well.
find_taken_along() { # UNIT -> $others
  local live='' own='' saved='' flushes tool
  stops_by "$1"
  case $1 in
    nftables.service)
      [[ $flushes == *[[:blank:]]flush[[:blank:]]ruleset* ]] || return 0
      live=$(nft list ruleset 2>/dev/null | ruleset_chains) || cannot_read 'the rules of the firewall' 'nft list ruleset'
      own_of_nftables
      ;;
    iptables.service | ip6tables.service)
      is_loaded_as_on_el "${1%.service}" || return 0
      [[ $flushes =~ tables\.init[[:blank:]]stop|tables(-legacy|-nft)?[[:blank:]](-[^\;]*[[:blank:]])?(-F|--flush)|tables(-legacy|-nft)?-restore ]] || return 0
      read_saved "${1%.service}"
      # The table `security` stays (iptables.init of EL8).
      live=$(printf '%s\n' "$saved" | saved_chains | awk '$1 != "security"')
      own_of_saved "${1%.service}" ''
      ;;
    firewalld.service)
      firewalld_flushes_iptables || return 0
      for tool in iptables ip6tables; do
        read_saved "$tool"
        live+=$(printf '%s\n' "$saved" | saved_chains firewalld)$'\n'
      done
      own_of_firewalld
      ;;
  esac
  find_others "$live" "$own"
}

# What cannot be read is not nothing.
read_saved() { # TOOL -> $saved
  saved=''
  command -v "$1-save" >/dev/null && [[ $1 == iptables || -e /proc/net/if_inet6 ]] || return 0
  ! saved=$(await_xtables timeout 60 "$1-save" 2>&1) || return 0
  # (It reads all tables, of which some may be there without `filter`.)
  if ! is_without_filter "$1" "$saved" || { read -r _ <"/proc/net/${1%tables}_tables_names"; } 2>/dev/null; then
    cannot_read 'the rules of the firewall' "$1-save"
  fi
  saved=''
}

# Of some chains, those that neither others have nor lvsgen's own unit brings back.
find_others() { # CHAINS OTHERS -> $others
  local line number=0
  others=''
  while IFS= read -r line; do
    [[ $line && " $line" != *" lvsgen_${cluster//-/_}_$role"* && " $line" != *" LVSGEN"*"-${cluster:0:12}"* ]] || continue
    [[ " $line" == *' '$made_by_others || $'\n'$2$'\n' != *$'\n'"$line"$'\n'* ]] || continue
    [[ ", $others, " != *", $line, "* ]] || continue
    number=$((number + 1))
    ((number > 6)) || others+=${others:+, }$line
  done <<<"$1"
  ((number <= 6)) || others+=" (+$((number - 6)))"
}

# What an undo starts or stops may flush as well, and there is no way around it: that is told.
start_or_stop() { # UNIT COMMAND...
  local unit=$1 before others
  shift
  if [[ " ${firewall_units[*]} " != *" $unit "* ]]; then # never empty
    "$@"
    return
  fi
  before=$(chains_in_force)
  "$@" || return 1
  # It is active before its rules are in force, and answers after that.
  [[ $unit != firewalld.service || $1 != start_unit ]] || timeout 60 firewall-cmd --state >/dev/null 2>&1 || :
  find_gone "$unit" "$1"
  [[ $others ]] || return 0
  log "$unit: this took along $others"
  complain "${unit%.service}: the rules of others went along with it: $others; restart what made them, such as docker or fail2ban"
}

# What a unit has made itself goes with its stop; of one but nftables.service only those are told that are known to be others'.
find_gone() { # UNIT COMMAND, with $before -> $others
  local own='' live='' after line
  after=$(chains_in_force)
  while IFS= read -r line; do
    [[ $'\n'$after$'\n' == *$'\n'"$line"$'\n'* ]] || live+=$line$'\n'
  done <<<"$before"
  case $2:$1 in
    start_unit:*) ;;
    *:nftables.service) own_of_nftables ;;
    *) own=$live ;;
  esac
  find_others "$live" "$own"
}

# Rules of iptables that nft shows are not told twice.
chains_in_force() {
  local tool content
  ! command -v nft >/dev/null || nft list ruleset 2>/dev/null | ruleset_chains || :
  for tool in iptables ip6tables; do
    content=''
    if command -v nft >/dev/null && { ! read_text "/proc/net/${tool%tables}_tables_names" || [[ ! $content ]]; }; then continue; fi
    ! command -v "$tool-legacy-save" >/dev/null || tool+=-legacy
    ! command -v "$tool-save" >/dev/null || await_xtables timeout 60 "$tool-save" 2>/dev/null | saved_chains || :
  done
}

stops_by() { # UNIT -> $flushes: its commands
  flushes=$(systemctl show --property=ExecStop,ExecStopPost -- "$1" 2>/dev/null) || flushes=''
}

# ---- what each has made itself: -> $own, as a line for each chain --------------------------------------------------------

own_of_nftables() {
  local file content alone tool
  find_nft_file
  if [[ ${loaded[nft_unit]} == . ]]; then
    # A script of the site's makes them, and nothing says which.
    own=$live
  elif [[ $file ]]; then
    load_nft_file "$file"
    # What cannot be loaded by itself is judged by its words.
    if [[ $alone != none ]]; then own=$(ruleset_chains all <<<"$alone"); else own=$(with_words "$live" "$(texts_of_nft_file "$file")"); fi
  fi
  # Other firewalls are turned off by this apply as well; their own rules come back with them.
  for tool in iptables ip6tables; do own_of_saved "$tool" "${tool/%tables/} "; done
  if ufw_is_enabled; then own+=$'\n'$(grep -E '^ip6? filter (ufw|INPUT$|FORWARD$|OUTPUT$)' <<<"$live") || :; fi
  own+=$'\n'$(grep -E '^(inet|ip|ip6) firewalld ' <<<"$live") || :
}

# The text of a file and of those that it includes.
texts_of_nft_file() { # FILE
  local content included line
  read_text "$1" || return 0
  printf '%s\n' "$content"
  while IFS= read -r line; do
    [[ $line =~ ^[[:blank:]]*include[[:blank:]]+[\"\']([^\"\']+)[\"\'] ]] || continue
    # (It may be a pattern.)
    while IFS= read -r included; do
      [[ ! -f $included ]] || cat -- "$included"
    done <<<"$(compgen -G "${BASH_REMATCH[1]}" || :)"
  done <<<"$content"
}

own_of_saved() { # TOOL FAMILY, as nft has it and a space behind it, or nothing; adds to $own
  local file content line
  find_saved_rules "$1"
  [[ $file ]] && read_text "$file" || return 0
  while IFS= read -r line; do
    [[ -z $line ]] || own+=$'\n'$2$line
  done <<<"$(saved_chains all <<<"$content")"
}

# Its own: IN_public_allow, FWDI_public, POST_public_log, INPUT_ZONES, PREROUTING_direct; and what it was given for good (firewall-cmd --direct).
own_of_firewalld() {
  own=$(grep -E ' (IN|OUT|FWD|FWDI|FWDO|PRE|POST|INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)_' <<<"$live") || :
  # `ipv4 filter INPUT 0 -s …`, and `ipv4 -t nat -A POSTROUTING …`
  own+=$'\n'$({
    firewall-cmd --permanent --direct --get-all-chains
    firewall-cmd --permanent --direct --get-all-rules
    firewall-cmd --permanent --direct --get-all-passthroughs
  } 2>/dev/null | awk '
    $2 !~ /^-/ { print $2 " " $3; next }
    { table = "filter"; chain = ""
      for (i = 2; i < NF; i++) { if ($i == "-t") table = $(i + 1); if ($i ~ /^-[AIN]$/) chain = $(i + 1) }
      print table " " chain }') || :
}

# With nftables it leaves iptables alone from 2.0 on (EL9: 1.2.5), but where rules of iptables were given to it. (fw.py)
firewalld_flushes_iptables() {
  local setting version
  command -v iptables-save >/dev/null || return 1
  firewalld_setting CleanupOnExit
  [[ $setting != @([Nn]o|[Ff]alse) ]] || return 1
  ! firewalld_uses_iptables || return 0
  if ! grep -qs may_skip_flush_direct_backends /usr/lib/python3*/{site,dist}-packages/firewall/core/fw.py; then
    version=$(firewall-offline-cmd --version 2>/dev/null) || version=$(firewall-cmd --version 2>/dev/null) || return 1
    [[ $version != [01].* ]] || return 0
  fi
  [[ $({
    firewall-cmd --direct --get-all-chains
    firewall-cmd --direct --get-all-rules
    firewall-cmd --direct --get-all-passthroughs
  } 2>/dev/null) ]]
}

