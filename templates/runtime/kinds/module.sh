# ---- kernel modules

kind module boot lasts='/etc/modules-load.d/lvsgen-*'

module_declare() { # NAME
  describe module "$1" loaded
}

module_probe() { # NAME
  local name rest
  have=absent
  if [[ -d /sys/module/$1 ]]; then
    have=loaded
    return 0
  fi
  if [[ -r /proc/modules ]]; then
    while read -r name rest; do
      [[ $name != "$1" ]] || have=loaded
    done </proc/modules
  fi
  [[ $have == absent && -r /lib/modules/$kernel_release/modules.builtin ]] || return 0
  while IFS= read -r name; do
    name=${name##*/} name=${name%%.ko*}
    [[ ${name//-/_} != "${1//-/_}" ]] || have=loaded
  done <"/lib/modules/$kernel_release/modules.builtin"
}

module_set() { # NAME STATE
  if [[ $2 == absent ]]; then
    try modprobe -r -- "$1"
  elif ! run modprobe -- "$1"; then
    lacking=69
    failure="cannot load the kernel module $1: $failure"$'\n'"This kernel ($kernel_release) has no such module, or may not load it. Boot the distribution's own kernel."
    return 1
  fi
}

# What keeps systemd-modules-load from loading them at boot. (modprobe by a module's own name goes by no such line.)
module_rivals() { # FILE of lvsgen's, with the modules in $text
  local name denied
  if is_masked_at_boot systemd-modules-load.service; then
    obstacle='systemd-modules-load.service is masked: nothing loads these at the next boot, before their settings are set'
    obstacle+=$'\n'"Let it run at boot again: systemctl unmask systemd-modules-load.service"
    return
  fi
  while IFS= read -r name; do
    [[ $name && $name != [#\;]* ]] || continue
    find_denied "$name"
    [[ -z $denied ]] || obstacle+="${obstacle:+; }$denied keeps $name from being loaded at the next boot, before its settings are set"
  done <<<"$text"
  [[ -z $obstacle ]] || obstacle+=$'\n'"Take the line out; a file of the same name in /etc/modprobe.d takes the place of one in /run or /usr/lib."
}

# `blacklist NAME` in a file of modprobe.d: of two of one name that of the first directory.
find_denied() { # NAME -> $denied: FILE:LINE
  local directory file name content line number
  local -a words
  local -A seen=()
  denied=''
  for directory in /etc /run /usr/local/lib /usr/lib /lib; do
    for file in "$root$directory"/modprobe.d/*.conf; do
      file=${file#"$root"}
      name=${file##*/}
      if [[ ${seen[$name]:-} || ! -e $root$file ]]; then continue; fi
      seen[$name]=1 number=0
      read_text "$root$file" || continue
      while IFS= read -r line; do
        number=$((number + 1))
        [[ $line == *blacklist* ]] || continue
        split_words "$line"
        [[ ${words[0]-} == blacklist && ${words[1]-} && ${words[1]//-/_} == "${1//-/_}" ]] || continue
        denied=$file:$number
        return 0
      done <<<"$content"
    done
  done
}

module_lasting() { # -> ${lasting[@]}: nothing is taken away for them
  lasting=()
}
