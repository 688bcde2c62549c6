# ---- carried debs: apt resolves them as it always does, with the folder as its only repository ---------------------

# Fix-Broken: an interrupted transaction left packages unpacked whose dependencies never came.
apt_get=(env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -y --no-install-recommends --no-remove
  -o APT::Get::Fix-Broken=true -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=60)

# A flat repository: what each package says of itself, and its sum.
index_debs() { # -> $carried_names, the repository in $scratch
  local i control line linked sizes
  link_carried deb "${carried_files[@]}" # never empty
  for i in "${!linked[@]}"; do
    if ! control=$(dpkg-deb -f "$scratch/repository/${linked[i]}" 2>&1); then
      failure="dpkg cannot read $carried/${carried_files[i]}: $control"
      return 1
    fi
    while IFS= read -r line; do
      [[ $line != 'Package: '* ]] || carried_names[${line#Package: }]=1
    done <<<"$control"
    printf '%s\nFilename: ./%s\nSize: %s\nSHA256: %s\n\n' "$control" "${linked[i]}" "${sizes[i]}" "${carried_sums[${carried_files[i]}]}"
  done >"$scratch/repository/Packages"
}

# The host's sources, lists, pins and default release are not read.
configure_apt() { # -> ${carried_command[@]}
  local log=''
  # Who only asks leaves no trace.
  [[ $mutating == yes ]] || log="Dir::Log \"$scratch/state\";"
  printf 'deb [trusted=yes] file:%s ./\n' "$scratch/repository" >"$scratch/sources.list"
  cat >"$scratch/apt.conf" <<EOT
#clear APT::Default-Release;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::Etc::sourcelist "$scratch/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::lists "$scratch/lists";
Dir::Cache "$scratch/cache";
Acquire::Languages "none";
APT::Sandbox::User "root";
$log
EOT
  carried_command=("${apt_get[@]}" -c "$scratch/apt.conf") # never empty
}

# Where an interrupted transaction left packages without what they need, apt takes no names before they have it.
resolve_by_apt() { # NAME...
  "${carried_command[@]}" -qq update || return 1 # never empty
  if "${carried_command[@]}" -s -o APT::Get::Fix-Broken=false check >/dev/null 2>&1; then set -- -- "$@"; else set --; fi # never empty
  "${carried_command[@]}" -q -s install "$@" # never empty
}
