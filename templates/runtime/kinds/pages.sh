# The pages that record what every role holds, and who is drained, are state like any other.
holds_probe() { have=''; }
holds_set() { # NAME TEXT
  if [[ $2 ]]; then replace_file "$state_dir/holds" 0600 "$2"; else run rm -f -- "$state_dir/holds"; fi
}
drained_probe() {
  local content=''
  read_text "$state_dir/drained" || :
  have=$content
}
drained_set() { # NAME TEXT
  if [[ $2 ]]; then replace_file "$state_dir/drained" 0600 "$2"; else run rm -f -- "$state_dir/drained"; fi
}
