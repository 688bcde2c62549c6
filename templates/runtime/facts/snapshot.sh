# ---- snapshots: what this host is like, read once for all resources -----------------------------

declare -A loaded=() stat_of=() address_of=() words_of=() unit_of=() unit_id=() package_of=()
paths=() # files and directories whose state is asked for

# A file's text into $content, without a process; fails where there is none, or where it holds a NUL.
read_text() { # PATH
  content=''
  [[ -f $1 && -r $1 ]] || return 1
  ! IFS= read -r -d '' content <"$1" || return 1
  ((${#content} % 4096)) || is_whole "$1"
}

# For `read` an error of the disk is an end. It ends a text before a block of the file: few texts are of such a length.
is_whole() { # PATH, with $content; empty where that is not all of it
  local size
  # What the kernel makes as it is read has no size.
  [[ $content || -s $1 ]] && [[ $1 != @(/proc|/sys)/* ]] || return 0
  for _ in 1 2 3; do
    size=$(stat -L -c %s -- "$1" 2>/dev/null) || size=''
    [[ $size != "${#content}" ]] || return 0
    # Somebody may be writing to it.
    { IFS= read -r -d '' content <"$1"; } 2>/dev/null || :
  done
  content=''
  cannot_read "$1" cat
  return 1
}

unread='' # the function by which a program goes on, or ends, where a fact cannot be read

# What cannot be read must not pass for missing: it would be written down as the state before.
cannot_read() { # WHAT COMMAND
  "$unread" "$@"
}
