# ---- lines of a rules file, by the service that they belong to -----------------------------------------------------------
#
# It may have whatever ipvsadm takes, for others write it too.

# Prints how long three texts are in bytes, and how many services the last one has; the texts; and a point.
part_rules() { # TEXT, with ${own_keys[@]} and ${held_keys[@]}
  local key
  {
    for key in ${own_keys[@]+"${!own_keys[@]}"}; do printf '%s %s\n' "${held_keys[$key]:+held}" "$key"; done
    printf '\n%s\n' "${1%$'\n'}"
  } | awk "$rule_awk"'
    !text && $0 == "" { text = 1; next }
    !text { key = $0; sub(/^(held)? /, "", key); own[key] = 1; if (/^held/) held[key] = 1; next }
    {
      key = rule_key()
      if (key != "" && key in own) {
        sizes["own"] += length($0) + 1; lines["own", ++count["own"]] = $0
        if (!(key in held)) { sizes["before"] += length($0) + 1; lines["before", ++count["before"]] = $0 }
      } else {
        sizes["others"] += length($0) + 1; lines["others", ++count["others"]] = $0
        if (key != "") services++
      }
    }
    function part(name,   i) { for (i = 1; i <= count[name]; i++) print lines[name, i] }
    END {
      printf "%d %d %d %d\n", sizes["own"], sizes["before"], sizes["others"], services
      part("own"); part("before"); part("others")
      print "\001"
    }'
}

# By whatever name its options are called: `-t 192.168.80.188:80`, `-f 7 -6`; empty for what is no rule. (It takes what $1 to $NF are.)
# shellcheck disable=SC2016 # awk expands it
rule_awk='
  function rule_key(   service, number, i) {
    if ($1 != "-A" && $1 != "-a" && $1 != "--add-service" && $1 != "--add-server") return ""
    service = $3
    if ($2 == "-t" || $2 == "--tcp-service") return "-t " service
    if ($2 == "-u" || $2 == "--udp-service") return "-u " service
    if ($2 == "--sctp-service") return "--sctp-service " service
    if ($2 != "-f" && $2 != "--fwmark-service") return $2
    number = service
    sub(/^-/, "", number)
    if (number !~ /^[0-9]+$/ || length(number) > 10) return "-f " service
    if (service ~ /^-/) service = sprintf("%.0f", 4294967296 + service)
    for (i = 4; i <= NF; i++) if ($i == "-6" || $i == "--ipv6") return "-f " service " -6"
    return "-f " service
  }
'

rule_keys() { # TEXT -> ${line_keys[@]}: of each line
  local answer
  local -a text_lines=()
  whole_answer "$(awk "$rule_awk"'{ print rule_key() } END { print "\001" }' <<<"$1" || :)"
  split_lines "${answer%$'\n'}"
  line_keys=("${text_lines[@]}") # never empty
}
