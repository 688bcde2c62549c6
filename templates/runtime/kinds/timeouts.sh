# ---- timeouts of connections, for the whole host: `TCP TCPFIN UDP` in seconds, 0 leaves one as it is

kind timeouts boot

timeouts_declare() { # NAME SECONDS SECONDS SECONDS
  describe timeouts "$1" "$2 $3 $4"
}

timeouts_probe() {
  have=absent
  ipvs_is_loaded && command -v ipvsadm >/dev/null || return 0
  have=$(ipvsadm -L --timeout) || cannot_read 'the timeouts of IPVS' 'ipvsadm -L --timeout'
  have=${have##*: }
}

timeouts_same() {
  local tcp tcpfin udp described_tcp described_tcpfin described_udp
  read -r tcp tcpfin udp <<<"$have"
  read -r described_tcp described_tcpfin described_udp <<<"$state"
  [[ ($described_tcp == 0 || $described_tcp == "$tcp") && ($described_tcpfin == 0 || $described_tcpfin == "$tcpfin") &&
    ($described_udp == 0 || $described_udp == "$udp") ]]
}

timeouts_set() { # NAME STATE
  [[ $2 != absent ]] || return 0
  local -a words=()
  split_words "$2"
  run ipvsadm --set ${words[@]+"${words[@]}"}
}
