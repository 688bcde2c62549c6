#!/bin/bash
# Part 1 of 3: does nothing unless every byte below the line of "=" arrived as it was written.
# (Each line here ends in a comment, so that it works even where an editor or a mail gateway made CRLF of it.)
lvsgen_sum=08c77ec66750dbd1d618461d2da2597bc091e11ed8b29e54e09aff3822da3a37 #
lvsgen_size=28738 #
lvsgen_refuse() { printf '%s: %s\n%s\n' "${BASH_SOURCE[0]}" "$1" "Nothing was done. Copy it again from the bundle, and compare: sha256sum -c SHA256SUMS" >&2; exit 1; } #
if [ -z "${BASH_VERSION:-}" ] || [ "${BASH_VERSINFO[0]}" -lt 4 ] || { [ "${BASH_VERSINFO[0]}" = 4 ] && [ "${BASH_VERSINFO[1]}" -lt 2 ]; }; then echo "This script needs bash 4.2 or newer: bash $0" >&2; exit 69; fi #
set +o posix # sh director.sh, where sh is bash
if [ ! -f "${BASH_SOURCE[0]:-}" ]; then BASH_SOURCE=(lvsgen) && lvsgen_refuse "this script checks itself, so it must be run as a file, not from a pipe"; fi #
if [ "$(sed '1,/^# ====/d' "${BASH_SOURCE[0]}" | sha256sum)" != "$lvsgen_sum  -" ]; then #
  if grep -q "$(printf '\r')" "${BASH_SOURCE[0]}"; then lvsgen_refuse "its line ends were converted to CRLF on the way here"; fi #
  lvsgen_here=$(sed '1,/^# ====/d' "${BASH_SOURCE[0]}" | wc -c) #
  if [ "$lvsgen_here" -lt "$lvsgen_size" ]; then lvsgen_refuse "it is cut short: $lvsgen_here of $lvsgen_size bytes are here"; fi #
  lvsgen_refuse "it is not what lvsgen wrote: it was altered or damaged" #
fi #
# ====================================================================================================

# Part 2 of 3: what this script downloads. It installs nothing and changes nothing but the folder it fills. Read this part.

lvsgen_format=1
cluster=kgc
role=fetch

# For each system: its package manager, its releases as ID:VERSION_ID of /etc/os-release, its hosts, what they install.
targets() {

  platform el7 yum 'centos:7* rhel:7* ol:7* scientific:7*'
  hosts el7 lvs1 web1 web2
  packages el7 ipvsadm nfs-utils rpcbind httpd
}

# Part 3 of 3: the runtime, the same in every such script.

# ---- output: everything a person or a tool reads ---------------------------------------------

bold='' red='' green='' yellow='' dim='' plain=''

