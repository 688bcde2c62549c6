# ---- carried debs: apt resolves them as it always does, with the folder as its only repository ---------------------

scratch='' apt_command=()

# Fix-Broken: an interrupted transaction left packages unpacked whose dependencies never came.
apt_get=(env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -y --no-install-recommends --no-remove
  -o APT::Get::Fix-Broken=true -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=60)

# With the folder alone, apt installs these names. Whatever the host has in a version that satisfies stays as it is.
plan_debs() { # NAME... -> ${carried_plan[@]}, and what apt has to know in $scratch
  local output name lacking_names=''
  local -A carried_names=()
  make_repository || return 1
  for name; do
    if [[ ${carried_names[${name%%:*}]:-} ]]; then carried_plan+=("$name"); else lacking_names+=" $name"; fi
  done
  if [[ $lacking_names ]]; then
    lacks_packages "there is no package$lacking_names in it"
    return
  fi
  if ! output=$("${apt_command[@]}" update 2>&1); then # never empty
    failure="apt cannot read the packages in $carried"$'\n'$output
    return 1
  fi
  while ! output=$("${apt_command[@]}" -s install -- "${carried_plan[@]}" 2>&1); do # never empty
    plan_unmet "$output" || return 1
  done
}

# A flat repository of links to the packages. Their own names are no URIs (`%3a` for an epoch's colon).
make_repository() { # -> $carried_names
  local file number=0 control size line
  make_scratch || return 1
  for file in "${carried_files[@]}"; do # never empty
    number=$((number + 1))
    if ! control=$(dpkg-deb -f "$carried/$file" 2>&1); then
      failure="dpkg cannot read $carried/$file: $control"
      return 1
    fi
    size=$(stat -L -c %s -- "$carried/$file")
    while IFS= read -r line; do
      [[ $line != 'Package: '* ]] || carried_names[${line#Package: }]=1
    done <<<"$control"
    ln -s -- "$carried/$file" "$scratch/repository/$number.deb"
    printf '%s\nFilename: ./%s.deb\nSize: %s\nSHA256: %s\n\n' "$control" "$number" "$size" "${carried_sums[$file]}"
  done >"$scratch/repository/Packages"
}

# What apt keeps for this run alone: the host's lists, repositories, pins and default release stay out of it.
make_scratch() { # -> $scratch ${apt_command[@]}
  # Of a run that installs, a fixed one that only root can make: what a killed run left there goes with the next.
  if [[ $mutating == yes ]]; then
    scratch=/run/lvsgen-packages
    if ! failure=$({ rm -rf -- "$scratch" && mkdir -m 0700 -- "$scratch"; } 2>&1); then
      failure="cannot make $scratch: $failure" scratch=''
      return 1
    fi
  elif ! scratch=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-packages.XXXXXX" 2>&1); then
    failure="cannot make a directory for temporary files: $scratch" scratch=''
    return 1
  fi
  mkdir -p -- "$scratch/repository" "$scratch/lists/partial" "$scratch/cache/archives/partial"
  printf 'deb [trusted=yes] file:%s ./\n' "$scratch/repository" >"$scratch/sources.list"
  cat >"$scratch/apt.conf" <<EOT
#clear APT::Default-Release;
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
EOT
  apt_command=("${apt_get[@]}" -c "$scratch/apt.conf") # never empty
}

# apt names what keeps a package from being installed one step at a time: asks on until it names what is not there.
plan_unmet() { # OUTPUT
  local line by='' need why progress='' unmet_line='^ (([^ ]+) :| ) *(Pre)?Depends: (.+) but (.+)$'
  local -a unmet=()
  while IFS= read -r line; do
    [[ $line =~ $unmet_line ]] || continue
    by=${BASH_REMATCH[2]:-$by} need=${BASH_REMATCH[4]} why=${BASH_REMATCH[5]% or}
    if [[ $why != *'not going to be installed' ]]; then
      unmet+=("$need is needed by $by: $why")
    elif [[ ${carried_names[${need%% *}]:-} && " ${carried_plan[*]} " != *" ${need%% *} "* ]]; then # never empty
      carried_plan+=("${need%% *}") progress=1
    fi
  done <<<"$1"
  if ((${#unmet[@]})); then
    lacks_packages 'something that they depend on is not in it' "${unmet[@]}" # never empty
  elif [[ -z $progress ]]; then
    failure="apt refuses the packages in $carried"$'\n'$1$'\n''Nothing was installed.'
    return 1
  fi
}
