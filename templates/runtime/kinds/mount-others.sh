# ---- other clusters' blocks in fstab: one share at a mount point, and one line for it ----------------------------------
#
# Two clusters know nothing of each other, and each has a block of its own. Where both mount the same, the line counts once, in the block
# that stands first: of a second systemd makes no unit, and its generator fails because of it (systemd-fstab-generator(8)). So it stands
# there as a comment, and becomes a line when the first goes.

mounted_above='# mounted above: '

# Each role has its lines in its own block: read so, whichever counts.
mount_each() { # with $content -> $content
  [[ $content != *$'\n'"$mounted_above"* ]] || go_through_blocks each
}

# Of each mount point the first line counts.
mount_once() { # with $content, as mount_each gives it -> $content
  [[ $content != *'# BEGIN lvsgen '*'# BEGIN lvsgen '* ]] || go_through_blocks once
}

# What lies between two marks that are no pair is not known to be lvsgen's.
go_through_blocks() { # each|once, with $content -> $content
  local line device target counted='' as_read='' changed='' end=''
  local -A seen=()
  while IFS= read -r line; do
    if [[ $line == '# BEGIN lvsgen '* ]]; then
      counted+=$as_read as_read='' changed='' end="# END lvsgen ${line#'# BEGIN lvsgen '}"
    fi
    as_read+=$line$'\n'
    if [[ ! $end || $line == "$end" ]]; then
      if [[ $end ]]; then counted+=$changed$line$'\n'; else counted+=$as_read; fi
      as_read='' changed='' end=''
    else
      "count_$1"
      changed+=$line$'\n'
    fi
  done <<<"${content%$'\n'}"
  counted+=$as_read
  [[ $content == *$'\n' ]] || counted=${counted%$'\n'}
  content=$counted
}

count_each() { # with $line -> $line
  line=${line#"$mounted_above"}
}

count_once() { # with $line and $seen -> $line
  split_mount_line || return 0
  target=/${target#/}
  if [[ ${seen[${target%/}/]:-} ]]; then line=$mounted_above$line; fi
  seen[${target%/}/]=1
}
