# ---- who is out of rotation ----------------------------------------------------------------------------------------

# The page that says so is state like any other.
kind drained recorded page settles

real_servers=() # `NAME ADDRESS...` of the real servers that drain knows by name
drained=' '     # addresses out of rotation, between spaces
drained_names='' drained_are_read=''

real_server() { # NAME ADDRESS...
  real_servers+=("$*")
}

# Not by what only shows what this script holds.
read_drained() {
  local content='' entry name
  local -a words=()
  [[ $state_dir && -z $drained_are_read ]] || return 0
  drained_are_read=1
  named_real_servers
  read_text "$state_dir/drained" || return 0
  split_words "$content"
  for name in ${words[@]+"${words[@]}"}; do
    drained_names+=${drained_names:+ }$name
    for entry in ${real_servers[@]+"${real_servers[@]}"} "$name $name"; do
      [[ $entry != "$name "* ]] || drained+="${entry#* } "
    done
  done
}

# Weight 0 for real servers.
weigh_lines() { # TEXT "ADDRESS..." -> $exchanged
  local line weighted
  local -a text_lines=()
  local -A instead=()
  lines_at "$2" "$1"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    with_weight "$line" 0
    instead[$line]=$weighted
  done
  exchange_lines "$1"
}

drained_probe() {
  local content=''
  read_text "$state_dir/drained" || :
  have=$content
}

drained_set() { # NAME TEXT
  if [[ $2 ]]; then replace_file "$state_dir/drained" 0600 "$2"; else run rm -f -- "$state_dir/drained"; fi
}

table_stands() {
  local have
  drained_probe
  have=${have//$'\n'/ }
  event drained servers "${have% }"
}
