# ---- what listens here, and at the virtual addresses as well ---------------------------------------------------------------

# In DR and TUN packets come for the virtual address: what listens on the host's own alone refuses every client, and answers whoever asks
# the host. Where nothing listens yet, there is nothing to say.
check_listening() {
  local entry protocol address port sockets missed
  local -A known=() served=() away=()
  command -v ss >/dev/null || return 0
  for entry in ${answers[@]+"${answers[@]}"}; do
    read -r protocol address port <<<"$entry"
    [[ ${known["$protocol $port"]+x} ]] || known["$protocol $port"]=$(sockets_on "$protocol" "$port")
    sockets=${known["$protocol $port"]}
    if [[ -z $sockets ]]; then
      continue
    elif listens_for "$address" "$sockets"; then
      served["$protocol $port"]=1
    else
      away["$protocol $port"]+=${away["$protocol $port"]:+, }$address
    fi
  done
  for entry in ${away[@]+"${!away[@]}"}; do
    missed=${away["$entry"]}
    finding warn listening "what listens on ${entry/ / port } does so at ${known["$entry"]} alone, not at $missed" "It would refuse every client of $missed, though it answers whoever asks this host." \
      "Have it listen on every address, or on $missed as well when apply has put it there (unless a file of this apply says so)"
  done
  for entry in ${served[@]+"${!served[@]}"}; do
    [[ ${away["$entry"]+x} ]] || finding ok listening "${entry/ / port } at the virtual addresses too"
  done
}
