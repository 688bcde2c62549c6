# ---- options: the command line ---------------------------------------------------------------

command=fetch host='' json='' quiet='' no_color='' mutating=''
wanted_platform='' wanted_architecture='' output_dir='' refresh='' force_platform='' list=''

usage() {
  cat <<EOF
$script: downloads what the hosts of the LVS cluster $cluster install, to be carried to them

Usage: bash $script [OPTIONS]

Run it once on a connected machine (or in a container) of the same system as the hosts, for each of
their systems. It downloads the packages with everything that they depend on into
packages/PLATFORM/ARCH beside this script, and writes the SHA256SUMS that the hosts check. It installs
nothing. Interrupted, it goes on where it was when it is run again.

Options
  --platform NAME      for the hosts of this platform (default: the one that this machine is)
  --arch ARCH          for this architecture (default: this machine's)
  --output DIR         make PLATFORM/ARCH below DIR (default: packages beside this script)
  --refresh            fetch again what the folder has already, in its newest version
  --list               say what would be fetched; fetch nothing
  --force-platform     go on although this machine is not the described platform
  --quiet              only failures
  --no-color           no colours (as the NO_COLOR variable)
  --help, --version

Exit codes: 0 the folder is complete; 1 failed (run it again: it goes on); 64 usage; 69 something that
this machine or its repositories lack; 77 not root (rpm systems); 78 not the described platform.
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
      --platform | --arch | --output)
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
      --platform) wanted_platform=$value ;;
      --arch)
        [[ $value =~ ^[a-z0-9_]+$ ]] || bad_usage "--arch: '$value' is no architecture"
        wanted_architecture=$value
        ;;
      --output) output_dir=$value ;;
      --refresh) refresh=1 ;;
      --list) list=1 ;;
      --force-platform) force_platform=1 ;;
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
