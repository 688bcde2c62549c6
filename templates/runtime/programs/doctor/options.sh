# ---- options: the command line ---------------------------------------------------------------

command=doctor host='' root='' json='' quiet='' no_color='' packages_dir='' packages_sum='' mutating=''

usage() {
  cat <<EOF
$script: what would stop an apply of the LVS cluster $cluster on this host, before it is tried

Usage: sudo bash $script [OPTIONS]

Looks at the system, its packages, its network, its disks, and asks the wire who has the virtual
addresses. It changes nothing. Without root it leaves out what only root may see, and says so.

Options
  --host NAME          act as this host of the description (default: found by its addresses)
  --packages DIR       the folder of carried packages, as the scripts take it
  --packages-sum SUM   the SHA-256 of its SHA256SUMS, as the scripts take it
  --json               one JSON object per line
  --quiet              only what would stop an apply
  --no-color           no colours (as the NO_COLOR variable)
  --help, --version

Each finding is ok, warn (an apply goes through, but look at it), stop (an apply would fail) or skip (it
could not be found out), with why it matters and what to do.

Exit codes: 0 nothing would stop an apply; 1 something would; 64 usage; 78 not a described host.
EOF
}

bad_usage() { # MESSAGE
  complain "$1" "See: bash $script --help"
  exit 64
}

parse_options() {
  local argument name value
  while (($#)); do
    argument=$1 name=${1%%=*}
    shift
    case $name in
      --host | --packages | --packages-sum)
        if [[ $argument == *=* ]]; then
          value=${argument#*=}
        else
          (($#)) || bad_usage "$name needs a value"
          value=$1
          shift
        fi
        [[ $value ]] || bad_usage "$name needs a value that is not empty"
        ;;
      *) [[ $argument != -*=* ]] || bad_usage "$name takes no value" ;;
    esac
    case $name in
      --host) host=$value ;;
      --packages)
        [[ -d $value ]] || bad_usage "--packages: no directory $value"
        packages_dir=$value
        ;;
      --packages-sum)
        [[ $value =~ ^[0-9a-f]{64}$ ]] || bad_usage "--packages-sum takes the SHA-256 that fetch-packages.sh printed, 64 hexadecimal digits, not '$value'"
        packages_sum=$value
        ;;
      --json) json=1 ;;
      --quiet | -q) quiet=1 ;;
      --no-color | --no-colour) no_color=1 ;;
      --help | -h) usage && exit 0 ;;
      --version | -V) printf '%s: cluster %s, lvsgen %s, format %s, runtime %s, sha256 %s\n' \
        "$script" "$cluster" "$lvsgen_version" "$lvsgen_format" "$lvsgen_runtime" "$lvsgen_sum" && exit 0 ;;
      -*) bad_usage "unknown option $name" ;;
      *) bad_usage "no arguments are taken, such as '$argument'" ;;
    esac
  done
}
