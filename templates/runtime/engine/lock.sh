# ---- lock: who has it ------------------------------------------------------------------------------------

# Not in /run/lock, where everyone may write; and nobody else may open it, since who can, can hold it.
lock_file=/run/lvsgen.lock

# Found by its open descriptor, so that a run that changes nothing need not write its name anywhere. Another
# that waits has it open too, without a lock on it (which Linux tells from 4.1 on); so has what a run started.
lock_holder() { # -> $holder, empty where none is seen; $holder_parent: the process that started it, 1 where that has ended
  local process word information rank best=-1
  holder='' holder_parent=''
  local -a words
  for process in /proc/[0-9]*; do
    [[ $process != "/proc/$$" && $process/fd/9 -ef $lock_file ]] || continue
    words=() information=''
    { while IFS= read -r -d '' word; do words+=("$word"); done <"$process/cmdline"; } 2>/dev/null || continue
    { IFS= read -r -d '' information <"$process/fdinfo/9" || :; } 2>/dev/null
    ((${#words[@]})) || continue
    rank=0
    [[ $information != *$'\nlock:'* ]] || rank=2
    [[ ${words[0]} != *bash ]] || rank=$((rank + 1))
    ((rank > best)) || continue
    best=$rank
    holder="process ${process#/proc/} (${words[*]})" # never empty
    # shellcheck disable=SC2034 # doctor.sh names the holder alone
    holder_parent=$(sed -n 's/^PPid:[[:space:]]*//p' "$process/status" 2>/dev/null) || holder_parent=''
  done
}
