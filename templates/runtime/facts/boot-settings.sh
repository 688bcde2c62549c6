# ---- files that set kernel settings at boot --------------------------------------------------------------------
#
# systemd-sysctl takes the files of all directories in the order of their names, and of two of one name that of the first directory; of
# several lines for a setting the last one holds (sysctl.d(5)). It takes a line for the very setting before any pattern
# (net.ipv4.conf.*.rp_filter), wherever either stands, so patterns are left out here; but `-KEY` alone, which keeps a setting from patterns, takes
# back a line for it that came before. /etc/sysctl.conf counts where a link of some name leads to it.
#
# After that come two who read files of their own: tuned, which reads /etc/sysctl.conf last (reapply_sysctl), and ufw (IPT_SYSCTL).

boot_files=() # in the order in which they count, without $root

find_boot_files() { # NAME: files that count after one of that name in /etc/sysctl.d -> ${boot_files[@]}
  local directory file name i
  local -A seen=()
  boot_files=()
  for directory in /etc /run /usr/local/lib /usr/lib /lib; do
    for file in "$root$directory"/sysctl.d/*.conf; do
      name=${file##*/}
      if [[ ! $name > $1 || ${seen[$name]:-} || ! -e $file && ! -L $file ]]; then continue; fi
      seen[$name]=1
      for ((i = ${#boot_files[@]}; i > 0; i--)); do
        [[ ${boot_files[i - 1]##*/} > $name ]] || break
        boot_files[i]=${boot_files[i - 1]}
      done
      boot_files[i]=${file#"$root"}
    done
  done
  ! tuned_reads_again || boot_files+=(/etc/sysctl.conf)
  ! ufw_reads_its_own || boot_files+=(/etc/ufw/sysctl.conf)
  also_stat ${boot_files[@]+"${boot_files[@]}"}
}

tuned_reads_again() {
  local content=''
  [[ -L $root/etc/systemd/system/multi-user.target.wants/tuned.service ]] || return 1
  read_text "$root/etc/tuned/tuned-main.conf" || return 1
  [[ ! $content =~ (^|$'\n')[[:blank:]]*reapply_sysctl[[:blank:]]*=[[:blank:]]*(0|[Ff]alse) ]]
}

ufw_reads_its_own() {
  local content=''
  ufw_is_enabled && read_text "$root/etc/default/ufw" || return 1
  [[ $'\n'$content == *$'\n'IPT_SYSCTL=*/etc/ufw/sysctl.conf* ]]
}

# A line of such a file; `-KEY = VALUE` may fail. -> $key as a path below /proc/sys, and $value; - where the line is `-KEY` alone
split_boot_setting() { # LINE
  local line=${1//$'\r'/}
  local -a words=()
  line=${line#"${line%%[![:blank:]]*}"}
  [[ $line == -* || $line == *=* && $line != [\#\;]* ]] || return 1
  key=${line%%=*} key=${key#-} value=-
  [[ $line != *=* ]] || value=${line#*=}
  key=${key%"${key##*[![:blank:]]}"}
  [[ $key && $key != *[\*\?\[]* ]] || return 1
  canonical_setting "$key"
  split_words "$value"
  value=${words[*]+"${words[*]}"}
}

# Where the first separator is a dot, the two are exchanged: net.ipv4.conf.ens33/100.rp_filter is of ens33.100. (sysctl.d(5))
canonical_setting() { # KEY -> $key
  local line_end=$'\n'
  key=$1
  if [[ ${key%%/*} == *.* ]]; then
    key=${key//\//"$line_end"} key=${key//.//} key=${key//"$line_end"/.}
  fi
  # The same switch by another name (devinet.c).
  [[ $key != net/ipv4/conf/all/forwarding ]] || key=net/ipv4/ip_forward
}

shown_setting() { # KEY -> $shown
  shown=$1
  [[ $1 == *.* ]] || shown=${1//\//.}
}
