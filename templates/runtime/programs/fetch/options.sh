# ---- options: the command line ---------------------------------------------------------------

command=fetch host='' mutating=''
wanted_platform='' wanted_architecture='' output_dir='' refresh='' force_platform='' list=''

accept '--platform NAME' wanted_platform 'for the hosts of this platform (default: the one that this machine is)'
accept '--arch ARCH' wanted_architecture:architecture "for this architecture (default: this machine's)"
accept '--output DIR' output_dir 'make PLATFORM/ARCH below DIR (default: packages beside this script)'
accept --refresh refresh 'fetch again what the folder has already, in its newest version'
accept --list list 'say what would be fetched; fetch nothing'
accept --force-platform force_platform 'go on although this machine is not the described platform'
accept --quiet quiet 'only failures'
accept --no-color no_color 'no colours (as the NO_COLOR variable)'

introduce() {
  print_text '' '' "$script: downloads what the hosts of the LVS cluster $cluster install, to be carried to them"
  printf '\n'
  print_text '' '' "Usage: bash $script [OPTIONS]"
  printf '\n'
  print_text '' '' 'Run it once on a connected machine (or in a container) of the same system as the hosts, for each of their systems. It
    downloads the packages with everything that they depend on into packages/PLATFORM/ARCH beside this script, and writes the
    SHA256SUMS that the hosts check. It installs nothing. Interrupted, it goes on where it was when it is run again.'
}

conclude() {
  print_text '' '' 'Exit codes: 0 the folder is complete; 1 failed (run it again: it goes on); 64 usage; 69 something that this machine or
    its repositories lack; 77 not root (rpm systems); 78 not the described platform.'
}

architecture_value() { # OPTION
  [[ $value =~ ^[a-z0-9_]+$ ]] || bad_usage "$1: '$value' is no architecture"
}
