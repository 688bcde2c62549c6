# ---- snapshots: what this host is like, read once for all resources -----------------------------

declare -A loaded=() stat_of=() address_of=() words_of=() unit_of=() unit_id=() package_of=()
paths=() # files and directories whose state is asked for

# A file's text into $content, without a process; fails where there is none, or where it holds a NUL.
read_text() { # PATH
  content=''
  [[ -f $1 && -r $1 ]] || return 1
  ! IFS= read -r -d '' content <"$1" || return 1
}

unread='' # the function by which a program goes on, or ends, where a fact cannot be read

# What cannot be read must not pass for missing: it would be written down as the state before.
cannot_read() { # WHAT COMMAND
  "$unread" "$@"
}
