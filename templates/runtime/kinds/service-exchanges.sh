# ---- an entry that goes over to dr: it is taken out and put in again ------------------------------------------------------
#
# A connection keeps the method that it began with, and shares with its real server's entry the route that the kernel has found
# (dest_dst in ip_vs_xmit.c). One of tun or nat that goes on finds a route without the next hop that those of dr need: the director then
# asks the segment who has the virtual address, and gives up. Edited in place, or found anew (ip route flush cache), it is a matter of
# who sends first. Out of the table, an entry lets go of its connections (expire_nodest_conn); put in again at once it is the same, with
# the connections that are left.

needs_exchange() { # HAD WANTED
  [[ $2 == *' -g '* && $1 != *' -g '* ]]
}

# Where others take new connections meanwhile, those that are there have the time of a drain. Else they make way at once: who keeps them
# keeps the new ones out. Appends to $pauses, and to $paused as count_active takes them.
leave_to_others() { # LINES, as they are; whether others serve
  local line server edits='' weight
  while IFS= read -r line; do
    weight=${line#* -w } weight=${weight%%[!0-9]*}
    [[ $2 || $weight == 0 ]] || continue
    quiesce "$line"
    server=${line#* -r }
    line=${line#-a } paused+="-d ${line%% -r *} -r ${server%% *}"$'\n'
  done <<<"${1%$'\n'}"
  pauses+=$edits
}

out_for_now='' # while entries are out of the table, or in it with weight 0: what brings them in as they are to be

# However the run ends: a service without real servers refuses its clients.
enter_again() {
  [[ -z $out_for_now ]] || restore_rules "$out_for_now"
}

exchange_entries() { # LINES, as they are to be
  local line key server pause weighted out='' back='' edits='' active ending
  while IFS= read -r line; do
    key=${line#-a } key=${key%% -r *}
    server=${line#* -r } server=${server%% *}
    out+="-d $key -r $server"$'\n'
    with_weight "$line" 0
    back+=$weighted$'\n'
    edits+="-e${line#-a}"$'\n'
  done <<<"${1%$'\n'}"
  finally enter_again
  # (An entry that is there is refused, and given its weight by the second.)
  out_for_now=${1%$'\n'}$'\n'$edits
  # From Linux 5.9 on they end at once, before that with their next packet.
  for pause in 0.2 1 2; do
    restore_rules "$out" || return 1
    sleep "$pause"
    restore_rules "$back" || return 1
    count_active "$out"
    ((active + ending > 0)) || break
  done
  ((active + ending == 0)) ||
    complain "$((active + ending)) connection(s) of the former way of forwarding are left; where clients get \"no route to host\": ip route flush cache"
  # keepalived may have put them in meanwhile, as they were.
  restore_rules "$edits" || return 1
  out_for_now=''
}
