# What keeps packets out though no firewall's unit is active: rules that a script of the site's has loaded, or a program that is not known.

# Of chains that see what comes in: a policy, or a last word about whatever is left.
find_kept_out() { # -> $kept_out, empty where there is nothing
  local line table='' name='' chain='' tool
  kept_out=''
  if command -v nft >/dev/null; then
    while read -r line; do
      case $line in
        'table '*) table=${line#table } table=${table%% \{*} chain='' ;;
        'chain '*) name=${line#chain } name=${name%% \{*} chain='' ;;
        'type filter hook input '*)
          [[ $table != @(ip|ip6|inet)' '* ]] || chain="nft chain $table $name"
          [[ -z $chain || $line != *'policy drop;'* ]] || add_kept_out "policy drop"
          ;;
        *) [[ -z $chain || ! $line =~ ^(counter packets [0-9]+ bytes [0-9]+ )?(drop|reject)( |$) ]] || add_kept_out "${BASH_REMATCH[2]}" ;;
      esac
    done < <(nft list ruleset 2>/dev/null || :)
  fi
  # The older kind, which nft does not show. Without a table there, asking would load one.
  for tool in iptables ip6tables; do
    grep -qsx filter "/proc/net/${tool%tables}_tables_names" || continue
    ! command -v "$tool-legacy" >/dev/null || tool+=-legacy
    chain="$tool INPUT"
    while read -r line; do
      [[ ! $line =~ ^-(P|A)\ INPUT\ (-j\ )?(DROP|REJECT)( |$) ]] || add_kept_out "${BASH_REMATCH[3]}"
    done < <(timeout 60 "$tool" -w -S INPUT 2>/dev/null || :)
  done
}

add_kept_out() { # WORD
  kept_out+="${kept_out:+; }$chain: $1"
}