use_colors() {
  [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb && -z $no_color && -z $json ]] || return 0
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' dim=$'\e[2m' plain=$'\e[0m'
}

# Control characters of a name must not reach the terminal.
visible() { # TEXT -> $shown
  shown=${1//[[:cntrl:]]/?}
}

# A reader that went away (a closed pipe, a dropped session) must not stop a change half way.
say() { # LINE
  [[ $quiet || $json ]] || printf '%s\n' "$1" 2>/dev/null || :
}

complain() { # LINE...
  local line
  for line in "$@"; do
    printf '%s: %s\n' "$script" "$line" >&2 2>/dev/null || :
  done
}

# Ends the run: what is wrong, and what to do about it.
die() { # EXIT-CODE MESSAGE [REMEDY...]
  local code=$1
  shift
  complain "$@"
  log "exit $code: $1"
  [[ -z $json ]] || event error code "$code" message "$1"
  exit "$code"
}

json_string() { # TEXT -> $quoted, a JSON string
  local text=$1 out='' c i
  text=${text//\\/\\\\} text=${text//\"/\\\"} text=${text//$'\n'/\\n} text=${text//$'\t'/\\t} text=${text//$'\r'/\\r}
  if [[ $text == *[[:cntrl:]]* ]]; then
    for ((i = 0; i < ${#text}; i++)); do
      c=${text:i:1}
      [[ $c != [[:cntrl:]] ]] || printf -v c '\\u%04x' "'$c"
      out+=$c
    done
    text=$out
  fi
  quoted=\"$text\"
}

# One JSON object on a line of its own: event NAME KEY VALUE...
event() {
  local line quoted
  json_string "$1"
  line="{\"event\":$quoted"
  shift
  while (($# > 1)); do
    json_string "$1"
    line+=,$quoted:
    if [[ $2 =~ ^(0|[1-9][0-9]{0,14})$ ]]; then
      line+=$2
    else
      json_string "$2"
      line+=$quoted
    fi
    shift 2
  done
  printf '%s}\n' "$line" 2>/dev/null || :
}

declare -A count=([ok]=0 [changed]=0 [pending]=0 [failed]=0 [kept]=0)

# The one line of a resource.
report() { # RESULT KIND NAME [DETAIL]
  local result=$1 kind=$2 name=$3 detail=${4:-} color=$dim shown
  count[$result]=$((${count[$result]:-0} + 1))
  [[ $result == ok || $mutating != yes ]] || log "$result $kind $name${detail:+ ($detail)}"
  if [[ $json ]]; then
    event resource result "$result" kind "$kind" name "$name" detail "$detail"
    return
  fi
  case $result in
    changed | pending | kept) color=$yellow ;;
    failed) color=$red ;;
  esac
  visible "$name${detail:+  ($detail)}"
  printf -v result '%-8s' "$result"
  if [[ $result == failed* ]]; then
    printf '%s\n' "$color$result$plain $kind $shown" >&2 2>/dev/null || :
  else
    say "$color$result$plain $kind $shown"
  fi
}

# The closing line: `director lvs1: ok=12 changed=3 failed=0`.
closing() { # COUNTER...
  local line="$role $host:" name
  local -a pairs=()
  for name in "$@"; do
    line+=" $name=${count[$name]}"
    pairs+=("$name" "${count[$name]}")
  done
  log "$line"
  if [[ $json ]]; then
    event summary command "$command" cluster "$cluster" role "$role" host "$host" "${pairs[@]}" # never empty
  else
    [[ $quiet ]] || printf '%s\n' "$bold$line$plain" 2>/dev/null || :
  fi
}

# The log of what changed, beside the system's others. A run that changes nothing leaves it alone.
log() { # LINE
  local now
  [[ $log_file ]] || return 0
  printf -v now '%(%Y-%m-%dT%H:%M:%S%z)T' -1
  printf '%s %s[%s] %s\n' "$now" "$role" "$$" "$1" >>"$log_file" 2>/dev/null || :
}

log_open() {
  local dir=$root/var/log/lvsgen
  [[ -z $log_file ]] || return 0
  [[ -d $dir ]] || (umask 027 && mkdir -p -- "$dir") 2>/dev/null || return 0
  [[ ! -f $dir/$cluster.log || $(stat -c %s -- "$dir/$cluster.log") -lt 1048576 ]] ||
    mv -f -- "$dir/$cluster.log" "$dir/$cluster.log.1" 2>/dev/null || :
  log_file=$dir/$cluster.log
  log "$command on $host begins"
}

# The one door to a command that changes something. Its output is kept for the message of a failure.
run() { # COMMAND...
  output=''
  log "run: $*"
  if output=$("$@" 2>&1 </dev/null); then
    return 0
  else
    failure="$* (exit code $?)"
    [[ -z $output ]] || failure+=$'\n'$output
    return 1
  fi
}

# ---- options: the command line ---------------------------------------------------------------

command=fetch host='' root='' json='' quiet='' no_color='' log_file='' mutating=''
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
      --version | -V) printf '%s: cluster %s, lvsgen format %s, sha256 %s\n' \
        "$script" "$cluster" "$lvsgen_format" "$lvsgen_sum" && exit 0 ;;
      -*) bad_usage "unknown option $name" ;;
      *) bad_usage "no arguments are taken, such as '$argument'" ;;
    esac
  done
}

# ---- the system that runs here: os-release(5) ------------------------------------------------------

read_release() { # -> $release_id $release_version $release_name
  local file=$root/etc/os-release line
  release_id='' release_version='' release_name=''
  [[ -r $file ]] || file=$root/usr/lib/os-release
  if [[ -r $file ]]; then
    while IFS= read -r line; do
      line=${line//[\"\']/}
      case $line in
        ID=*) release_id=${line#*=} ;;
        VERSION_ID=*) release_version=${line#*=} ;;
        PRETTY_NAME=*) release_name=${line#*=} ;;
      esac
    done <"$file"
  fi
  release_name=${release_name:-${release_id:-an unknown system} $release_version}
}

# Is that the system of a platform?
is_release() { # PATTERN..., as ID:VERSION_ID
  local pattern
  for pattern; do
    # shellcheck disable=SC2053 # a pattern: centos:7*
    [[ $release_id:$release_version != $pattern ]] || return 0
  done
  return 1
}

# ---- carried packages: a folder beside this script, used alone and only if every sum in it is right ----------

carried='' architecture='' carried_files=()
declare -A carried_sums=() # name -> SHA-256

# As the package manager names it in its files.
package_architecture() { # -> $architecture
  case $package_manager in
    apt) architecture=$(dpkg --print-architecture) ;;
    *) architecture=$(uname -m) ;;
  esac
}

# The folder for this host, by --packages (it, or one above it) or beside the script; empty where there is none.
find_carried() { # -> $carried
  local base=. place
  package_architecture
  carried=''
  if [[ $packages_dir ]]; then
    carried=$packages_dir
    for place in "packages/$platform/$architecture" "$platform/$architecture" "$architecture"; do
      [[ ! -d $packages_dir/$place ]] || { carried=$packages_dir/$place && break; }
    done
  else
    [[ $script_path != */* ]] || base=${script_path%/*}
    [[ ! -d $base/packages/$platform/$architecture ]] || carried=$base/packages/$platform/$architecture
  fi
  [[ -z $carried ]] || carried=$(cd -- "$carried" && pwd -P)
}

is_package_file() { # NAME
  case $package_manager in
    apt) [[ $1 == *.deb ]] ;;
    *) [[ $1 == *.rpm ]] ;;
  esac
}

# Everything in the folder against its SHA256SUMS, before anything in it is used.
check_carried() { # -> ${carried_files[@]}, names in $carried
  local file name sum changed='' absent='' extra='' told
  local -A seen=()
  carried_files=() carried_sums=()
  told="Nothing was installed. Copy the folder again, and compare on both sides: sha256sum $carried/SHA256SUMS"
  list_sums || return 1
  for file in "$carried"/* "$carried"/.[!.]* "$carried"/..?*; do
    name=${file##*/}
    [[ $name != SHA256SUMS && (-e $file || -L $file) ]] || continue
    if [[ ${carried_sums[$name]:-} && -f $file ]]; then seen[$name]=1; else extra+=" $name"; fi
  done
  for name in "${carried_files[@]}"; do # never empty
    [[ ${seen[$name]:-} ]] || absent+=" $name"
  done
  while read -r sum name; do
    [[ ${carried_sums[$name]:-} != "$sum" ]] || unset "seen[$name]"
  done < <(cd -- "$carried" && ((${#seen[@]})) && sha256sum -- "${!seen[@]}" 2>/dev/null)
  for name in "${carried_files[@]}"; do # never empty
    [[ -z ${seen[$name]:-} ]] || changed+=" $name"
  done
  [[ $changed$absent$extra ]] || return 0
  failure="the packages in $carried are not those that were fetched"
  [[ -z $changed ]] || failure+=$'\n'"changed or unreadable:$changed"
  [[ -z $absent ]] || failure+=$'\n'"missing:$absent"
  [[ -z $extra ]] || failure+=$'\n'"not in SHA256SUMS, so nobody vouches for them (move them away):$extra"
  failure+=$'\n'$told
  return 1
}

# SHA256SUMS as sha256sum wrote it: a sum and the plain name of a package on each line.
list_sums() { # -> ${carried_files[@]} $carried_sums
  local line name number=0
  if [[ ! -f $carried/SHA256SUMS ]]; then
    failure="the folder of packages is empty: $carried has none for $platform $architecture"
    for name in "$carried"/*; do
      ! is_package_file "$name" || failure="$carried has packages but no SHA256SUMS: fetch-packages.sh did not make it, or not all of it was copied"
    done
    failure+=$'\n'"Nothing was installed. Fetch packages with fetch-packages.sh, and copy the whole folder 'packages'."
    return 1
  fi
  while IFS= read -r line || [[ $line ]]; do
    number=$((number + 1))
    name=${line:66}
    if [[ ! $line =~ ^[0-9a-f]{64}\ [\ *][^/]+$ || $name == .* ]] || ! is_package_file "$name"; then
      failure="line $number of $carried/SHA256SUMS is not the sum of a package: it was altered, damaged, or made for another system"
      failure+=$'\n'$told
      return 1
    fi
    carried_sums[$name]=${line:0:64}
    carried_files+=("$name")
  done <"$carried/SHA256SUMS"
  ((${#carried_files[@]})) || { failure="the folder of packages is empty: $carried/SHA256SUMS lists none"$'\n'$told && return 1; }
}

# ---- for which system, and for which architecture -------------------------------------------------

platform_names=() platform='' own_architecture=''
declare -A manager_of=() releases_of=() packages_of=() hosts_of=()

platform() { # NAME PACKAGE-MANAGER RELEASES
  platform_names+=("$1")
  manager_of[$1]=$2 releases_of[$1]=$3
}

hosts() { # PLATFORM HOST...
  local name=$1
  shift
  hosts_of[$name]=$*
}

packages() { # PLATFORM PACKAGE...
  local name=$1
  shift
  packages_of[$name]=$*
}

choose_platform() { # -> $platform $package_manager ${wanted[@]}
  local name fitting=''
  targets
  read_release
  for name in "${platform_names[@]}"; do # never empty
    # shellcheck disable=SC2086 # a list of patterns
    ! is_release ${releases_of[$name]} || fitting+=" $name"
  done
  if [[ $wanted_platform ]]; then
    platform=$wanted_platform
    [[ ${manager_of[$platform]:-} ]] || bad_usage "--platform: no host is $platform; there are: ${platform_names[*]}" # never empty
    [[ "$fitting " == *" $platform "* ]] || other_system
  else
    [[ $fitting ]] || other_system
    fitting=${fitting:-" ${platform_names[*]}"} # never empty
    platform=${fitting# }
    [[ $platform != *' '* ]] || bad_usage "say for which platform: --platform NAME, one of:$fitting"
  fi
  package_manager=${manager_of[$platform]}
  read -r -a wanted <<<"${packages_of[$platform]:-}"
}

# Packages of another release would not go together with what the hosts have.
other_system() {
  local described=${platform:-${platform_names[*]}} # never empty
  if [[ $force_platform ]]; then
    complain "this is $release_name, and the packages are for $described: going on"
    return 0
  fi
  die 78 "this is $release_name ($release_id:$release_version), and the packages are for $described" \
    "Run this script on a machine or in a container of that system; or try with --force-platform"
}

# What `uname -m` calls x86_64 is amd64 in a deb's name, and so on.
choose_architecture() { # -> $architecture $own_architecture
  package_architecture
  own_architecture=$architecture
  architecture=${wanted_architecture:-$architecture}
  case $package_manager:$architecture in
    apt:x86_64) architecture=amd64 ;;
    apt:aarch64) architecture=arm64 ;;
    apt:*) ;;
    *:amd64) architecture=x86_64 ;;
    *:arm64) architecture=aarch64 ;;
  esac
}

# ---- the folder: filled beside its place, and put there whole -----------------------------------------
#
# packages/PLATFORM/ARCH is either what a former run completed, with its SHA256SUMS, or not there. What a run
# that was interrupted has got is in packages/PLATFORM/.ARCH.partial, and the next one goes on with it.

folder='' stage='' scratch=''

place_folder() { # -> $folder $stage $scratch
  local base=$output_dir failed
  if [[ -z $base ]]; then
    base=.
    [[ $script_path != */* ]] || base=${script_path%/*}
    base+=/packages
  fi
  if ! failed=$(mkdir -p -- "$base/$platform/.$architecture.partial" 2>&1); then
    die 1 "$failed" "Make the place writable, or name another: --output DIR"
  fi
  folder=$(cd -- "$base/$platform" && pwd -P)/$architecture
  stage=${folder%/*}/.$architecture.partial
  [[ -d $folder || ! -d $folder.former ]] || mv -- "$folder.former" "$folder"
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-fetch.XXXXXX") ||
    die 1 "cannot make a directory for temporary files in ${TMPDIR:-/tmp}" "Name another: TMPDIR=/var/tmp bash $script"
}

on_exit() {
  [[ -z $scratch ]] || rm -rf -- "$scratch"
  [[ -z $stage ]] || rmdir -- "$stage" "${stage%/*}" 2>/dev/null || :
}

# A former run's folder that has everything, and is as it was then, needs no network.
is_complete() {
  local name file found file_name file_architecture
  [[ -d $folder && -z $refresh ]] || return 1
  carried=$folder
  if ! check_carried; then
    complain "${failure%%$'\n'*}: fetching again what is wrong"
    return 1
  fi
  for name in "${wanted[@]}"; do # never empty
    found=''
    for file in "${carried_files[@]}"; do # never empty
      name_of "$file"
      [[ $file_name != "$name" ]] || found=1
    done
    [[ $found ]] || return 1
  done
}

# As package managers name what they download: NAME_VERSION_ARCH.deb, NAME-VERSION-RELEASE.ARCH.rpm.
name_of() { # FILE -> $file_name $file_architecture
  file_architecture=${1%.*}
  case $1 in
    *.deb) file_name=${1%%_*} file_architecture=${file_architecture##*_} ;;
    *) file_name=${1%-*-*} file_architecture=${file_architecture##*.} ;;
  esac
}

# What nobody fetched is nobody's to delete.
refuse_foreign() {
  local file extra=''
  for file in "$folder"/* "$folder"/.[!.]*; do
    [[ -e $file && ${file##*/} != SHA256SUMS ]] || continue
    is_package_file "${file##*/}" || extra+=" ${file##*/}"
  done
  [[ -z $extra ]] || die 1 "$folder has what is no package:$extra" "Move it away, or name another place: --output DIR"
}

# Good packages of a former folder are not fetched twice.
reuse_former() {
  local sum name
  [[ -f $folder/SHA256SUMS ]] || return 0
  while read -r sum name; do
    [[ $name == */* || ! -f $folder/$name || -e $stage/$name || $(sha256sum <"$folder/$name") != "$sum  -" ]] ||
      ! is_package_file "$name" ||
      ln -- "$folder/$name" "$stage/$name" 2>/dev/null || cp -- "$folder/$name" "$stage/$name"
  done <"$folder/SHA256SUMS"
}

complete_folder() { # FILE..., in $stage
  local failed
  if ! failed=$( (cd -- "$stage" && sha256sum -- "$@" >SHA256SUMS && sync) 2>&1); then
    die 1 "cannot write $stage/SHA256SUMS: $failed"
  fi
  rm -rf -- "$folder.former"
  [[ ! -d $folder ]] || mv -- "$folder" "$folder.former"
  mv -- "$stage" "$folder"
  rm -rf -- "$folder.former"
}

tell_folder() {
  local sum size count _
  sum=$(sha256sum <"$folder/SHA256SUMS")
  read -r size _ < <(du -sh -- "$folder")
  count=$(wc -l <"$folder/SHA256SUMS")
  say "${green}complete$plain $bold$platform $architecture: $count packages, $size, in $folder$plain"
  say "The SHA-256 of its SHA256SUMS, to compare on the hosts: ${sum%% *}"
  say "Carry the folder 'packages' along beside the scripts, or name it there with --packages DIR."
}

# ---- apt: the packages and all that they depend on, as for a host that has none of it ---------------------------

debs=()
declare -A deb_sums=() deb_specs=()

fetch_debs() {
  local file
  local -a specs=() missing=()
  prepare_apt
  attempt 'asking the repositories' apt update
  assume_unavailable
  resolve_debs
  list_debs
  reuse_former
  for file in "$stage"/*; do
    [[ ${deb_sums[${file##*/}]:-} ]] || rm -rf -- "$file"
  done
  find_missing_debs
  if ((${#missing[@]})); then
    attempt "downloading ${#missing[@]} of ${#debs[@]} packages" download_debs
    find_missing_debs
    ((${#missing[@]} == 0)) || die 1 "not as the repository describes them: ${missing[*]}" "Run it again: they are fetched anew" # never empty
  fi
  complete_folder "${debs[@]}" # never empty
}

apt() { # COMMAND...
  apt-get -c "$scratch/apt.conf" -y --no-install-recommends "$@"
}

# The machine's own sources and keys; state of our own, so that nothing of the machine's is touched, and what it has
# installed does not count: the hosts may have less.
prepare_apt() {
  command -v apt-get >/dev/null || die 69 "there is no apt-get on this machine" "Run this script on a machine or in a container of $platform"
  mkdir -p -- "$scratch/lists/partial" "$scratch/cache/archives/partial"
  : >"$scratch/status"
  cat >"$scratch/apt.conf" <<EOT
#clear APT::Architectures;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Architecture "$architecture";
APT::Architectures:: "$architecture";
APT::Sandbox::User "root";
Acquire::Languages "none";
Debug::NoLocking "true";
Dir::State::lists "$scratch/lists";
Dir::State::status "$scratch/status";
Dir::State::extended_states "$scratch/extended_states";
Dir::Cache "$scratch/cache";
EOT
}

# What this machine has and no repository of it offers (a site's partial mirror) is taken for part of every host.
assume_unavailable() {
  local count
  [[ $architecture == "$own_architecture" && -r /var/lib/dpkg/status ]] || return 0
  apt-cache -c "$scratch/apt.conf" pkgnames >"$scratch/offered"
  awk -v offered="$scratch/offered" '
    BEGIN { while ((getline name < offered) > 0) is_offered[name] = 1; RS = ""; FS = "\n" }
    {
      name = stanza = ""; installed = 0
      for (i = 1; i <= NF; i++) {
        if ($i ~ /^Package: /) name = substr($i, 10)
        if ($i == "Status: install ok installed") installed = 1
        if ($i ~ /^(Package|Status|Architecture|Multi-Arch|Version|Provides): /) stanza = stanza $i "\n"
      }
      if (installed && !(name in is_offered)) printf "%sMaintainer: -\nDescription: -\n\n", stanza
    }' /var/lib/dpkg/status >"$scratch/status.new"
  mv -- "$scratch/status.new" "$scratch/status"
  count=$(grep -c '^Package: ' "$scratch/status") || return 0
  say "$count packages of this machine are in none of its repositories: taken for part of every host"
}

resolve_debs() { # -> ${specs[@]}, NAME=VERSION
  local line install_line='^Inst ([^ :]+)[^ ]* (\[[^ ]*\] )?\(([^ ]+) '
  ask 'finding what they depend on' apt -s install -- "${wanted[@]}" # never empty
  while IFS= read -r line; do
    [[ ! $line =~ $install_line ]] || specs+=("${BASH_REMATCH[1]}=${BASH_REMATCH[3]}")
  done <"$scratch/said"
}

# File names and sums as the repository's index has them.
list_debs() { # -> ${debs[@]} $deb_sums $deb_specs
  local _ name sum spec
  ask 'finding where the packages are' apt --print-uris download "${specs[@]}" # never empty
  while read -r _ name _ sum; do
    [[ $name == *.deb ]] || continue
    [[ $sum == SHA256:* || $sum == SHA512:* ]] || die 1 "the repository has no SHA-256 of $name" "Use a repository with a current index"
    debs+=("$name")
    deb_sums[$name]=$sum
    for spec in "${specs[@]}"; do # never empty
      [[ ${name%%_*} != "${spec%%=*}" ]] || deb_specs[$name]=$spec
    done
  done <"$scratch/said"
  ((${#debs[@]} == ${#specs[@]})) || die 1 "apt does not say where all packages are" "$(<"$scratch/said")"
}

find_missing_debs() { # -> ${missing[@]}
  local name sum tool
  missing=()
  for name in "${debs[@]}"; do # never empty
    sum=${deb_sums[$name]} tool=sha${sum:3:3}sum
    [[ -f $stage/$name && $("$tool" <"$stage/$name") == "${sum:7}  -" ]] || missing+=("$name")
  done
}

download_debs() {
  local name
  local -a now=()
  for name in "${missing[@]}"; do # never empty
    now+=("${deb_specs[$name]}")
  done
  (cd -- "$stage" && apt download "${now[@]}") # never empty
}

# ---- yum and dnf: the packages and all that they depend on, as for an empty host ------------------------------------

declare -A present=() # what was there before this run's download

fetch_rpms() {
  local file release
  local -a options rpms=()
  ((EUID == 0)) || die 77 "$package_manager resolves for an empty host only as root" "Run: sudo bash $script (it installs nothing)"
  command -v "$package_manager" >/dev/null ||
    die 69 "there is no $package_manager on this machine" "Run this script on a machine or in a container of $platform"
  find_release
  options=(-y --installroot="$scratch/root" --releasever="$release" --downloadonly --downloaddir="$stage")
  dnf_options
  reuse_former
  for file in "$stage"/*.rpm; do
    [[ ! -f $file ]] || present[${file##*/}]=1
  done
  attempt 'asking the repositories and downloading' "$package_manager" "${options[@]}" install -- "${wanted[@]}" # never empty
  drop_superseded
  for file in "$stage"/*; do
    [[ $file == *.rpm ]] || { rm -rf -- "$file" && continue; }
    if ! rpm -K --nosignature -- "$file" >"$scratch/said" 2>&1; then
      rm -f -- "$file"
      die 1 "${file##*/} is damaged" "Run it again: it is fetched anew"
    fi
    rpms+=("${file##*/}")
  done
  complete_folder "${rpms[@]}" # never empty
}

# An empty host has no release of its own: this machine's, as the addresses of its repositories need it.
find_release() { # -> $release
  local line
  release=${release_version%%.*}
  while IFS= read -r line; do
    [[ $line != 'system-release(releasever) = '* ]] || release=${line##* }
  done < <(rpm -q --provides --whatprovides 'system-release(releasever)' 2>/dev/null || :)
}

# EL7's yum knows none of these.
dnf_options() {
  local line
  if ! "$package_manager" --help 2>/dev/null | grep -q -e --forcearch; then
    [[ $architecture == "$own_architecture" ]] ||
      die 69 "$package_manager cannot fetch for another architecture" "Run this script on a machine or in a container of $platform on $architecture"
    return 0
  fi
  options+=(--setopt=install_weak_deps=False)
  [[ $architecture == "$own_architecture" ]] || options+=(--forcearch="$architecture")
  # Modules (EL8) belong to a platform, which an empty host does not name.
  while IFS= read -r line; do
    [[ $line != PLATFORM_ID=* ]] || options+=(--setopt=module_platform_id="${line#*=}")
  done < <(tr -d "\"'" </etc/os-release)
}

# Where a newer version of a package came, the one that was there before goes.
drop_superseded() {
  local file other came file_name file_architecture
  for file in "$stage"/*.rpm; do
    [[ -f $file && -z ${present[${file##*/}]:-} ]] || continue
    name_of "${file##*/}"
    came=$file_name.$file_architecture
    for other in "${!present[@]}"; do
      name_of "$other"
      [[ $file_name.$file_architecture != "$came" ]] || rm -f -- "$stage/$other"
    done
  done
}

# ---- main ---------------------------------------------------------------------------------------

wanted=()

on_signal() { # NAME CODE
  trap '' INT TERM HUP
  complain "ended by SIG$1: run it again, it goes on where it was"
  exit "$2"
}

# Runs what downloads, shows what it says, and keeps that for the message of a failure.
attempt() { # WHAT COMMAND...
  local what=$1 status=0
  shift
  say "$bold$script: $what$plain"
  if [[ $quiet ]]; then
    "$@" >"$scratch/said" 2>&1 </dev/null || status=$?
  else
    "$@" 2>&1 </dev/null | tee -- "$scratch/said" || status=$?
  fi
  ((status == 0)) || explain_failure "$what"
}

# The same for what has nothing to show unless it fails.
ask() { # WHAT COMMAND...
  local what=$1 status=0
  shift
  "$@" >"$scratch/said" 2>&1 </dev/null || status=$?
  ((status == 0)) && return 0
  [[ $quiet ]] || cat -- "$scratch/said" >&2
  explain_failure "$what"
}

# The causes that people meet, each with what to do.
explain_failure() { # WHAT
  local line said='' unknown='' names_package="^(E: Unable to locate package |No package |No match for argument: |E: Package ')([^ ']+)"
  while IFS= read -r line; do
    said+=$line$'\n'
    [[ ! $line =~ $names_package ]] || unknown+=" ${BASH_REMATCH[2]}"
  done <"$scratch/said"
  [[ -z $quiet ]] || printf '%s' "$said" >&2
  if [[ $said == *'o space left on device'* || $said == *'enough free space'* || $said == *'more space needed'* ]]; then
    die 1 "$1: the disk is full" "Make room, or name another place (--output DIR, TMPDIR for temporary files); then run it again"
  elif [[ $unknown ]]; then
    die 69 "$1: no repository of this machine has:$unknown" \
      "Enable the repository that has it, or mend the name in the description"
  elif [[ $said == *'nothing provides'* || $said == *'unmet dependencies'* || $said == *'Requires: '* ]]; then
    die 69 "$1: the repositories of this machine lack what the packages depend on (above)" \
      "Enable the system's complete repositories, base and updates, as its vendor configures them"
  fi
  die 69 "$1: the repositories cannot be reached, or broke off (above)" \
    "Is this machine connected? Does its package manager know the proxy? Then run it again: it goes on where it was"
}

main() {
  set -Eeuo pipefail
  unset -v CDPATH GLOBIGNORE GREP_OPTIONS POSIXLY_CORRECT
  export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
  umask 022
  script_path=${BASH_SOURCE[0]} script=${BASH_SOURCE[0]##*/}
  parse_options "$@"
  use_colors
  trap '' PIPE
  choose_platform
  if [[ $list ]]; then
    printf '%s\n' ${wanted[@]+"${wanted[@]}"}
    return
  fi
  choose_architecture
  trap on_exit EXIT
  trap 'on_signal INT 130' INT
  trap 'on_signal TERM 143' TERM
  trap 'on_signal HUP 129' HUP
  say "for ${hosts_of[$platform]} ($platform $architecture): ${wanted[*]}" # never empty
  place_folder
  if is_complete; then
    say "complete already; --refresh fetches newer versions"
  else
    refuse_foreign
    case $package_manager in
      apt) fetch_debs ;;
      *) fetch_rpms ;;
    esac
  fi
  tell_folder
}


main "$@"
