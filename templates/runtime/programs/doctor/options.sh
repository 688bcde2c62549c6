# ---- options: the command line ---------------------------------------------------------------

command=doctor collect_dir='' host='' root='' packages_dir='' packages_sum='' mutating=''

accept '--host NAME' host 'act as this host of the description (default: found by its addresses)'
accept '--packages DIR' packages_dir:existing 'the folder of carried packages, as the scripts take it'
accept '--packages-sum SUM' packages_sum:packages_sum 'the SHA-256 of its SHA256SUMS, as the scripts take it'
accept '--collect DIR' collect_dir:collect 'only copy what lvsgen import reads of this host into DIR, a new folder, without secrets'
accept --json json 'one JSON object per line'
accept --quiet quiet 'only what would stop an apply'
accept --no-color no_color 'no colours (as the NO_COLOR variable)'

introduce() {
  print_text '' '' "$script: what would stop an apply of the LVS cluster $cluster on this host, before it is tried"
  printf '\n'
  print_text '' '' "Usage: sudo bash $script [OPTIONS]"
  printf '\n'
  print_text '' '' "Looks at the system, its packages, its network, its disks, asks the wire who has the virtual addresses, and the roles'
    scripts beside it what stands in the way (their command check). It changes nothing. Without root it leaves out what only
    root may see, and says so."
  print_text '' '' '--collect is for hosts that are in no description yet: it asks nothing, and writes in its DIR alone.'
}

conclude() {
  print_text '' '' 'Each finding is ok, warn (an apply goes through, but look at it), stop (an apply would fail) or skip (it could not be
    found out), with why it matters and what to do.'
  printf '\n'
  print_text '' '' 'Exit codes: 0 nothing would stop an apply; 1 something would; 64 usage; 78 not a described host.'
}
