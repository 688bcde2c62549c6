# ---- apt: the packages and all that they depend on, as for a host that has none of it ---------------------------

debs=()
declare -A deb_sums=() deb_specs=()

fetch_debs() {
  local file
  local -a missing=()
  prepare_apt
  attempt 'asking the repositories' apt update
  assume_unavailable
  list_debs
  reuse_former
  for file in "$stage"/*; do
    [[ ${deb_sums[${file##*/}]:-} ]] || rm -rf -- "$file"
  done
  find_missing_debs
  if ((${#missing[@]})); then
    attempt "downloading ${#missing[@]} of ${#debs[@]} packages" download_debs
    find_missing_debs
    if ((${#missing[@]})); then
      # Where it copies (a repository that is a directory), apt does not say so.
      refuse_full_disk 'downloading' "$stage"
      die 1 "not as the repository describes them: ${missing[*]}" "Run it again: they are fetched anew" # never empty
    fi
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
#clear APT::Update::Pre-Invoke;
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

is_offered_deb() { # NAME
  [[ $(apt-cache -c "$scratch/apt.conf" show -- "$1" 2>/dev/null) ]]
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

# All that apt would fetch, with file names and sums as the repositories' indices have them. (It gives MD5 unless told.)
list_debs() { # -> ${debs[@]} $deb_sums $deb_specs
  local _ name sum version
  ask 'finding what they depend on' apt --print-uris -o Acquire::ForceHash=SHA256 install -- "${wanted[@]}" # never empty
  while read -r _ name _ sum; do
    is_package_file "$name" || continue
    [[ $sum == SHA256:* ]] || die 1 "the repository has no SHA-256 of $name" "Use a repository with a current index"
    version=${name#*_} version=${version%_*}
    debs+=("$name")
    deb_sums[$name]=$sum deb_specs[$name]=${name%%_*}=${version//%3a/:}
  done <"$scratch/said"
  ((${#debs[@]})) || die 1 "apt does not say where the packages are" "$(<"$scratch/said")"
}

find_missing_debs() { # -> ${missing[@]}
  local name sum
  missing=()
  for name in "${debs[@]}"; do # never empty
    sum=${deb_sums[$name]}
    [[ -f $stage/$name && $(sha256sum <"$stage/$name") == "${sum#*:}  -" ]] || missing+=("$name")
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
