# ---- firewall: which zones of firewalld packets meet -------------------------------------------------------------------
#
# An interface may be in one zone now, by a hand or by NetworkManager, and in another from the next boot on. Whoever comes from a source of
# a zone meets that one, by whatever interface.

source_zones=()
declare -A zone_of=() sources_of=() # by `DEVICE now`, `DEVICE boot`; by zone

load_zones() { # -> $zone_of $source_zones $sources_of $default_zone
  local setting
  [[ -z ${loaded[zones]:-} ]] || return 0
  loaded[zones]=1 zone_of=() source_zones=() sources_of=()
  firewalld_setting DefaultZone
  default_zone=$setting
  [[ $default_zone ]] || default_zone=$(ask_firewalld boot --get-default-zone) || default_zone=$(ask_firewalld now --get-default-zone) ||
    cannot_read 'the zones of the firewall' 'firewall-cmd --get-default-zone'
  ! firewalld_is_active || read_zones now --get-active-zones
  read_zones boot --list-all-zones
}

# Of the next boot NetworkManager's are in firewall-cmd's list as well.
read_zones() { # now|boot OPTION
  local line zone='' device text source
  local -a words
  text=$(ask_firewalld "$1" "$2") || cannot_read 'the zones of the firewall' "firewall-cmd $2"
  while IFS= read -r line; do
    case $line in
      [![:space:]]*) zone=${line%% *} ;;
      *' interfaces:'*)
        split_words "${line#*interfaces:}"
        for device in ${words[@]+"${words[@]}"}; do zone_of["$device $1"]=$zone; done
        ;;
      *' sources:'*[![:space:]]*)
        split_words "${line#*sources:}"
        [[ ${sources_of[$zone]+x} ]] || source_zones+=("$zone")
        for source in "${words[@]}"; do # never empty
          [[ " ${sources_of[$zone]:-} " == *" $source "* ]] || sources_of[$zone]+=${sources_of[$zone]:+ }$source
        done
        ;;
    esac
  done <<<"$text"
}

# An interface that is in no zone is in the default one. Without NetworkManager its ifcfg file may name one.
zone_at_boot() { # DEVICE -> $zone
  local content='' line
  zone=${zone_of["$1 boot"]:-}
  [[ -z $zone ]] || return 0
  zone=$default_zone
  ! read_text "/etc/sysconfig/network-scripts/ifcfg-$1" || while IFS= read -r line; do
    [[ ! $line =~ ^ZONE=[\"\']?([^\"\'[:space:]]+) ]] || zone=${BASH_REMATCH[1]}
  done <<<"$content"
}

zone_now_or_at_boot() { # ZONE -> $text
  if firewalld_is_active; then
    load_zone "$1" now
    text=${zone_text["$1 now"]}
    [[ $text == none ]] || return 0
  fi
  load_zone "$1" boot
  text=${zone_text["$1 boot"]}
}

# Not one that takes everything, or keeps its sources out on purpose (trusted; drop, block).
lets_in_by_list() { # ZONE
  local text
  zone_now_or_at_boot "$1"
  [[ $text != *' target: '[!d]* ]]
}

# A zone that refuses what it does not list, and lists something, may be meant for this role's clients too.
firewalld_tell() {
  local zone text line opened='' listed target
  tell_firewalld_refusals
  load_zones
  for line in "${openings[@]}"; do [[ $line != [0-9]* ]] || opened+=${opened:+, }$line; done # never empty
  for zone in ${source_zones[@]+"${source_zones[@]}"}; do
    zone_now_or_at_boot "$zone"
    target='' listed=''
    while IFS= read -r line; do
      case $line in
        '  target: '*) target=${line#*: } ;;
        '  services: '* | '  ports: '* | '  protocols: '*) listed+=${line#*:} ;;
        *'rule '*accept*) listed+=' rules' ;;
      esac
    done <<<"$text"
    [[ $target == *@(DROP|REJECT)* && ${listed//[[:space:]]/} && $opened ]] || continue
    complain "firewalld: zone $zone (target ${target//%/}) takes what comes from ${sources_of[$zone]}, and is left as it is: it does not let in what this role needs ($opened). Where it is to: firewall-cmd --permanent --zone=$zone --add-port=PORT/PROTOCOL, and firewall-cmd --reload"
  done
}
