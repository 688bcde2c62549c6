# shellcheck shell=bash
# Read by the script's bash through BASH_ENV, before the script itself, which runs as it is: every external command that it names
# becomes a function of that name, and so a numbered point at which a fault can happen.
#   FAULTS_CALLS  the file that gets a line for each point reached; empty: nothing is counted
#   FAULT_AT      the number of the point; 0: none
#   FAULT         kill: SIGKILL for the script and its children before the command runs; killed: after it ran; fail: the command
#                 does nothing and exits with 1; of what dd writes, torn: half is there when it is killed; short: half is there and
#                 dd fails, as on a full disk
# sync and fsync are left out: no power is cut here, and they are most of the time an apply takes.
unset BASH_ENV
# A script begins once more without the functions of whoever runs it: here it is told that it has.
# shellcheck disable=SC2034 # read by the script
lvsgen_started=$$

_fault_point() {
  local _calls _number=0 _line _call="$BASHPID $*"
  if [[ -z $FAULTS_CALLS ]]; then
    _fault_run "$@"
    return
  fi
  _call=${_call//$'\n'/ }
  printf '%s\n' "$_call" >> "$FAULTS_CALLS"
  # Commands of one pipeline count at the same time: each looks for its own line, which is one of the last.
  mapfile -t _calls < "$FAULTS_CALLS"
  for ((_line = ${#_calls[@]}; _line > 0 && _number == 0; _line--)); do
    [[ ${_calls[_line - 1]} != "$_call" ]] || _number=$_line
  done
  if ((_number == 0 || _number != FAULT_AT)); then
    _fault_run "$@"
    return
  fi
  case $FAULT in
    fail) return 1 ;;
    torn | short) _fault_half "$@" ;;
  esac
  case $FAULT in
    short) return 1 ;;
    killed) _fault_run "$@" || : ;;
  esac
  # The script leads its process group: nothing of it goes on.
  kill -KILL -- "-$$"
}

_fault_half() {
  local _text
  IFS= read -r -d '' _text || :
  printf '%s' "${_text:0:${#_text}/2}" | _fault_run "$@"
}

_fault_run() {
  case $1 in
    sync) return 0 ;;
    dd) command "${@//,fsync/}" ;;
    *) command "$@" ;;
  esac
}
