# ---- a host that has left the description: the way back is in its own journal --------------------------------------------

# Is this none of the described hosts, and has this role's script been applied here?
has_left() {
  local found last='' started by made_with made_from made_for=''
  look_for_host
  [[ -z $found ]] || return 1
  state_paths
  [[ -e $state_dir/base || -e $state_dir/generations ]] || return 1
  # A name that is mistyped is none of those that have left.
  [[ $host ]] || return 0
  last_generation
  [[ -z $last ]] || read_head "$last"
  [[ -z $made_for || $made_for == "$host" ]]
}

undescribed='' # 1 where it has left

# Nothing is described of it, not its name either: that of its last apply counts. What was is taken off as it was put on, by the manager that is there.
take_as_undescribed() {
  local manager last='' started by made_with made_from made_for=''
  if [[ -z $host ]]; then
    last_generation
    [[ -z $last ]] || read_head "$last"
    host=${made_for:-$HOSTNAME}
  fi
  undescribed=1 platform='' platform_releases='' package_manager=''
  for manager in apt-get dnf yum; do
    ! command -v "$manager" >/dev/null || { package_manager=${manager%-get} && break; }
  done
  say "$host is not described any more: what ${role}.sh of $cluster did here is undone by its own journal"
}
