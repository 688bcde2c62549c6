# ---- carried packages: what was checked, as a repository for the package manager of this run alone --------------

scratch='' carried_command=()

# What the package manager keeps of it. The host's own repositories, lists and caches stay out of it.
make_scratch() { # -> $scratch
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
  elif [[ ! $scratch =~ ^[A-Za-z0-9._/+-]+$ ]]; then
    failure="$package_manager takes no repository in $scratch: a blank or a sign is in its name"$'\n'"Name another directory for temporary files: TMPDIR=/var/tmp"
    return 1
  fi
  mkdir -p -- "$scratch/repository/repodata" "$scratch/lists/partial" "$scratch/cache/archives/partial" "$scratch/state"
}

# Links to packages, by numbers: their own names are no URIs (`%3a` for an epoch's colon in a deb's).
link_carried() { # SUFFIX FILE... -> ${linked[@]} and their ${sizes[@]}
  local suffix=$1 file
  shift
  linked=()
  for file; do
    linked+=("$((${#linked[@]} + 1)).$suffix")
    ln -s -- "$carried/$file" "$scratch/repository/${linked[${#linked[@]} - 1]}"
  done
  mapfile -t sizes < <(if cd -- "$scratch/repository"; then stat -L -c %s -- "${linked[@]}" || :; fi) # never empty
}

drop_scratch() {
  [[ -z $scratch ]] || rm -rf -- "$scratch"
  if [[ $carried_copy ]]; then
    rm -rf -- "$carried_copy"
    # A person knows the folder, not its copy.
    [[ -z ${failure:-} || -z $carried_origin ]] || failure=${failure//"$carried_copy"/"$carried_origin"}
  fi
  scratch='' carried_copy=''
}
