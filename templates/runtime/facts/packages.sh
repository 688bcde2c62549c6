# The package database answers for every name, or has not been asked.
load_packages() {
  [[ ${loaded[package]:-} ]] || ask_packages || cannot_read 'which packages are installed' "a query of $package_manager's database"
}

# Fails where it does not answer: after a package manager that was killed, say, its database may be locked for ever.
ask_packages() {
  local line name answered=0 said=''
  local -a text_lines=()
  local -A asked=()
  package_of=()
  for name in ${packages[@]+"${packages[@]}"} ${journaled_packages[@]+"${journaled_packages[@]}"}; do asked[$name]=1; done
  ((${#asked[@]} == 0)) || said=$(query_packages "${!asked[@]}" || :)
  split_lines "$said"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    case $line in
      *': no packages found matching '* | 'package '*' is not installed') ;;
      *' installed') package_of[${line%% *}]=installed ;;
      *' config-files' | *' not-installed' | *' half-installed' | *' unpacked' | *' half-configured' | *' triggers-'*) ;;
      *) continue ;;
    esac
    answered=$((answered + 1))
  done
  ((answered >= ${#asked[@]})) || return 1
  loaded[package]=1
}
