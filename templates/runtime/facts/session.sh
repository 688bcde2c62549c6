# ---- the session of whoever runs this: by which address it has come ---------------------------------------------------

# -> $session_peer and $session_local, empty where it has not come over the network. sudo and su take SSH_CONNECTION out of the
# environment: those of the processes above have it still.
find_session() {
  local pid=$$ entry key value parent
  session_peer='' session_local=${SSH_CONNECTION:-}
  while [[ -z $session_local && $pid -gt 1 && -r /proc/$pid/environ ]]; do
    while IFS= read -r -d '' entry; do
      [[ $entry != SSH_CONNECTION=* ]] || session_local=${entry#*=}
    done <"/proc/$pid/environ"
    parent=1
    while read -r key value _; do
      [[ $key != PPid: ]] || parent=$value
    done <"/proc/$pid/status"
    pid=$parent
  done 2>/dev/null
  [[ $session_local ]] || return 0
  read -r session_peer _ session_local _ <<<"$session_local"
  session_peer=${session_peer%%%*} session_local=${session_local%%%*}
}
