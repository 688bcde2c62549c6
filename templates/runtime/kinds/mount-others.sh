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
  local -a text_lines
  local -A seen=()
  split_lines "${content%$'\n'}"
  for line in "${text_lines[@]}"; do # never empty
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
  done
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

# What one apply mounts, the other would take off, and the next boot mounts that of the first block.
mount_clashes() { # TARGET SOURCE [OPTIONS] -> added to $clashes
  local content='' real shared in_the_way line number=0 owner='' mark='^# BEGIN lvsgen ([a-z0-9-]+) ([a-z]+)$' share target options there
  walk "$root/etc/fstab" last && read_found || return 0
  mount_each
  while IFS= read -r line; do
    number=$((number + 1))
    if [[ $line =~ $mark ]]; then
      owner=${BASH_REMATCH[1]}/${BASH_REMATCH[2]}
    elif [[ $line == '# END lvsgen '* ]]; then
      owner=''
    fi
    # The same cluster's is mended by that role's script, which was built together with this one.
    if [[ ! $owner || $owner == "$cluster"/* ]] || ! split_mount_fields || ! is_mount_point "$target" "$1"; then continue; fi
    there="$owner mounts $share at ${1%/} (/etc/fstab:$number)"
    if [[ $share != "$2" ]]; then
      clashes+="; $there, and described here is $2"
    elif [[ ${3:-$options} != "$options" ]]; then
      clashes+="; $there with $options, and described here is $3"
    fi
  done <<<"$content"
}

split_mount_fields() { # with $line -> $share $target $options
  local device
  split_mount_line || return 1
  read -r share _ _ options _ <<<"$line" || :
  printf -v share '%b' "${share//\\/\\0}"
}

tell_clashes() { # with $clashes -> $obstacle
  obstacle=${clashes#; }$'\n'"A host has one share at a mount point: describe the same in both clusters, or another mount point in one of them. Where it is to change in both, leave it out of one first, and apply that."
}

# Where fstab is left out (--only), its block is not asked.
find_clash() { # TARGET, with $state and its options in $text -> $obstacle
  local clashes=''
  [[ -z ${described['block /etc/fstab']:-} ]] || return 0
  mount_clashes "$1" "${state#* }"
  [[ -z $clashes ]] || tell_clashes
}
