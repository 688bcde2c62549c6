# ---- options of a role's script ---------------------------------------------------------------

command=apply host='' root='' only='' diff='' wait_seconds=0 confirm_seconds='' drain_seconds=30 to_generation='' purge='' dry_run=''
packages_dir='' packages_sum='' force_platform='' mutating=''

accept '--host NAME' host 'act as this host of the description (default: found by its addresses)'
accept '--only KIND,...' only:kinds 'only resources of these kinds (list names them)'
accept '--root DIR' root:root 'write files only, below DIR (an image, a chroot); needs --host'
accept --diff diff 'show what changes in files, as unified diffs'
accept --json json 'one JSON object per line'
accept --quiet quiet 'only failures'
accept --no-color no_color 'no colours (as the NO_COLOR variable)'
accept '--wait SECONDS' wait_seconds:seconds 'wait so long for another run to end (default 0)'
accept '--confirm SECONDS' confirm_seconds:at_least_one 'apply: put everything back unless the command confirm comes in time'
accept '--to N' to_generation:seconds 'rollback: return to generation N'
accept --purge purge 'uninstall: remove the packages that apply installed, and the log'
accept --dry-run dry_run 'rollback, uninstall: say what would go back; change nothing (exit code 2: something would)'
accept '--packages DIR' packages_dir:existing 'install packages from this folder'
accept '--packages-sum SUM' packages_sum:packages_sum 'only if its SHA256SUMS has this SHA-256 (fetch-packages.sh printed it)'
accept --force-platform force_platform 'act although this system is not the described platform'

introduce() {
  print_text '' '' "$script: ${role_title} of the LVS cluster $cluster"
  printf '\n'
  print_text '' '' "Usage: sudo bash $script [COMMAND] [OPTIONS]"
}

conclude() {
  print_text '' '' 'Exit codes: 0 as described; 1 failed (nothing is lost: apply again, or rollback); 2 check: changes are pending; 64 usage;
    69 something the host lacks (what was changed before is told), or has in the way (nothing was changed;
    --adopt takes over what it can);
    75 another run holds the lock; 77 not root, or not by lvsgen-run; 78 not a described host or platform.'
}

at_least_one_value() { # OPTION
  in_range "$1" 1 999999
}

kinds_value() { # OPTION
  local kind
  local -a words=()
  split_words "${value//,/ }"
  for kind in ${words[@]+"${words[@]}"}; do
    [[ " $all_kinds " == *" $kind "* ]] || bad_usage "$1: no kind '$kind'; there are: $all_kinds"
  done
}

root_value() { # OPTION
  existing_value "$1"
  value=$(cd -- "$value" && pwd -P) || bad_usage "$1: cannot enter the directory"
  [[ $value != / && $value != // ]] || bad_usage "$1 / is this host itself: leave $1 out"
}

check_options() {
  [[ $root ]] || return 0
  [[ $host ]] || bad_usage "--root needs --host: an image has no addresses to be found by"
  [[ -z $confirm_seconds ]] || bad_usage "--confirm and --root exclude each other"
}
