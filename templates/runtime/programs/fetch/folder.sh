# ---- the folder: filled beside its place, and put there whole -----------------------------------------
#
# packages/PLATFORM/ARCH is either what a former run completed, with its SHA256SUMS, or not there. What a run
# that was interrupted has got is in packages/PLATFORM/.ARCH.partial, and the next one goes on with it.

folder='' stage='' scratch=''

place_folder() { # -> $folder $stage $scratch
  local place=$output_dir base failed
  if [[ -z $place ]]; then
    place=.
    [[ $script_path != */* ]] || place=${script_path%/*}/
  fi
  base=$place
  [[ $output_dir ]] || base+=/packages
  if ! failed=$(mkdir -p -- "$base/$platform/.$architecture.partial" 2>&1); then
    die 1 "$failed" "Make the place writable, or name another: --output DIR"
  fi
  folder=$(cd -- "$base/$platform" && pwd -P)/$architecture
  stage=${folder%/*}/.$architecture.partial
  refuse_other_users "$place"
  [[ -d $folder || ! -d $folder.former ]] || mv -- "$folder.former" "$folder"
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-fetch.XXXXXX") ||
    die 1 "cannot make a directory for temporary files in ${TMPDIR:-/tmp}" "Name another: TMPDIR=/var/tmp bash $script"
}

# Whom the machine's directory belongs to that is being filled may well be another than root in a container. Somebody else may not have
# made what is in it: what root downloads there would go where he likes, or be what he likes.
refuse_other_users() { # DIRECTORY
  local untrusted
  trusted_owners+="$(stat -L -c %u -- "$1") "
  is_trusted_place "$stage" && { [[ ! -d $folder ]] || is_trusted_place "$folder"; } && return 0
  ((EUID == 0)) || { complain "another user can change what is fetched:$untrusted" && return 0; }
  die 69 "another user could have made ${folder%/*}, or can change what is fetched:$untrusted" "Name another place: --output DIR"
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
    ! is_package_file "$name" || [[ ! -f $folder/$name || -e $stage/$name || $(sha256sum <"$folder/$name") != "$sum  -" ]] ||
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
  read -r size _ < <(du -sh -- "$folder" || :)
  count=$(wc -l <"$folder/SHA256SUMS")
  say "${green}complete$plain $bold%s$plain" "$platform $architecture: $count packages, $size, in $folder"
  say "The SHA-256 of its SHA256SUMS, to be carried another way than the folder: ${sum%% *}"
  say "Carry the folder 'packages' along beside the scripts, or name it there with --packages DIR. So that no other is taken for it:"
  say "  sudo bash SCRIPT --packages DIR --packages-sum ${sum%% *}"
}
