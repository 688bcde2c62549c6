# ---- options: the command line ---------------------------------------------------------------

command=apply host='' root='' only='' json='' quiet='' no_color='' diff='' wait_seconds=0 confirm_seconds=''
drain_seconds=30 to_generation='' purge='' packages_dir='' packages_sum='' force_platform='' mutating=''
operands=()

usage() {
  local name lines='' padded
  for name in "${commands[@]}"; do # never empty
    printf -v padded '  %-16s %s' "$name${operand_of[$name]:+ ${operand_of[$name]}}" "${command_text[$name]}"
    lines+=$padded$'\n'
  done
  cat <<EOF
$script: ${role_title} of the LVS cluster $cluster

Usage: sudo bash $script [COMMAND] [OPTIONS]

Commands
$lines
Options
  --host NAME          act as this host of the description (default: found by its addresses)
  --only KIND,...      only resources of these kinds (list names them)
  --root DIR           write files only, below DIR (an image, a chroot); needs --host
  --diff               show what changes in files, as unified diffs
  --json               one JSON object per line
  --quiet              only failures
  --no-color           no colours (as the NO_COLOR variable)
  --wait SECONDS       wait so long for another run to end (default 0)
  --confirm SECONDS    apply: put everything back unless '$script confirm' comes in time
  --drain SECONDS      wait so long for connections of a removed real server (default 30)
  --to N               rollback: return to generation N
  --purge              uninstall: remove the packages that apply installed, and the log
  --packages DIR       install packages from this folder
  --packages-sum SUM   only if its SHA256SUMS has this SHA-256 (fetch-packages.sh printed it)
  --force-platform     act although this system is not the described platform
  --help, --version

Exit codes: 0 as described; 1 failed (nothing is lost: apply again, or rollback); 2 check: changes are
pending; 64 usage; 69 something the host lacks; 75 another run holds the lock; 77 not root; 78 not a
described host or platform.
EOF
}

bad_usage() { # MESSAGE
  complain "$1" "See: bash $script --help"
  exit 64
}

# An option's value: `--to 3` or `--to=3`.
option_value() { # OPTION INLINE HAS-INLINE NEXT...
  if [[ $3 ]]; then
    value=$2
  elif (($# > 3)); then
    value=$4 took_next=1
  else
    bad_usage "$1 needs a value"
  fi
  [[ $value ]] || bad_usage "$1 needs a value that is not empty"
}

seconds_value() { # OPTION
  [[ $value =~ ^[0-9]{1,6}$ ]] || bad_usage "$1 takes a whole number from 0 to 999999, not '$value'"
  value=$((10#$value))
}

parse_options() {
  local argument name inline has value took_next rest='' named=''
  while (($#)); do
    argument=$1 took_next=0 inline='' has=''
    shift
    if [[ $rest || $argument != -* ]]; then
      if [[ $named ]]; then operands+=("$argument"); else command=$argument named=1; fi
      continue
    fi
    name=${argument%%=*}
    if [[ $argument == *=* ]]; then inline=${argument#*=} has=1; fi
    case $name in
      --host | --only | --root | --wait | --confirm | --drain | --to | --packages | --packages-sum)
        option_value "$name" "$inline" "$has" "$@"
        ;;
      *) [[ -z $has ]] || bad_usage "$name takes no value" ;;
    esac
    case $name in
      --host) host=$value ;;
      --only) only=$value ;;
      --root) root=$value ;;
      --wait) seconds_value "$name" && wait_seconds=$value ;;
      --confirm) seconds_value "$name" && confirm_seconds=$value ;;
      --drain) seconds_value "$name" && drain_seconds=$value ;;
      --to) seconds_value "$name" && to_generation=$value ;;
      --packages) packages_dir=$value ;;
      --packages-sum)
        [[ $value =~ ^[0-9a-f]{64}$ ]] || bad_usage "$name takes the SHA-256 that fetch-packages.sh printed, 64 hexadecimal digits, not '$value'"
        packages_sum=$value
        ;;
      --diff) diff=1 ;;
      --json) json=1 ;;
      --quiet | -q) quiet=1 ;;
      --no-color | --no-colour) no_color=1 ;;
      --purge) purge=1 ;;
      --force-platform) force_platform=1 ;;
      --help | -h) usage && exit 0 ;;
      --version | -V) printf '%s: cluster %s, role %s, lvsgen %s, format %s, runtime %s, sha256 %s\n' \
        "$script" "$cluster" "$role" "$lvsgen_version" "$lvsgen_format" "$lvsgen_runtime" "$lvsgen_sum" && exit 0 ;;
      --) rest=1 ;;
      *) bad_usage "unknown option $name" ;;
    esac
    ((took_next == 0)) || shift
  done
  check_options
}

goes_with() { # OPTION VALUE: empty where it was not given
  local taking
  [[ $2 && -z ${command_has["$command $1"]:-} ]] || return 0
  takers "$1"
  bad_usage "$1 goes with $taking, not with $command"
}

check_options() {
  local kind
  local -a words=()
  [[ $command != help ]] || { usage && exit 0; }
  [[ ${command_text[$command]:-} ]] || bad_usage "unknown command '$command'; there are: ${commands[*]}" # never empty
  if [[ ${operand_of[$command]:-} ]]; then
    ((${#operands[@]} == 1)) || bad_usage "$command takes one argument, ${operand_of[$command]}, not ${#operands[@]}"
  else
    ((${#operands[@]} == 0)) || bad_usage "$command takes no argument, such as '${operands[0]}'"
  fi
  goes_with --to "$to_generation"
  goes_with --purge "$purge"
  goes_with --only "$only"
  goes_with --root "$root"
  goes_with --confirm "$confirm_seconds"
  [[ -z $confirm_seconds || $confirm_seconds -gt 0 ]] || bad_usage "--confirm takes at least 1 second"
  if [[ $root ]]; then
    [[ $host ]] || bad_usage "--root needs --host: an image has no addresses to be found by"
    [[ -d $root ]] || bad_usage "--root: no directory $root"
    [[ -z $confirm_seconds ]] || bad_usage "--confirm and --root exclude each other"
    root=$(cd -- "$root" && pwd -P)
    [[ $root != / ]] || root=''
    [[ $root ]] || bad_usage "--root / is this host itself: leave --root out"
  fi
  [[ -z $packages_dir || -d $packages_dir ]] || bad_usage "--packages: no directory $packages_dir"
  split_words "${only//,/ }"
  for kind in ${words[@]+"${words[@]}"}; do
    [[ " $all_kinds " == *" $kind "* ]] || bad_usage "--only: no kind '$kind'; there are: $all_kinds"
  done
}
