# shellcheck shell=bash
# Read by a script's bash through BASH_ENV, before the script itself: after each program that may change what is live, what is live is
# written down. No connection outlives an address, a service or a share that was away for a moment.
#   MOMENTS  the file
# Read from the kernel's own files: no program is started for it. sync and fsync are left out: no power is cut here.
unset BASH_ENV
# A script begins once more without the functions of whoever runs it: here it is told that it has.
# shellcheck disable=SC2034 # read by the script
lvsgen_started=$$

sync() { :; }
dd() { command dd "${@//,fsync/}"; }

_moment() { # WORD…
  local _file _text _all=''
  for _file in /proc/net/fib_trie /proc/net/if_inet6 /run/guest/ipvs /proc/self/mountinfo /var/lib/nfs/etab; do
    _text=''
    [[ ! -e $_file ]] || IFS= read -r -d '' _text < "$_file" || :
    _all+=$'\035'$_file$'\n'$_text
  done
  printf '\034%s%s' "${*//$'\n'/ }" "$_all" >> "$MOMENTS"
}

_moment_after() { # PROGRAM ARGUMENT…
  local _status=0
  command "$@" || _status=$?
  _moment "$@"
  return "$_status"
}

for _moment_program in ip ipvsadm exportfs mount umount systemctl modprobe rmmod ifup ifdown nmcli; do
  # A function of each program's name.
  # shellcheck source=/dev/null
  . /dev/stdin <<< "$_moment_program() { _moment_after $_moment_program \"\$@\"; }"
done
unset _moment_program
_moment "begin $0 $*"
