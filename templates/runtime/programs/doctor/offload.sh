# ---- what a card does with packets before the kernel sees them ---------------------------------------------------------

# Large receive offload makes one packet of several. One that is larger than the MTU cannot be forwarded: IPVS answers it with
# "fragmentation needed", and the client's connection crawls. The kernel turns LRO off itself where it forwards (dev_disable_lro), and a
# director in DR or TUN need not.
check_offload() {
  local nic line
  command -v ethtool >/dev/null || return 0
  for nic in ${forwarding_nics[@]+"${forwarding_nics[@]}"}; do
    [[ -e /sys/class/net/$nic ]] || continue
    while IFS= read -r line; do
      case $line in
        'large-receive-offload: on'*)
          finding warn offload "$nic joins packets that it receives (LRO)" 'A director hands packets on as they come: one that is larger than the MTU is refused, and uploads crawl.' \
            "ethtool -K $nic lro off, and the same in the interface's own configuration so that it stays off"
          ;;
        'large-receive-offload: off'*) finding ok offload "$nic hands packets on as they come (LRO is off)" ;;
      esac
    done < <(timeout 10 ethtool -k "$nic" 2>/dev/null || :)
  done
}
